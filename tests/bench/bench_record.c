/* SPDX-License-Identifier: MIT
 *
 * bench/bench_record.c: both record protectors on the same messages in one run: microseconds to
 * seal, open, sign and verify as a PDU is (head, body, trailer), in turns.
 */
#include "unit/record_pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { NUM_ROUNDS = 9, NUM_OPERATIONS = 4, MAX_BURST = 64 };

static const char *const operations[NUM_OPERATIONS] = {"seal", "open", "sign", "verify"};

/* CPU time: nothing here waits. */
static double now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* A burst of messages is made, then taken: what is timed is one of the two. */
struct burst {
    const struct record_ops *ops;
    struct record *from, *to;
    size_t len;
    struct record_message *messages;
};

static void prepare(const struct burst *burst)
{
    for (size_t i = 0; i < MAX_BURST; i++) {
        struct record_message *m = &burst->messages[i];

        m->buffers[0] = (struct pkg_buffer){PKG_SIGN_ONLY, m->head, RECORD_HEAD};
        m->buffers[1] = (struct pkg_buffer){PKG_DATA, m->data, burst->len};
        m->buffers[2] = (struct pkg_buffer){PKG_SIGN_ONLY, m->tail, RECORD_TAIL};
    }
}

static double run(const struct burst *burst, int operation)
{
    struct pkg_sizes sizes;
    double start = now_us();

    burst->ops->sizes(burst->from, &sizes);
    for (size_t i = 0; i < MAX_BURST; i++) {
        struct record_message *m = &burst->messages[i];

        if (operation == 0)
            assert_ok(burst->ops->wrap(burst->from, m->buffers, 3, m->token, sizes.wrap_len));
        else if (operation == 1)
            assert_ok(burst->ops->unwrap(burst->to, m->buffers, 3, m->token, sizes.wrap_len));
        else if (operation == 2)
            assert_ok(burst->ops->mic(burst->from, m->buffers, 3, m->token, sizes.mic_len));
        else
            assert_ok(burst->ops->verify(burst->to, m->buffers, 3, m->token, sizes.mic_len));
    }
    return (now_us() - start) / MAX_BURST;
}

/* Medians of one protector's operations. */
struct figures {
    double us[NUM_OPERATIONS][NUM_ROUNDS];
};

static void measure(const struct burst *burst, struct figures *figures, size_t round)
{
    size_t repeats = 1 + 200000 / (burst->len + 400);

    prepare(burst);
    for (int operation = 0; operation < NUM_OPERATIONS; operation++)
        figures->us[operation][round] = 0;
    for (size_t i = 0; i < repeats; i++) {
        for (int operation = 0; operation < NUM_OPERATIONS; operation++)
            figures->us[operation][round] += run(burst, operation) / (double)repeats;
    }
}

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

static double median(double us[NUM_ROUNDS])
{
    qsort(us, NUM_ROUNDS, sizeof(double), compare);
    return us[NUM_ROUNDS / 2];
}

static void bench_size(struct record_pair *pair, size_t len)
{
    struct record_message *messages = calloc(MAX_BURST, sizeof(*messages));
    struct figures gss, fast;

    assert_non_null(messages);
    for (size_t i = 0; i < MAX_BURST; i++) {
        messages[i].data = calloc(1, len + 1);
        assert_non_null(messages[i].data);
    }
    for (size_t round = 0; round < NUM_ROUNDS; round++) {
        measure(&(struct burst){&record_gss, pair->client.gss, pair->server.gss, len, messages},
                &gss, round);
        measure(&(struct burst){&record_krb5fast, pair->client.fast, pair->server.fast, len,
                                messages},
                &fast, round);
    }
    for (int i = 0; i < NUM_OPERATIONS; i++) {
        double slow = median(gss.us[i]);
        double quick = median(fast.us[i]);

        printf("record.%s_%zu_gss\t%.3f\tus\n", operations[i], len, slow);
        printf("record.%s_%zu\t%.3f\tus\n", operations[i], len, quick);
    }
    for (size_t i = 0; i < MAX_BURST; i++)
        free(messages[i].data);
    free(messages);
}

int main(void)
{
    static const size_t sizes[] = {64, 1024, 4096, 65536};
    struct record_pair pair;

    if (!getenv("RPCSEC_REALM_DIR"))
        return 77;
    record_pair_make(&pair, &pkg_kerberos,
                     ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY | ISC_REQ_CONFIDENTIALITY |
                         ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT |
                         ISC_REQ_USE_DCE_STYLE);
    for (size_t i = 0; i < NUM_OF(sizes); i++)
        bench_size(&pair, sizes[i]);
    record_pair_free(&pair);
    return 0;
}
