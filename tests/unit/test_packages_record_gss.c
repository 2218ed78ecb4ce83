/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_record_gss.c: tests of packages/record_gss.c against a GSS-API that the
 * test plays itself, to see what becomes of a library with faults. Over the real one:
 * test_packages_kerberos.c.
 *
 * The functions below stand in front of the library's. The self-test settles once a process, so
 * the tests' order matters: wrap tokens settle well, MIC tokens badly.
 */
#include "harness/test.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include "base/alloc.h"
#include "packages/record.h"

enum { TOKEN_LEN = 8 };

/* What the played library does. */
static struct {
    OM_uint32 unwrap_major;
    size_t wrap_len; /* 0: TOKEN_LEN */
    bool checks_mics;
    int sealed;
    size_t calls;
} played;

/* A token of the played library ends with this byte. */
static const uint8_t good_end = 0x42;

OM_uint32 gss_wrap_iov_length(OM_uint32 *minor, gss_ctx_id_t ctx, int conf, gss_qop_t qop,
                              int *conf_state, gss_iov_buffer_desc *iov, int num)
{
    (void)ctx;
    (void)qop;
    (void)num;
    *minor = 0;
    *conf_state = conf;
    iov[0].buffer.length = played.wrap_len ? played.wrap_len : TOKEN_LEN;
    return GSS_S_COMPLETE;
}

OM_uint32 gss_get_mic_iov_length(OM_uint32 *minor, gss_ctx_id_t ctx, gss_qop_t qop,
                                 gss_iov_buffer_desc *iov, int num)
{
    (void)ctx;
    (void)qop;
    (void)num;
    *minor = 0;
    iov[0].buffer.length = TOKEN_LEN;
    return GSS_S_COMPLETE;
}

OM_uint32 gss_wrap_iov(OM_uint32 *minor, gss_ctx_id_t ctx, int conf, gss_qop_t qop,
                       int *conf_state, gss_iov_buffer_desc *iov, int num)
{
    (void)ctx;
    (void)conf;
    (void)qop;
    (void)num;
    *minor = 0;
    *conf_state = played.sealed;
    memset(iov[0].buffer.value, good_end, TOKEN_LEN);
    return GSS_S_COMPLETE;
}

static bool is_good(const gss_iov_buffer_desc *iov)
{
    return ((const uint8_t *)iov[0].buffer.value)[TOKEN_LEN - 1] == good_end;
}

OM_uint32 gss_unwrap_iov(OM_uint32 *minor, gss_ctx_id_t ctx, int *conf_state, gss_qop_t *qop,
                         gss_iov_buffer_desc *iov, int num)
{
    (void)ctx;
    (void)qop;
    (void)num;
    *minor = 0;
    played.calls++;
    *conf_state = played.sealed;
    return is_good(iov) ? played.unwrap_major : GSS_S_BAD_SIG;
}

OM_uint32 gss_verify_mic_iov(OM_uint32 *minor, gss_ctx_id_t ctx, gss_qop_t *qop,
                             gss_iov_buffer_desc *iov, int num)
{
    (void)ctx;
    (void)qop;
    (void)num;
    *minor = 0;
    played.calls++;
    return is_good(iov) || !played.checks_mics ? GSS_S_COMPLETE : GSS_S_BAD_SIG;
}

static struct record *record;

static rpcsec_status make(OM_uint32 flags, struct record **ret_record)
{
    const struct record_source source = {GSS_C_NO_CONTEXT, flags, false};

    return record_gss.make(&source, ret_record);
}

static int setup(void **state)
{
    (void)state;
    memset(&played, 0, sizeof(played));
    played.sealed = 1;
    played.checks_mics = true;
    return make(0, &record) == RPCSEC_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    record_gss.free(record);
    return 0;
}

/* Unwraps a message whose token is, or is not, one of the played library. */
static rpcsec_status unwrap(bool good, uint8_t data[4])
{
    struct pkg_buffer buffer = {PKG_DATA, data, 4};
    uint8_t token[TOKEN_LEN] = {0};

    memcpy(data, "data", 4);
    token[TOKEN_LEN - 1] = good ? good_end : 0;
    return record_gss.unwrap(record, &buffer, 1, token, sizeof(token));
}

static rpcsec_status verify(bool good)
{
    uint8_t data[4] = "data";
    const struct pkg_buffer buffer = {PKG_DATA, data, sizeof(data)};
    uint8_t token[TOKEN_LEN] = {0};

    token[TOKEN_LEN - 1] = good ? good_end : 0;
    return record_gss.verify(record, &buffer, 1, token, sizeof(token));
}

static const uint8_t zeros[4];

/* ---- Wrap tokens: the library is sound ---- */

static void a_forged_first_message_settles_nothing(void **state)
{
    uint8_t data[4];

    (void)state;
    for (int i = 0; i < 3; i++) {
        played.calls = 0;
        assert_status(unwrap(false, data), RPCSEC_BAD_SIGNATURE);
        assert_int_equal(played.calls, 2); /* the altered copy, then the message */
        assert_memory_equal(data, zeros, 4);
    }
}

static void a_self_test_without_memory_is_made_up_for(void **state)
{
    uint8_t data[4];
    rpcsec_status status;

    (void)state;
    mem_test_fail_at(1, false);
    status = unwrap(true, data);
    mem_test_fail_at(0, false);
    assert_status(status, RPCSEC_NO_MEMORY);
    assert_memory_equal(data, zeros, 4);
    assert_int_equal(played.calls, 0);
}

static void the_first_genuine_message_settles_it(void **state)
{
    uint8_t data[4];

    (void)state;
    assert_ok(unwrap(true, data));
    assert_int_equal(played.calls, 2);
    assert_ok(unwrap(true, data));
    assert_int_equal(played.calls, 3);
    assert_memory_equal(data, "data", 4);
}

static void success_with_status_bits_is_a_failure(void **state)
{
    static const OM_uint32 bits[] = {GSS_S_DUPLICATE_TOKEN, GSS_S_OLD_TOKEN, GSS_S_UNSEQ_TOKEN,
                                     GSS_S_GAP_TOKEN};
    uint8_t data[4];

    (void)state;
    for (size_t i = 0; i < NUM_OF(bits); i++) {
        played.unwrap_major = bits[i];
        assert_status(unwrap(true, data), RPCSEC_OUT_OF_SEQUENCE);
        assert_memory_equal(data, zeros, 4);
    }
}

static void a_message_that_was_not_sealed_is_refused(void **state)
{
    uint8_t data[4];

    (void)state;
    played.sealed = 0;
    assert_status(unwrap(true, data), RPCSEC_BAD_SIGNATURE);
    assert_memory_equal(data, zeros, 4);
}

static void a_library_that_does_not_seal_is_refused(void **state)
{
    uint8_t data[4] = "data";
    uint8_t token[TOKEN_LEN];
    struct pkg_buffer buffer = {PKG_DATA, data, sizeof(data)};

    (void)state;
    played.sealed = 0;
    assert_status(record_gss.wrap(record, &buffer, 1, token, sizeof(token)),
                  RPCSEC_SECURITY_FAILURE);
    assert_memory_equal(data, zeros, 4); /* what was not sealed does not go out by mistake */
}

/* ---- MIC tokens: the library accepts anything (CVE-2025-57736) ---- */

static void a_library_that_accepts_altered_messages_is_not_used(void **state)
{
    (void)state;
    played.checks_mics = false;
    assert_status(verify(true), RPCSEC_SECURITY_FAILURE);
    played.calls = 0;
    assert_status(verify(true), RPCSEC_SECURITY_FAILURE);
    played.checks_mics = true;
    assert_status(verify(true), RPCSEC_SECURITY_FAILURE);
    assert_int_equal(played.calls, 0); /* it is not asked again */
}

/* RFC 4121 4.2.4: in DCE style we send an extra count of 16; others send less. */
static void a_peers_token_is_as_long_as_its_extra_count_says(void **state)
{
    static const struct {
        OM_uint32 flags;
        uint16_t extra;
        size_t len;
    } rows[] = {
        {GSS_C_DCE_STYLE, 16, 76}, {GSS_C_DCE_STYLE, 12, 72},     {GSS_C_DCE_STYLE, 0, 60},
        {GSS_C_DCE_STYLE, 17, 76}, {GSS_C_DCE_STYLE, 0xFFFF, 76}, {0, 12, 76},
    };
    uint8_t token[76] = {5, 4, 6, 0xFF};

    (void)state;
    played.wrap_len = sizeof(token);
    for (size_t i = 0; i < NUM_OF(rows); i++) {
        struct record *other = NULL;

        assert_ok(make(rows[i].flags, &other));
        token[4] = (uint8_t)(rows[i].extra >> 8);
        token[5] = (uint8_t)rows[i].extra;
        assert_int_equal(record_gss.wrap_token_len(other, token, sizeof(token)), rows[i].len);
        assert_int_equal(record_gss.wrap_token_len(other, token, 16), rows[i].len);
        assert_int_equal(record_gss.wrap_token_len(other, token, 15), sizeof(token));
        record_gss.free(other);
    }
}

/* The extra count is taken off where the token has as much. */
static void a_token_shorter_than_its_filler_keeps_its_length(void **state)
{
    static const size_t lens[][2] = {{15, 15}, {16, 4}, {17, 5}};
    const uint8_t token[16] = {5, 4, 6, 0xFF, 0, 4};

    (void)state;
    for (size_t i = 0; i < NUM_OF(lens); i++) {
        struct record *other = NULL;

        played.wrap_len = lens[i][0];
        assert_ok(make(GSS_C_DCE_STYLE, &other));
        assert_int_equal(record_gss.wrap_token_len(other, token, sizeof(token)), lens[i][1]);
        record_gss.free(other);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_forged_first_message_settles_nothing),
        TEST(a_self_test_without_memory_is_made_up_for),
        TEST(the_first_genuine_message_settles_it),
        TEST(success_with_status_bits_is_a_failure),
        TEST(a_message_that_was_not_sealed_is_refused),
        TEST(a_library_that_does_not_seal_is_refused),
        TEST(a_library_that_accepts_altered_messages_is_not_used),
        TEST(a_peers_token_is_as_long_as_its_extra_count_says),
        TEST(a_token_shorter_than_its_filler_keeps_its_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
