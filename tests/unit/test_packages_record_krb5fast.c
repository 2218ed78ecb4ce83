/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_record_krb5fast.c: krb5fast against gss over a real KDC: each takes what
 * the other made, and both refuse the same. Run by test_packages_record_krb5fast.sh for each
 * enctype; with the argument "sweep" over every size to 70,000 bytes.
 */
#include "sspi_pair.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "packages/krb5_random.h"
#include "record_pair.h"

enum { ORDER = ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT };

static bool sweeps; /* all sizes */

/* One record protector of one end. */
struct side {
    const struct record_ops *ops;
    struct record *record;
};

static void check_sealed(const struct side *from, const struct side *to, size_t len)
{
    struct pkg_sizes sizes;
    struct pkg_sizes theirs;
    struct record_message m;

    record_message_fill(&m, len);
    from->ops->sizes(from->record, &sizes);
    to->ops->sizes(to->record, &theirs);
    assert_int_equal(sizes.wrap_len, theirs.wrap_len);
    assert_ok(from->ops->wrap(from->record, m.buffers, 4, m.token, sizes.wrap_len));
    if (len > 16)
        assert_false(record_message_is_filled(&m));
    assert_ok(to->ops->unwrap(to->record, m.buffers, 4, m.token, sizes.wrap_len));
    assert_true(record_message_is_filled(&m));
}

static void check_signed(const struct side *from, const struct side *to, size_t len)
{
    struct pkg_sizes sizes;
    struct record_message m;

    record_message_fill(&m, len);
    from->ops->sizes(from->record, &sizes);
    assert_ok(from->ops->mic(from->record, m.buffers, 4, m.token, sizes.mic_len));
    assert_ok(to->ops->verify(to->record, m.buffers, 4, m.token, sizes.mic_len));
}

/* The smaller sizes all, then around every block of fragments, then some at random. */
static size_t next_size(size_t len)
{
    if (sweeps && len < 70000)
        return len + 1;
    if (len < 100)
        return len + 1;
    return len + 1 + len / 9 + (size_t)random() % 7;
}

static void exchange(const struct side *from, const struct side *to)
{
    for (size_t len = 0; len < RECORD_MAX_DATA; len = next_size(len)) {
        check_sealed(from, to, len);
        check_signed(from, to, len);
    }
}

/* A context's two protectors count their messages apart, so each pair of contexts is used with
 * one protector an end. */
static void exchange_both_ways(const struct pkg_ops *ops, uint32_t flags, bool fast_client)
{
    struct record_pair ends;
    struct side client, server;

    record_pair_make(&ends, ops, flags);
    client = fast_client ? (struct side){&record_krb5fast, ends.client.fast}
                         : (struct side){&record_gss, ends.client.gss};
    server = fast_client ? (struct side){&record_gss, ends.server.gss}
                         : (struct side){&record_krb5fast, ends.server.fast};
    exchange(&client, &server);
    exchange(&server, &client);
    record_pair_free(&ends);
}

static const uint32_t sealing =
    ISC_REQ_MUTUAL_AUTH | ISC_REQ_INTEGRITY | ISC_REQ_CONFIDENTIALITY;

static void each_takes_what_the_other_made_in_dce_style(void **state)
{
    (void)state;
    for (int fast_client = 0; fast_client < 2; fast_client++)
        exchange_both_ways(&pkg_kerberos, sealing | ORDER | ISC_REQ_USE_DCE_STYLE, fast_client);
}

static void each_takes_what_the_other_made_in_plain_style(void **state)
{
    (void)state;
    for (int fast_client = 0; fast_client < 2; fast_client++)
        exchange_both_ways(&pkg_kerberos, sealing | ORDER, fast_client);
}

static void each_takes_what_the_other_made_without_order(void **state)
{
    (void)state;
    exchange_both_ways(&pkg_kerberos, sealing, true);
}

static void each_takes_what_the_other_made_over_negotiate(void **state)
{
    (void)state;
    for (int fast_client = 0; fast_client < 2; fast_client++)
        exchange_both_ways(&pkg_negotiate, sealing | ORDER | ISC_REQ_USE_DCE_STYLE,
                           fast_client);
}

/* ---- What is refused ---- */

/* Flips bit `bit` of the message, counted through head, data, tail and token. */
static bool flip(struct record_message *m, size_t bit)
{
    struct pkg_buffer places[] = {{0, m->head, RECORD_HEAD},
                                  {0, m->data, m->data_len},
                                  {0, m->tail, RECORD_TAIL},
                                  {0, m->token, m->token_len}};

    for (size_t i = 0; i < NUM_OF(places); i++) {
        if (bit < places[i].len * 8) {
            places[i].data[bit / 8] ^= (uint8_t)(1U << bit % 8);
            return true;
        }
        bit -= places[i].len * 8;
    }
    return false;
}

static bool is_refusal(rpcsec_status status)
{
    return status == RPCSEC_BAD_TOKEN || status == RPCSEC_BAD_SIGNATURE;
}

static void every_flipped_bit_of_a_sealed_message_is_refused(void **state)
{
    uint32_t styles[] = {ISC_REQ_USE_DCE_STYLE, 0};

    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct record_pair ends;
        struct pkg_sizes sizes;
        struct record_message sent;
        uint8_t sealed[40];

        record_pair_make(&ends, &pkg_kerberos, sealing | ORDER | styles[i]);
        record_message_fill(&sent, sizeof(sealed));
        record_krb5fast.sizes(ends.client.fast, &sizes);
        sent.token_len = sizes.wrap_len;
        assert_ok(
            record_gss.wrap(ends.client.gss, sent.buffers, 4, sent.token, sizes.wrap_len));
        memcpy(sealed, sent.data, sizeof(sealed));
        for (size_t bit = 0;; bit++) {
            struct record_message m;
            static const uint8_t zeros[sizeof(sealed)];

            record_message_fill(&m, sizeof(sealed));
            memcpy(m.data, sealed, sizeof(sealed));
            memcpy(m.token, sent.token, RECORD_MAX_TOKEN);
            m.token_len = sent.token_len;
            if (!flip(&m, bit))
                break;
            assert_true(is_refusal(
                record_krb5fast.unwrap(ends.server.fast, m.buffers, 4, m.token, m.token_len)));
            assert_memory_equal(m.data, zeros, sizeof(zeros));
        }
        memcpy(sent.data, sealed, sizeof(sealed));
        assert_ok(record_krb5fast.unwrap(ends.server.fast, sent.buffers, 4, sent.token,
                                         sent.token_len));
        assert_true(record_message_is_filled(&sent));
        record_pair_free(&ends);
    }
}

static void every_flipped_bit_of_a_signed_message_is_refused(void **state)
{
    struct record_pair ends;
    struct pkg_sizes sizes;
    struct record_message m;

    (void)state;
    record_pair_make(&ends, &pkg_kerberos, sealing | ORDER | ISC_REQ_USE_DCE_STYLE);
    record_message_fill(&m, 40);
    record_krb5fast.sizes(ends.client.fast, &sizes);
    m.token_len = sizes.mic_len;
    assert_ok(record_gss.mic(ends.client.gss, m.buffers, 4, m.token, m.token_len));
    for (size_t bit = 0; flip(&m, bit); bit++) {
        assert_true(is_refusal(
            record_krb5fast.verify(ends.server.fast, m.buffers, 4, m.token, m.token_len)));
        flip(&m, bit);
    }
    assert_ok(record_krb5fast.verify(ends.server.fast, m.buffers, 4, m.token, m.token_len));
    record_pair_free(&ends);
}

/* Where order was not agreed the protocol above counts, as RPCSEC_GSS does. */
static void without_order_any_genuine_message_is_taken(void **state)
{
    struct record_pair ends;
    struct pkg_sizes sizes;
    uint8_t token[3][RECORD_MAX_TOKEN];
    struct record_message m;

    (void)state;
    record_pair_make(&ends, &pkg_kerberos, sealing);
    record_krb5fast.sizes(ends.client.fast, &sizes);
    record_message_fill(&m, 40);
    for (size_t i = 0; i < 3; i++)
        assert_ok(record_krb5fast.mic(ends.client.fast, m.buffers, 4, token[i], sizes.mic_len));
    for (size_t i = 0; i < 6; i++)
        assert_ok(record_krb5fast.verify(ends.server.fast, m.buffers, 4, token[(5 - i) % 3],
                                         sizes.mic_len));
    record_pair_free(&ends);
}

/* A protector that kept half of the promise would be taken for one that keeps it all. */
static void half_of_the_order_is_left_to_gss(void **state)
{
    const uint32_t halves[] = {ISC_REQ_REPLAY_DETECT, ISC_REQ_SEQUENCE_DETECT};

    (void)state;
    for (size_t i = 0; i < NUM_OF(halves); i++) {
        struct record_pair ends;
        struct record_source source;
        struct krb5_context context;

        record_pair_make(&ends, &pkg_kerberos, sealing | halves[i]);
        source = record_source_of(&ends.client);
        assert_status(krb5_context_export(&source, &context), RPCSEC_UNSUPPORTED);
        assert_ptr_equal(ends.client.ctx->record_ops, &record_gss);
        record_pair_free(&ends);
    }
}

/* ---- Calls that do not fit ---- */

static void a_message_without_data_or_room_is_refused(void **state)
{
    const struct record_ops *ops = &record_krb5fast;
    struct pkg_buffer head = {PKG_SIGN_ONLY, NULL, 0};
    struct record_pair ends;
    struct record_message m;
    struct pkg_sizes sizes;
    struct record *fast;

    (void)state;
    record_pair_make(&ends, &pkg_kerberos, sealing | ORDER | ISC_REQ_USE_DCE_STYLE);
    fast = ends.client.fast;
    record_message_fill(&m, 100);
    ops->sizes(fast, &sizes);
    head.data = m.head;
    head.len = sizeof(m.head);
    assert_status(ops->wrap(fast, &head, 1, m.token, sizes.wrap_len), RPCSEC_INVALID_ARGUMENT);
    assert_status(ops->wrap(fast, m.buffers, 4, m.token, sizes.wrap_len - 1),
                  RPCSEC_BUFFER_TOO_SMALL);
    assert_status(ops->wrap(fast, m.buffers, 4, m.token, sizes.wrap_len + 1),
                  RPCSEC_BUFFER_TOO_SMALL);
    assert_status(ops->mic(fast, m.buffers, 4, m.token, sizes.mic_len - 1),
                  RPCSEC_BUFFER_TOO_SMALL);
    assert_true(record_message_is_filled(&m));
    record_pair_free(&ends);
}

/* RFC 4121 4.2.4: the extra count stands at 4. */
static void a_tokens_length_follows_its_extra_count(void **state)
{
    static const struct {
        uint8_t extra, missing;
    } rows[] = {{0, 16}, {1, 15}, {15, 1}, {16, 0}, {17, 0}, {255, 0}};
    uint8_t token[RECORD_MAX_TOKEN] = {0};
    struct record_pair ends;
    struct pkg_sizes sizes;

    (void)state;
    record_pair_make(&ends, &pkg_kerberos, sealing | ORDER | ISC_REQ_USE_DCE_STYLE);
    record_krb5fast.sizes(ends.client.fast, &sizes);
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        token[5] = rows[i].extra;
        assert_int_equal(record_krb5fast.wrap_token_len(ends.client.fast, token, sizeof(token)),
                         sizes.wrap_len - rows[i].missing);
    }
    assert_int_equal(record_krb5fast.wrap_token_len(ends.client.fast, token, 15),
                     sizes.wrap_len);
    record_pair_free(&ends);
}

/* ---- The self-test, and confounders ---- */

static void the_self_test_passes(void **state)
{
    (void)state;
    assert_ok(record_krb5fast_self_test());
    assert_ok(record_krb5fast_self_test());
}

static void confounders_do_not_repeat(void **state)
{
    uint8_t seen[64][16];

    (void)state;
    for (size_t i = 0; i < NUM_OF(seen); i++) {
        assert_true(krb5_random(seen[i], 16));
        for (size_t before = 0; before < i; before++)
            assert_memory_not_equal(seen[i], seen[before], 16);
    }
}

static void a_forked_child_draws_other_confounders(void **state)
{
    uint8_t ours[16], theirs[16];
    int ends[2];
    pid_t child;

    (void)state;
    assert_true(krb5_random(ours, 16)); /* there is a supply to inherit */
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        bool drawn = krb5_random(theirs, 16);

        _exit(!drawn || write(ends[1], theirs, 16) != 16);
    }
    assert_int_equal(read(ends[0], theirs, 16), 16);
    waitpid(child, NULL, 0);
    assert_true(krb5_random(ours, 16));
    assert_memory_not_equal(ours, theirs, 16);
    close(ends[0]);
    close(ends[1]);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_without_data_or_room_is_refused),
        cmocka_unit_test(a_tokens_length_follows_its_extra_count),
        cmocka_unit_test(the_self_test_passes),
        cmocka_unit_test(each_takes_what_the_other_made_in_dce_style),
        cmocka_unit_test(each_takes_what_the_other_made_in_plain_style),
        cmocka_unit_test(each_takes_what_the_other_made_without_order),
        cmocka_unit_test(each_takes_what_the_other_made_over_negotiate),
        cmocka_unit_test(every_flipped_bit_of_a_sealed_message_is_refused),
        cmocka_unit_test(every_flipped_bit_of_a_signed_message_is_refused),
        cmocka_unit_test(without_order_any_genuine_message_is_taken),
        cmocka_unit_test(half_of_the_order_is_left_to_gss),
        cmocka_unit_test(confounders_do_not_repeat),
        cmocka_unit_test(a_forked_child_draws_other_confounders),
    };

    if (!pair_in_realm())
        return 77;
    sweeps = argc > 1 && strcmp(argv[1], "sweep") == 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
