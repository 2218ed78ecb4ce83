/* SPDX-License-Identifier: MIT
 *
 * bench/bench_ndr.c: the NDR engine beside Samba's on the same bytes, and beside memcpy on
 * large arrays, in turns within one run. Prints medians and ratios; judges nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "ndr/ndr.h"

/* For its argument records, which nobody else sees. */
#include "bench_ndr_c.c"

#ifdef WITH_SAMBA
#include "bench_samba.h"
#endif

enum {
    NUM_ROUNDS = 9,
    NUM_LARGE = 1000,
    NUM_WORDS = 262144, /* of the array that is compared with memcpy: 1 MiB */
    BODY_LEN = 5760,    /* of a fragment, as between ourselves */
};

struct subject {
    const char *name;
    unsigned opnum; /* of MS-SAMR */
    unsigned level;
    const struct rpcsec_ndr_record *record;
    const void *args;
    enum ndr_direction direction;
    unsigned num_turns; /* of a round */
    size_t body_len;    /* of a fragment */
    bool big_endian;

    uint8_t *bytes;
    size_t len;
    struct writer writer;
    struct rpcsec_arena *arena;
    void *decoded;
    void *peer;
    uint8_t *copy;
};

static struct writer_shape shape(const struct subject *s)
{
    return (struct writer_shape){
        .head_len = 24, .body_max = s->body_len, .tail_len = 100, .max = 1u << 26};
}

static void *get_memory(size_t len)
{
    void *memory = calloc(1, len);

    if (memory)
        return memory;
    perror("bench_ndr");
    exit(1);
}

static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* ---- What is measured ---- */

static void encode(struct subject *s)
{
    const struct ndr_options options = {.direction = s->direction};
    const struct writer_shape fragment = shape(s);
    struct rpcsec_error err = RPCSEC_ERROR_INIT;

    writer_reset(&s->writer, &fragment, s->big_endian);
    if (ndr_encode(&s->writer, s->record, s->args, &options, &err)) {
        fprintf(stderr, "%s: %s\n", s->name, rpcsec_error_text(&err));
        exit(1);
    }
}

static void decode(struct subject *s)
{
    const struct ndr_options options = {.direction = s->direction};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct cur cur;

    rpcsec_arena_reset(s->arena);
    cur_init(&cur, s->bytes, s->len, s->big_endian);
    if (ndr_decode(&cur, s->record, s->decoded, &options, s->arena, &err)) {
        fprintf(stderr, "%s: %s\n", s->name, rpcsec_error_text(&err));
        exit(1);
    }
}

static void copy(struct subject *s)
{
    memcpy(s->copy, s->bytes, s->len);
    __asm__ volatile("" : : "r"(s->copy) : "memory"); /* the copy is not left out */
}

#ifdef WITH_SAMBA
static void samba_encode(struct subject *s)
{
    peer_encode(s->peer);
}

static void samba_decode(struct subject *s)
{
    peer_decode(s->peer);
}

static void find_peer(struct subject *s)
{
    s->peer = peer_new(s->opnum, s->direction == NDR_OUT, s->level, s->bytes, s->len);
    if (!s->peer || !peer_agrees(s->peer)) {
        fprintf(stderr, "%s: Samba has other bytes\n", s->name);
        exit(1);
    }
}

static void lose_peer(struct subject *s)
{
    peer_free(s->peer);
}
#endif

static double measure(struct subject *s, void (*work)(struct subject *s))
{
    double start = now_ns();

    for (unsigned i = 0; i < s->num_turns; i++)
        work(s);
    return (now_ns() - start) / s->num_turns;
}

/* Two kinds of work in turns: medians of both. */
static void measure_both(struct subject *s, void (*ours)(struct subject *s),
                         void (*theirs)(struct subject *s), const char *what,
                         const char *beside)
{
    double a[NUM_ROUNDS];
    double b[NUM_ROUNDS];

    for (size_t i = 0; i < NUM_ROUNDS; i++) {
        a[i] = measure(s, ours);
        b[i] = theirs ? measure(s, theirs) : 0;
    }
    qsort(a, NUM_ROUNDS, sizeof(a[0]), compare);
    qsort(b, NUM_ROUNDS, sizeof(b[0]), compare);
    printf("%-28s %-7s %10.0f ns", s->name, what, a[NUM_ROUNDS / 2]);
    if (theirs)
        printf("  %s %10.0f ns  %5.2f times as fast", beside, b[NUM_ROUNDS / 2],
               b[NUM_ROUNDS / 2] / a[NUM_ROUNDS / 2]);
    printf("\n");
}

/* ---- Values ---- */

static text make_text(size_t len)
{
    text made = {(uint16_t)(2 * len), (uint16_t)(2 * len), get_memory(2 * len)};

    for (size_t i = 0; i < len; i++)
        made.buffer[i] = (uint16_t)('a' + i % 26);
    return made;
}

static user_info *make_user(void)
{
    user_info *info = get_memory(sizeof(*info));
    user_all *all = &info->all;
    text *const texts[] = {&all->user,       &all->full_name, &all->home,
                           &all->home_drive, &all->script,    &all->profile,
                           &all->comment,    &all->stations,  &all->user_comment};

    all->last_logon = (large_integer){0x01020304, 0x01d00000};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        *texts[i] = make_text(4 + 3 * i);
    all->rid = 1105;
    all->group = 513;
    all->which = 0x00ffffff;
    all->hours = (logon_hours){168, get_memory(1260)};
    return info;
}

static sids make_sids(uint32_t num)
{
    sids made = {num, get_memory(num * sizeof(*made.sids))};

    for (uint32_t i = 0; i < num; i++) {
        sid *one = get_memory(sizeof(*one) + 5 * sizeof(one->sub[0]));

        one->revision = 1;
        one->count = 5;
        one->authority[5] = 5;
        one->sub[0] = 21;
        one->sub[4] = 1000 + i;
        made.sids[i].sid = one;
    }
    return made;
}

static numbers make_numbers(uint32_t num)
{
    numbers made = {num, get_memory(num * sizeof(*made.list))};

    for (uint32_t i = 0; i < num; i++)
        made.list[i] = 1000 + i;
    return made;
}

static memberships *make_memberships(uint32_t num)
{
    memberships *made = get_memory(sizeof(*made));

    made->count = num;
    made->list = get_memory(num * sizeof(*made->list));
    for (uint32_t i = 0; i < num; i++)
        made->list[i] = (membership){1000 + i, 7};
    return made;
}

/* ---- The run ---- */

static void prepare(struct subject *s)
{
    const struct writer_shape fragment = shape(s);

    s->arena = rpcsec_arena_new(1u << 28);
    s->decoded = get_memory(s->record->mem_size);
    memcpy(s->decoded, s->args, s->record->mem_size);
    writer_init(&s->writer, &fragment, s->big_endian);
    encode(s);
    s->len = s->writer.len;
    s->bytes = get_memory(s->len);
    s->copy = get_memory(s->len);
    writer_copy(&s->writer, s->bytes);
}

static void finish(struct subject *s)
{
    rpcsec_arena_free(s->arena);
    writer_done(&s->writer);
    free(s->decoded);
    free(s->bytes);
    free(s->copy);
}

static void run_beside_samba(struct subject *s)
{
    prepare(s);
#ifdef WITH_SAMBA
    find_peer(s);
    measure_both(s, encode, samba_encode, "encode", "Samba");
    measure_both(s, decode, samba_decode, "decode", "Samba");
    lose_peer(s);
#else
    measure_both(s, encode, NULL, "encode", "");
    measure_both(s, decode, NULL, "decode", "");
#endif
    finish(s);
}

static void run_beside_memcpy(struct subject *s)
{
    prepare(s);
    measure_both(s, encode, copy, "encode", "memcpy");
    measure_both(s, decode, copy, "decode", "memcpy");
    finish(s);
}

#define SUBJECT(name_, opnum_, level_, record_, args_, direction_, turns_, body_len_) \
    {                                                                                 \
        .name = (name_), .opnum = (opnum_), .level = (level_), .record = (record_),   \
        .args = (args_), .direction = (direction_), .num_turns = (turns_),            \
        .body_len = (body_len_)                                                       \
    }

/* `bench_ndr PART` runs those whose name holds PART; for a profiler. */
int main(int num_args, char **list)
{
    const char *part = num_args > 1 ? list[1] : "";
    const struct rpcsec_operation *ops = bench_ndr_client_interface.operations;
    struct bench_ndr_query_user_args user = {.level = 21, .info = make_user()};
    struct bench_ndr_alias_membership_args members = {.list = make_sids(NUM_LARGE)};
    struct bench_ndr_lookup_names_args names = {make_numbers(NUM_LARGE),
                                                make_numbers(NUM_LARGE), 0};
    struct bench_ndr_groups_args groups = {.list = make_memberships(NUM_LARGE)};
    struct bench_ndr_lookup_names_args words = {make_numbers(NUM_WORDS), {0}, 0};
    struct subject subjects[] = {
        SUBJECT("samr_UserInfo21", 36, 21, ops[0].args, &user, NDR_OUT, 20000, BODY_LEN),
        SUBJECT("1000 SIDs", 16, 0, ops[1].args, &members, NDR_IN, 500, BODY_LEN),
        SUBJECT("2 arrays of 1000 numbers", 17, 0, ops[2].args, &names, NDR_OUT, 2000,
                BODY_LEN),
        SUBJECT("1000 flat structures", 39, 0, ops[3].args, &groups, NDR_OUT, 2000, BODY_LEN),
    };
    /* In one fragment: else it is memory for fragments that is measured. */
    struct subject large =
        SUBJECT("262144 numbers", 17, 0, ops[2].args, &words, NDR_OUT, 20, 1u << 21);

    members.domain.handle.uuid.time_low = 1; /* a handle that is not NULL */
    for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
        if (strstr(subjects[i].name, part))
            run_beside_samba(&subjects[i]);
    if (!strstr(large.name, part))
        return 0;
    run_beside_memcpy(&large);
    large.big_endian = true;
    large.name = "the same, big-endian";
    run_beside_memcpy(&large);
    return 0;
}
