/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_apreq.c: tests of packages/apreq.c.
 */
#include "harness/test.h"

#include "harness/decoder_check.h"
#include "harness/vector.h"
#include "packages/apreq.h"

static const char *const files[] = {
    "tests/unit/test_packages_apreq_dce.hex",
    "tests/unit/test_packages_apreq_framed.hex",
};

static rpcsec_status decode(void *arg, const uint8_t *data, size_t len, void *ret_value)
{
    (void)arg;
    return apreq_decode(data, len, ret_value);
}

static void decoder_stands_any_change_of_a_real_token(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(files); i++) {
        struct vector vector = vector_load(files[i]);

        decoder_check(&(struct decoder_case){
            .name = files[i],
            .vector = vector.data,
            .len = vector.len,
            .decode = decode,
            .value_len = sizeof(struct apreq),
        });
        vector_free(&vector);
    }
}

static void service_and_key_of_the_ticket_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(files); i++) {
        struct vector vector = vector_load(files[i]);
        struct apreq apreq;

        assert_ok(apreq_decode(vector.data, vector.len, &apreq));
        assert_string_equal(apreq.service, "greeter/server.test@RPCSEC.TEST");
        assert_int_equal(apreq.enctype, 18);
        assert_int_equal(apreq.kvno, 2);
        vector_free(&vector);
    }
}

static void bytes_behind_the_token_are_refused(void **state)
{
    struct vector vector = vector_load(files[0]);
    uint8_t *longer = calloc(1, vector.len + 1);
    struct apreq apreq;

    (void)state;
    memcpy(longer, vector.data, vector.len);
    assert_status(apreq_decode(longer, vector.len + 1, &apreq), RPCSEC_TRAILING_DATA);
    free(longer);
    vector_free(&vector);
}

/* Small AP-REQs made by hand: RFC 4120 5.5.1 with empty encrypted parts. */
static const struct {
    const char *name;
    const char *hex;
    rpcsec_status status;
    const char *service;
    uint32_t kvno;
} small_cases[] = {
    {"no key version",
     "6e493047a003020105a10302010ea20703050000000000a330612e302ca00302"
     "0105a1031b0152a211300fa003020101a10830061b01611b0162a30d300ba003"
     "020112a20404026363a400",
     RPCSEC_OK, "a/b@R", 0x0u},
    {"a key version of 32 bits",
     "6e523050a003020105a10302010ea20703050000000000a33961373035a00302"
     "0105a1031b0152a211300fa003020101a10830061b01611b0162a3163014a003"
     "020112a107020500ffffffffa20404026363a400",
     RPCSEC_OK, "a/b@R", 0xffffffffu},
    {"a key version of 33 bits",
     "6e523050a003020105a10302010ea20703050000000000a33961373035a00302"
     "0105a1031b0152a211300fa003020101a10830061b01611b0162a3163014a003"
     "020112a107020501ffffffffa20404026363a400",
     RPCSEC_BAD_FORMAT, "", 0x0u},
    {"an integer of six bytes",
     "6e533051a003020105a10302010ea20703050000000000a33a61383036a00302"
     "0105a1031b0152a211300fa003020101a10830061b01611b0162a3173015a003"
     "020112a1080206000000000001a20404026363a400",
     RPCSEC_BAD_FORMAT, "", 0x0u},
    {"an integer without bytes",
     "6e4d304ba003020105a10302010ea20703050000000000a33461323030a00302"
     "0105a1031b0152a211300fa003020101a10830061b01611b0162a311300fa003"
     "020112a1020200a20404026363a400",
     RPCSEC_BAD_FORMAT, "", 0x0u},
    {"one component",
     "6e4e304ca003020105a10302010ea20703050000000000a33561333031a00302"
     "0105a1031b0152a211300fa003020101a10830061b04686f7374a3123010a003"
     "020112a103020101a20404026363a400",
     RPCSEC_OK, "host@R", 0x1u},
    {"control characters in a name",
     "6e50304ea003020105a10302010ea20703050000000000a33761353033a00302"
     "0105a1031b0152a2133011a003020101a10a30081b03610a621b01ffa3123010"
     "a003020112a103020101a20404026363a400",
     RPCSEC_OK, "a?b/?@R", 0x1u},
    {"nine components",
     "6e633061a003020105a10302010ea20703050000000000a34a61483046a00302"
     "0105a1031b0152a2263024a003020101a11d301b1b01781b01781b01781b0178"
     "1b01781b01781b01781b01781b0178a3123010a003020112a103020101a20404"
     "026363a400",
     RPCSEC_BAD_FORMAT, "", 0x0u},
};

static void unusual_forms_are_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(small_cases); i++) {
        struct vector vector = vector_parse(small_cases[i].hex);
        struct apreq apreq = {.service = ""};

        assert_status(apreq_decode(vector.data, vector.len, &apreq), small_cases[i].status);
        assert_string_equal(apreq.service, small_cases[i].service);
        assert_int_equal(apreq.kvno, small_cases[i].kvno);
        vector_free(&vector);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoder_stands_any_change_of_a_real_token),
        cmocka_unit_test(service_and_key_of_the_ticket_are_read),
        cmocka_unit_test(bytes_behind_the_token_are_refused),
        cmocka_unit_test(unusual_forms_are_read_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
