/* SPDX-License-Identifier: MIT
 *
 * unit/test_ndr_walk.c: what bounds a walk: pointers, nesting, the stack; paths in errors.
 */
#include "harness/test.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "ndr/by_hand.h"
#include "harness/vector.h"
#include "ndr/ndr.h"
#include "ndr/walk.h"

#define LONG_LIST  1000000
#define STACK_ROOM (192 * 1024) /* bytes: not one for each node of the list */

static const struct writer_shape shape = {.body_max = 4096, .max = 1u << 24};

static struct node *make_list(struct rpcsec_arena *arena, uint32_t num)
{
    struct node *nodes = arena_array(arena, num, sizeof(*nodes), 8);

    assert_non_null(nodes);
    for (uint32_t i = 0; i < num; i++)
        nodes[i] = (struct node){i, i + 1 < num ? &nodes[i + 1] : NULL};
    return nodes;
}

struct list_run {
    enum ndr_syntax syntax;
    uint32_t num;
    size_t max_referents;
    rpcsec_status encoded;
    rpcsec_status decoded;
    uint32_t num_decoded; /* in order */
    struct rpcsec_error err;
};

static void decode_list(struct list_run *run, const struct writer *writer,
                        const struct ndr_options *options)
{
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint8_t *bytes = malloc(writer->len);
    struct List_args args;
    struct cur cur;

    writer_copy(writer, bytes);
    cur_init(&cur, bytes, writer->len, false);
    run->decoded = ndr_decode(&cur, &by_hand_records[0], &args, options, arena, &run->err);
    if (run->decoded == RPCSEC_OK)
        for (const struct node *node = args.head; node; node = node->next)
            run->num_decoded += node->value == run->num_decoded;
    free(bytes);
    rpcsec_arena_free(arena);
}

static void *run_list(void *arg)
{
    struct list_run *run = arg;
    struct ndr_options options = {
        .syntax = run->syntax, .direction = NDR_IN, .max_referents = run->max_referents};
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const struct List_args args = {make_list(arena, run->num)};
    struct writer writer;

    rpcsec_error_init(&run->err, sizeof(run->err));
    writer_init(&writer, &shape, false);
    run->encoded = ndr_encode(&writer, &by_hand_records[0], &args, &options, &run->err);
    if (run->encoded == RPCSEC_OK)
        decode_list(run, &writer, &options);
    writer_done(&writer);
    rpcsec_arena_free(arena);
    return NULL;
}

static void run_on_a_small_stack(struct list_run *run)
{
    pthread_attr_t attributes;
    pthread_t thread;

    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, STACK_ROOM), 0);
    assert_int_equal(pthread_create(&thread, &attributes, run_list, run), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)pthread_attr_destroy(&attributes);
}

static void long_lists_use_no_stack(void **state)
{
    static const enum ndr_syntax syntaxes[] = {NDR_SYNTAX_NDR, NDR_SYNTAX_NDR64};

    (void)state;
    for (size_t i = 0; i < NUM_OF(syntaxes); i++) {
        struct list_run run = {
            .syntax = syntaxes[i], .num = LONG_LIST, .max_referents = LONG_LIST};

        run_on_a_small_stack(&run);
        assert_ok(run.encoded);
        assert_ok(run.decoded);
        assert_int_equal(run.num_decoded, LONG_LIST);
    }
}

static void pointers_of_a_message_are_limited(void **state)
{
    struct list_run run = {.num = LIMIT_NDR_REFERENTS};
    struct list_run over = {.num = LIMIT_NDR_REFERENTS + 1};

    (void)state;
    (void)run_list(&run);
    assert_ok(run.encoded);
    assert_ok(run.decoded);
    (void)run_list(&over);
    assert_status(over.encoded, RPCSEC_LIMIT);
    assert_non_null(strstr(rpcsec_error_text(&over.err), "too many pointers"));
}

static void decoder_limits_pointers_too(void **state)
{
    struct vector bytes = vector_parse("00000200 01000000 04000200 02000000 00000000");
    const struct ndr_options options = {.direction = NDR_IN, .max_referents = 1};
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct List_args args;
    struct cur cur;

    (void)state;
    cur_init(&cur, bytes.data, bytes.len, false);
    assert_status(ndr_decode(&cur, &by_hand_records[0], &args, &options, arena, &err),
                  RPCSEC_LIMIT);
    assert_string_equal(rpcsec_error_text(&err), "List: head.next: too many pointers");
    vector_free(&bytes);
    rpcsec_arena_free(arena);
}

#define DEEP (LIMIT_NDR_NESTING + 1)

/* Structures in structures, `depth` deep, around one long. */
static void make_nest(struct rpcsec_ndr_type *types, struct rpcsec_ndr_field *fields,
                      size_t depth)
{
    for (size_t i = 0; i < depth; i++) {
        fields[i] =
            (struct rpcsec_ndr_field){"s", 0, i + 1 < depth ? &types[i + 1] : &rpcsec_ndr_u32};
        types[i] = (struct rpcsec_ndr_type){.kind = RPCSEC_NDR_STRUCT,
                                            .align = 4,
                                            .align64 = 4,
                                            .wire_min = 4,
                                            .wire_min64 = 4,
                                            .mem_size = 4,
                                            .num = 1,
                                            .fields = &fields[i]};
    }
}

static rpcsec_status run_nest(size_t depth, bool decode)
{
    struct rpcsec_ndr_type types[DEEP];
    struct rpcsec_ndr_field fields[DEEP];
    const struct rpcsec_ndr_arg list[] = {{"s", 0, RPCSEC_NDR_IN, &types[0]}};
    const struct rpcsec_ndr_record record = {RPCSEC_NDR_TABLE_VERSION, "Nest", 4, 1, list};
    const struct ndr_options options = {.direction = NDR_IN};
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    uint32_t args = 0;
    struct writer writer;
    struct cur cur;
    rpcsec_status status;

    make_nest(types, fields, depth);
    writer_init(&writer, &shape, false);
    cur_init(&cur, "\1\2\3\4", 4, false);
    status = decode ? ndr_decode(&cur, &record, &args, &options, arena, NULL)
                    : ndr_encode(&writer, &record, &args, &options, NULL);
    writer_done(&writer);
    rpcsec_arena_free(arena);
    return status;
}

static void nesting_is_limited(void **state)
{
    (void)state;
    assert_ok(run_nest(LIMIT_NDR_NESTING, true));
    assert_status(run_nest(LIMIT_NDR_NESTING + 1, true), RPCSEC_LIMIT);
    assert_ok(run_nest(LIMIT_NDR_NESTING, false));
    assert_status(run_nest(LIMIT_NDR_NESTING + 1, false), RPCSEC_LIMIT);
}

/* A list whose last node is cut off: the path is shortened, not lost. */
static void long_paths_are_shortened(void **state)
{
    struct buf out;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    const struct ndr_options options = {.direction = NDR_IN};
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct List_args args;
    struct cur cur;

    (void)state;
    buf_init(&out, 4096);
    buf_u32(&out, 1);
    for (uint32_t i = 0; i < 20; i++) {
        buf_u32(&out, i);
        buf_u32(&out, 1);
    }
    cur_init(&cur, out.data, out.len, false);
    assert_status(ndr_decode(&cur, &by_hand_records[0], &args, &options, arena, &err),
                  RPCSEC_TRUNCATED);
    assert_string_equal(rpcsec_error_text(&err),
                        "List: head....next.next.next.next.next.next.next.next.value: "
                        "the data ends too early");
    buf_done(&out);
    rpcsec_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_lists_use_no_stack),
        cmocka_unit_test(pointers_of_a_message_are_limited),
        cmocka_unit_test(decoder_limits_pointers_too),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(long_paths_are_shortened),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
