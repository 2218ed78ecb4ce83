/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_tower.c: protocol towers (C706 appendix L, MS-RPCE 2.2.1.2.2).
 */
#include "harness/test.h"
#include "harness/decoder_check.h"
#include "harness/vector.h"

#include <stdio.h>

#include "base/uuid.h"
#include "pdu/tower.h"

#define TCP_LEN 75

static const struct rpcsec_syntax mgmt = {
    .uuid = {0xafa8bd80, 0x7d8a, 0x11c9, {0xbe, 0xf4}, {0x08, 0x00, 0x2b, 0x10, 0x29, 0x89}},
    .major = 1,
};

static struct vector load(const char *name)
{
    char path[80];

    snprintf(path, sizeof(path), "tests/vectors/tower/%s.hex", name);
    return vector_load(path);
}

struct tower_row {
    const char *file;
    const char *sequence;
    const char *name;
    const char *host;
    uint16_t port;
    bool has_address;
    bool encodes;
};

static const struct tower_row rows[] = {
    {"tcp", "ncacn_ip_tcp", "", "", 49153, true, true},
    {"pipe", "ncacn_np", "\\PIPE\\lsass", "\\\\DC1", 0, false, false},
    {"ncalrpc", "ncalrpc", "rpcecho", "", 0, false, true},
    {"http", "ncacn_http", "", "", 593, true, false},
    {"udp", "ncadg_ip_udp", "", "", 1024, true, false},
    {"six_floors", "ncacn_ip_tcp", "", "", 49153, true, false},
    {"three_floors", NULL, "", "", 0, false, false},
    {"unknown_transport", NULL, "", "", 0, false, false},
    {"text_without_nul", "ncacn_np", "\\PIPE\\x", "H", 0, false, false},
};

static void check_row(const struct tower_row *row)
{
    static const uint8_t address[4] = {127, 10, 0, 1};
    struct vector vector = load(row->file);
    struct tower tower;

    assert_ok(tower_decode(vector.data, vector.len, &tower));
    assert_true(syntax_equal(&tower.interface, &mgmt));
    assert_true(syntax_equal(&tower.transfer, &syntax_ndr));
    assert_string_equal(tower_sequence(&tower) ? tower_sequence(&tower) : "none",
                        row->sequence ? row->sequence : "none");
    assert_string_equal(tower.name, row->name);
    assert_string_equal(tower.host, row->host);
    assert_int_equal(tower.port, row->port);
    assert_int_equal(tower.has_address, row->has_address);
    if (row->has_address)
        assert_memory_equal(tower.address, address, sizeof(address));
    vector_free(&vector);
}

static void a_tower_tells_what_its_floors_hold(void **state)
{
    (void)state;
    for (size_t n = 0; n < NUM_OF(rows); n++)
        check_row(&rows[n]);
}

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    (void)arg;
    return tower_decode(data, len, ret_value);
}

static rpcsec_status encode(void *arg, const void *value, struct buf *out)
{
    (void)arg;
    tower_encode(out, value);
    return buf_status(out);
}

static void a_tower_stands_every_truncation_and_change(void **state)
{
    (void)state;
    for (size_t n = 0; n < NUM_OF(rows); n++) {
        struct vector vector = load(rows[n].file);
        const struct decoder_case test = {
            .name = rows[n].file,
            .vector = vector.data,
            .len = vector.len,
            .decode = decode,
            .value_len = sizeof(struct tower),
            .encode = rows[n].encodes ? encode : NULL,
        };

        decoder_check(&test);
        vector_free(&vector);
    }
}

static void a_tower_of_another_transport_is_not_encoded(void **state)
{
    static const struct tower towers[] = {
        {.rpc = TOWER_NCACN, .transport = TOWER_SMB},
        {.rpc = TOWER_NCACN, .transport = TOWER_PIPE},
        {.rpc = TOWER_NCALRPC, .transport = TOWER_TCP},
        {.rpc = TOWER_NCALRPC, .transport = TOWER_SMB},
    };

    (void)state;
    for (size_t n = 0; n < NUM_OF(towers); n++) {
        struct buf out;

        buf_init(&out, LIMIT_TOWER_LEN);
        tower_encode(&out, &towers[n]);
        assert_status(buf_status(&out), RPCSEC_UNSUPPORTED);
        assert_int_equal(out.len, 0);
        buf_done(&out);
    }
}

/* The vector tcp with one byte more at the end of a floor's side; its length counts the byte.
 */
static void a_side_with_a_byte_too_many_is_refused(void **state)
{
    static const struct {
        size_t len_at, end;
    } sides[] = {{2, 23}, {23, 27}, {27, 48}, {48, 52}, {62, 66}, {69, 75}};
    struct vector vector = load("tcp");

    (void)state;
    for (size_t n = 0; n < NUM_OF(sides); n++) {
        uint8_t longer[TCP_LEN + 1] = {0};
        struct tower tower;

        memcpy(longer, vector.data, sides[n].end);
        memcpy(longer + sides[n].end + 1, vector.data + sides[n].end, TCP_LEN - sides[n].end);
        longer[sides[n].len_at]++;
        assert_status(tower_decode(longer, sizeof(longer), &tower), RPCSEC_BAD_FORMAT);
    }
    vector_free(&vector);
}

struct change {
    const char *what;
    size_t at;
    uint8_t value;
    rpcsec_status status;
};

/* Changes of the vector tcp: floors at 2, 27, 52, 59 and 66. */
static const struct change changes[] = {
    {"two floors", 0, 2, RPCSEC_BAD_FORMAT},
    {"no floors", 0, 0, RPCSEC_BAD_FORMAT},
    {"seven floors", 0, 7, RPCSEC_BAD_FORMAT},
    {"65285 floors", 1, 0xff, RPCSEC_BAD_FORMAT},
    {"a floor more than there is", 0, 6, RPCSEC_TRUNCATED},
    {"a floor less than there is", 0, 4, RPCSEC_TRAILING_DATA},
    {"an interface floor that is none", 4, 7, RPCSEC_BAD_FORMAT},
    {"a syntax floor that is none", 29, 7, RPCSEC_BAD_FORMAT},
    {"a left side without protocol", 52, 0, RPCSEC_BAD_FORMAT},
    {"a left side beyond the end", 60, 0xff, RPCSEC_TRUNCATED},
    {"a right side beyond the end", 70, 0xff, RPCSEC_TRUNCATED},
    {"a port of one byte", 62, 1, RPCSEC_BAD_FORMAT},
};

static void a_malformed_tower_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n < NUM_OF(changes); n++) {
        struct vector vector = load("tcp");
        struct tower tower;

        assert_int_equal(vector.len, TCP_LEN);
        vector.data[changes[n].at] = changes[n].value;
        if (tower_decode(vector.data, vector.len, &tower) != changes[n].status)
            print_message("%s\n", changes[n].what);
        assert_status(tower_decode(vector.data, vector.len, &tower), changes[n].status);
        vector_free(&vector);
    }
}

/* A tower of `len` bytes whose last floor is as long as it takes. */
static rpcsec_status decode_of_len(const struct vector *tcp, size_t len)
{
    uint8_t data[LIMIT_TOWER_LEN + 1] = {0};
    struct tower tower;
    size_t rest = len - tcp->len - 5;

    memcpy(data, tcp->data, tcp->len);
    data[0] = 6;
    put_u16(data + tcp->len, 1, false);
    data[tcp->len + 2] = 0x77;
    put_u16(data + tcp->len + 3, (uint16_t)rest, false);
    return tower_decode(data, len, &tower);
}

static void a_tower_has_2000_bytes_at_most(void **state)
{
    struct vector tcp = load("tcp");

    (void)state;
    assert_ok(decode_of_len(&tcp, LIMIT_TOWER_LEN - 1));
    assert_ok(decode_of_len(&tcp, LIMIT_TOWER_LEN));
    assert_status(decode_of_len(&tcp, LIMIT_TOWER_LEN + 1), RPCSEC_LIMIT);
    vector_free(&tcp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tower_tells_what_its_floors_hold),
        cmocka_unit_test(a_tower_stands_every_truncation_and_change),
        cmocka_unit_test(a_tower_of_another_transport_is_not_encoded),
        cmocka_unit_test(a_side_with_a_byte_too_many_is_refused),
        cmocka_unit_test(a_malformed_tower_is_refused),
        cmocka_unit_test(a_tower_has_2000_bytes_at_most),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
