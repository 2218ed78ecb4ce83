/* SPDX-License-Identifier: MIT
 *
 * onc/test_packages_rotate.c: tests of packages/rotate.c.
 */
#include "harness/test.h"

#include "base/buffer.h"
#include "packages/rotate.h"

enum { HEAD = 60, WANTED = HEAD - 32 }; /* of aes256-cts-hmac-sha1-96 */

/* A sealed token whose bytes, not rotated, are 0, 1, 2 ... behind its header. */
static void make(uint8_t *token, size_t len, uint16_t rotation)
{
    size_t turning = len - 16;

    memset(token, 0, 16);
    put_u16(token, 0x0504, true);
    token[2] = 0x02;
    put_u16(token + 6, rotation, true);
    for (size_t i = 0; i < turning; i++)
        token[16 + (i + rotation) % turning] = (uint8_t)i;
}

static void every_rotation_becomes_the_wanted_one(void **state)
{
    static const size_t lens[] = {HEAD, HEAD + 1, HEAD + 64, 300};

    (void)state;
    for (size_t n = 0; n < NUM_OF(lens); n++) {
        for (uint16_t rotation = 0; rotation < 700; rotation++) {
            uint8_t token[300], expected[300];

            make(token, lens[n], rotation);
            make(expected, lens[n], WANTED);
            assert_ok(rotate_token(token, lens[n], HEAD));
            assert_memory_equal(token, expected, lens[n]);
        }
    }
}

static void other_tokens_are_refused(void **state)
{
    uint8_t token[HEAD];

    (void)state;
    for (size_t len = 0; len < HEAD; len++) {
        make(token, HEAD, 0);
        assert_status(rotate_token(token, len, HEAD), RPCSEC_BAD_TOKEN);
    }
    make(token, HEAD, 0);
    token[1] = 0x05; /* RFC 4121 4.2.6.1: a MIC token is 04 04 */
    assert_status(rotate_token(token, HEAD, HEAD), RPCSEC_BAD_TOKEN);
    make(token, HEAD, 0);
    token[2] = 0; /* not sealed */
    assert_status(rotate_token(token, HEAD, HEAD), RPCSEC_BAD_TOKEN);
    make(token, HEAD, 0);
    token[5] = 1; /* filler */
    assert_status(rotate_token(token, HEAD, HEAD), RPCSEC_BAD_TOKEN);
    make(token, HEAD, 0);
    assert_status(rotate_token(token, HEAD, 31), RPCSEC_BAD_TOKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rotation_becomes_the_wanted_one),
        cmocka_unit_test(other_tokens_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
