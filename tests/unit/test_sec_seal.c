/* SPDX-License-Identifier: MIT
 *
 * test_sec_seal: sealing fragments: padding, trailer, which bytes are covered.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "flow/pair.h"

#define ROOM 256

/* A pair whose handshake is done: its two security contexts are each other's. */
static struct pair *done_pair(enum rpcsec_level level, struct sec_context *ret_client)
{
    const struct pair_options options = {.level = level, .least = level};
    struct pair *p = NULL;
    uint16_t context;

    assert_ok(pair_new(&options, &p));
    assert_ok(pair_bind(p, &pair_echo, &context));
    *ret_client = *assoc_security(p->client.a);
    return p;
}

static struct segment *segment_of(size_t head_len, size_t body_len, size_t room)
{
    struct segment *s = mem_zalloc(sizeof(*s) + head_len + room + 128);

    assert_non_null(s);
    s->mem[4] = 0x10; /* little-endian */
    s->head_len = head_len;
    s->body_len = body_len;
    s->body_max = room;
    s->tail_len = 128;
    memset(segment_body(s), 'b', body_len);
    memset(segment_body(s) + body_len, 'x', room - body_len);
    return s;
}

static uint16_t u16_at(const struct segment *s, size_t at)
{
    return (uint16_t)(s->mem[at] | s->mem[at + 1] << 8);
}

static void only_levels_from_packet_on_protect(void **state)
{
    struct sec_context sec = {.auth_type = 16};

    (void)state;
    for (int level = RPCSEC_LEVEL_NONE; level <= RPCSEC_LEVEL_PRIVACY; level++) {
        sec.level = (enum rpcsec_level)level;
        assert_int_equal(sec_protects(&sec), level >= RPCSEC_LEVEL_PACKET);
    }
    assert_false(sec_protects(NULL));
    assert_int_equal(sec_tail_len(NULL), 0);
    assert_int_equal(sec_token_len(NULL), 0);
}

static void the_token_has_the_length_of_the_level(void **state)
{
    static const struct {
        enum rpcsec_level level;
        size_t len;
    } rows[] = {{RPCSEC_LEVEL_CONNECT, 0},
                {RPCSEC_LEVEL_PACKET, 28},
                {RPCSEC_LEVEL_INTEGRITY, 28},
                {RPCSEC_LEVEL_PRIVACY, 76}};
    struct sec_context sec;

    (void)state;
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct pair *p = done_pair(rows[i].level, &sec);

        assert_int_equal(sec_token_len(&sec), rows[i].len);
        assert_int_equal(sec_tail_len(&sec), rows[i].len ? rows[i].len + 15 + 8 : 0);
        pair_free(p);
    }
}

static void without_protection_only_the_lengths_are_filled_in(void **state)
{
    struct segment *s = segment_of(24, 10, ROOM);
    size_t len = 0;

    (void)state;
    assert_ok(sec_seal(NULL, s, &len));
    assert_int_equal(len, 34);
    assert_int_equal(u16_at(s, 8), 34);
    assert_int_equal(u16_at(s, 10), 0);
    assert_int_equal(s->mem[34], 'x');
    mem_free(s);
}

static void lengths_are_in_the_byte_order_of_the_header(void **state)
{
    struct segment *s = segment_of(24, 10, ROOM);
    size_t len = 0;

    (void)state;
    s->mem[4] = 0;
    assert_ok(sec_seal(NULL, s, &len));
    assert_int_equal(u16_at(s, 8), 34 << 8);
    mem_free(s);
}

static void padding_and_trailer_stand_where_the_document_says(void **state)
{
    struct sec_context sec;
    struct pair *p = done_pair(RPCSEC_LEVEL_INTEGRITY, &sec);

    (void)state;
    for (size_t body = 0; body <= 33; body++) {
        struct segment *s = segment_of(24, body, ROOM);
        const size_t pad = (16 - body % 16) % 16;
        const uint8_t *trailer = segment_body(s) + body + pad;
        size_t len = 0;

        assert_ok(sec_seal(&sec, s, &len));
        assert_int_equal(len, 24 + body + pad + 8 + 28);
        assert_int_equal(u16_at(s, 8), len);
        assert_int_equal(u16_at(s, 10), 28);
        for (size_t i = 0; i < pad; i++)
            assert_int_equal(segment_body(s)[body + i], 0); /* nothing old leaks */
        assert_int_equal(trailer[0], 16);
        assert_int_equal(trailer[1], RPCSEC_LEVEL_INTEGRITY);
        assert_int_equal(trailer[2], pad);
        assert_int_equal(trailer[3], 0);
        assert_int_equal(trailer[4], sec.context_id);
        mem_free(s);
    }
    pair_free(p);
}

static void a_segment_that_is_too_small_is_refused_before_anything_is_signed(void **state)
{
    struct sec_context sec;
    struct pair *p = done_pair(RPCSEC_LEVEL_PRIVACY, &sec);
    struct segment *s = segment_of(24, 16, 16);
    size_t len = 77;

    (void)state;
    s->tail_len = 8 + 75;
    assert_status(sec_seal(&sec, s, &len), RPCSEC_LIMIT);
    assert_int_equal(len, 77);
    s->tail_len = 8 + 76;
    assert_ok(sec_seal(&sec, s, &len));
    assert_int_equal(len, 24 + 16 + 8 + 76);
    mem_free(s);
    pair_free(p);
}

static void a_pdu_longer_than_its_length_field_is_refused(void **state)
{
    struct sec_context sec;
    struct pair *p = done_pair(RPCSEC_LEVEL_PRIVACY, &sec);
    struct segment *s = segment_of(24, 65536 - 24 - 84, 70000);
    size_t len;

    (void)state;
    assert_status(sec_seal(&sec, s, &len), RPCSEC_LIMIT);
    s->body_len = 65536 - 24;
    assert_status(sec_seal(NULL, s, &len), RPCSEC_LIMIT);
    s->body_len--;
    assert_ok(sec_seal(NULL, s, &len));
    assert_int_equal(len, 65535);
    mem_free(s);
    pair_free(p);
}

static void a_context_that_is_not_done_seals_nothing(void **state)
{
    const struct pair_options options = {.no_server_steps = true};
    struct sec_context sec = {.auth_type = 16, .level = RPCSEC_LEVEL_PRIVACY};
    const struct sspi_ctx_params params = {.level = RPCSEC_LEVEL_PRIVACY, .initiator = true};
    struct pair *p = NULL;
    struct segment *s = segment_of(24, 16, ROOM);
    size_t len;

    (void)state;
    assert_ok(pair_new(&options, &p));
    assert_ok(sspi_ctx_new(p->client.cred, &params, &sec.ctx, NULL));
    assert_status(sec_seal(&sec, s, &len), RPCSEC_INVALID_STATE);
    sspi_ctx_free(sec.ctx);
    mem_free(s);
    pair_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_levels_from_packet_on_protect),
        cmocka_unit_test(the_token_has_the_length_of_the_level),
        cmocka_unit_test(without_protection_only_the_lengths_are_filled_in),
        cmocka_unit_test(lengths_are_in_the_byte_order_of_the_header),
        cmocka_unit_test(padding_and_trailer_stand_where_the_document_says),
        cmocka_unit_test(a_segment_that_is_too_small_is_refused_before_anything_is_signed),
        cmocka_unit_test(a_pdu_longer_than_its_length_field_is_refused),
        cmocka_unit_test(a_context_that_is_not_done_seals_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
