/* SPDX-License-Identifier: MIT
 *
 * unit/test_packages_krb5_keys.c: the published vectors of the AES enctypes, and the scattered
 * forms of each.
 */
#include "harness/test.h"

#include "packages/krb5_keys.h"

/* ---- RFC 3962 appendix B: CTS with a zero vector ---- */

static const uint8_t teriyaki[] = "chicken teriyaki"; /* the key of all of them */
static const char order[] = "I would like the General Gau's Chicken, please, and wonton soup.";

static const struct {
    size_t len;
    const char *sealed;
} cts_vectors[] = {
    {17, "\xc6\x35\x35\x68\xf2\xbf\x8c\xb4\xd8\xa5\x80\x36\x2d\xa7\xff\x7f\x97"},
    {31, "\xfc\x00\x78\x3e\x0e\xfd\xb2\xc1\xd4\x45\xd4\xc8\xef\xf7\xed\x22"
         "\x97\x68\x72\x68\xd6\xec\xcc\xc0\xc0\x7b\x25\xe2\x5e\xcf\xe5"},
    {32, "\x39\x31\x25\x23\xa7\x86\x62\xd5\xbe\x7f\xcb\xcc\x98\xeb\xf5\xa8"
         "\x97\x68\x72\x68\xd6\xec\xcc\xc0\xc0\x7b\x25\xe2\x5e\xcf\xe5\x84"},
    {47, "\x97\x68\x72\x68\xd6\xec\xcc\xc0\xc0\x7b\x25\xe2\x5e\xcf\xe5\x84"
         "\xb3\xff\xfd\x94\x0c\x16\xa1\x8c\x1b\x55\x49\xd2\xf8\x38\x02\x9e"
         "\x39\x31\x25\x23\xa7\x86\x62\xd5\xbe\x7f\xcb\xcc\x98\xeb\xf5"},
    {48, "\x97\x68\x72\x68\xd6\xec\xcc\xc0\xc0\x7b\x25\xe2\x5e\xcf\xe5\x84"
         "\x9d\xad\x8b\xbb\x96\xc4\xcd\xc0\x3b\xc1\x03\xe1\xa1\x94\xbb\xd8"
         "\x39\x31\x25\x23\xa7\x86\x62\xd5\xbe\x7f\xcb\xcc\x98\xeb\xf5\xa8"},
    {64, "\x97\x68\x72\x68\xd6\xec\xcc\xc0\xc0\x7b\x25\xe2\x5e\xcf\xe5\x84"
         "\x39\x31\x25\x23\xa7\x86\x62\xd5\xbe\x7f\xcb\xcc\x98\xeb\xf5\xa8"
         "\x48\x07\xef\xe8\x36\xee\x89\xa5\x26\x73\x0d\xbc\x2f\x7b\xc8\x40"
         "\x9d\xad\x8b\xbb\x96\xc4\xcd\xc0\x3b\xc1\x03\xe1\xa1\x94\xbb\xd8"},
};

static struct krb5_cts cts_of(bool encrypts)
{
    struct krb5_cts cts;

    assert_ok(krb5_cts_init(&cts, teriyaki, 16, encrypts));
    return cts;
}

static void cts_is_that_of_rfc_3962(void **state)
{
    struct krb5_cts to = cts_of(true);
    struct krb5_cts from = cts_of(false);

    (void)state;
    for (size_t i = 0; i < NUM_OF(cts_vectors); i++) {
        uint8_t text[64];
        struct krb5_span span = {text, cts_vectors[i].len, true};

        memcpy(text, order, span.len);
        assert_ok(krb5_cts_encrypt(&to, &span, 1));
        assert_memory_equal(text, cts_vectors[i].sealed, span.len);
        assert_ok(krb5_cts_decrypt(&from, &span, 1));
        assert_memory_equal(text, order, span.len);
    }
    krb5_cts_done(&to);
    krb5_cts_done(&from);
}

/* However the text is cut, with bytes between that are not sealed, the ciphertext is the same.
 */
static void cts_does_not_depend_on_where_the_bytes_lie(void **state)
{
    struct krb5_cts to = cts_of(true);
    struct krb5_cts from = cts_of(false);

    (void)state;
    for (size_t i = 0; i < NUM_OF(cts_vectors); i++) {
        size_t len = cts_vectors[i].len;

        for (size_t a = 0; a <= len; a += 3) {
            for (size_t b = a; b <= len; b += 5) {
                uint8_t text[64];
                uint8_t between[7] = "between";
                struct krb5_span spans[] = {{text, a, true},
                                            {between, 7, false},
                                            {text + a, b - a, true},
                                            {NULL, 0, true},
                                            {text + b, len - b, true}};

                memcpy(text, order, len);
                assert_ok(krb5_cts_encrypt(&to, spans, NUM_OF(spans)));
                assert_memory_equal(text, cts_vectors[i].sealed, len);
                assert_ok(krb5_cts_decrypt(&from, spans, NUM_OF(spans)));
                assert_memory_equal(text, order, len);
                assert_memory_equal(between, "between", 7);
            }
        }
    }
    krb5_cts_done(&to);
    krb5_cts_done(&from);
}

static void cts_refuses_a_text_of_one_block(void **state)
{
    struct krb5_cts to = cts_of(true);
    struct krb5_cts from = cts_of(false);
    uint8_t text[16] = {0};
    struct krb5_span span = {text, sizeof(text), true};

    (void)state;
    assert_status(krb5_cts_encrypt(&to, &span, 1), RPCSEC_INVALID_ARGUMENT);
    assert_status(krb5_cts_decrypt(&from, &span, 1), RPCSEC_INVALID_ARGUMENT);
    krb5_cts_done(&to);
    krb5_cts_done(&from);
}

/* ---- Key derivation: RFC 8009 appendix A, usage 2 ---- */

struct derivation {
    int32_t enctype;
    const char *base;
    const char *checksum, *encryption, *integrity;
    size_t len[3];
};

static const struct derivation derivations[] = {
    {19,
     "\x37\x05\xd9\x60\x80\xc1\x77\x28\xa0\xe8\x00\xea\xb6\xe0\xd2\x3c",
     "\xb3\x1a\x01\x8a\x48\xf5\x47\x76\xf4\x03\xe9\xa3\x96\x32\x5d\xc3",
     "\x9b\x19\x7d\xd1\xe8\xc5\x60\x9d\x6e\x67\xc3\xe3\x7c\x62\xc7\x2e",
     "\x9f\xda\x0e\x56\xab\x2d\x85\xe1\x56\x9a\x68\x86\x96\xc2\x6a\x6c",
     {16, 16, 16}},
    {20,
     "\x6d\x40\x4d\x37\xfa\xf7\x9f\x9d\xf0\xd3\x35\x68\xd3\x20\x66\x98"
     "\x00\xeb\x48\x36\x47\x2e\xa8\xa0\x26\xd1\x6b\x71\x82\x46\x0c\x52",
     "\xef\x57\x18\xbe\x86\xcc\x84\x96\x3d\x8b\xbb\x50\x31\xe9\xf5\xc4"
     "\xba\x41\xf2\x8f\xaf\x69\xe7\x3d",
     "\x56\xab\x22\xbe\xe6\x3d\x82\xd7\xbc\x52\x27\xf6\x77\x3f\x8e\xa7"
     "\xa5\xeb\x1c\x82\x51\x60\xc3\x83\x12\x98\x0c\x44\x2e\x5c\x7e\x49",
     "\x69\xb1\x65\x14\xe3\xcd\x8e\x56\xb8\x20\x10\xd5\xc7\x30\x12\xb6"
     "\x22\xc4\xd0\x0f\xfc\x23\xed\x1f",
     {24, 32, 24}},
};

static void derived_keys_are_those_of_rfc_8009(void **state)
{
    static const enum krb5_key_use uses[] = {KRB5_CHECKSUM, KRB5_ENCRYPTION, KRB5_INTEGRITY};

    (void)state;
    for (size_t i = 0; i < NUM_OF(derivations); i++) {
        const struct derivation *d = &derivations[i];
        const char *expected[] = {d->checksum, d->encryption, d->integrity};
        const struct krb5_base_key base = {krb5_profile_find(d->enctype),
                                           (const uint8_t *)d->base};

        for (size_t use = 0; use < NUM_OF(uses); use++) {
            uint8_t key[KRB5_MAX_KEY_LEN];
            size_t len = 0;

            assert_ok(krb5_derive(&base, 2, uses[use], key, &len));
            assert_int_equal(len, d->len[use]);
            assert_memory_equal(key, expected[use], len);
        }
    }
}

/* ---- HMAC: RFC 2202 case 2, RFC 4231 case 2 ---- */

static void macs_are_those_of_the_rfcs(void **state)
{
    static const struct {
        enum krb5_hash hash;
        const char *mac;
    } cases[] = {
        {KRB5_SHA1,
         "\xef\xfc\xdf\x6a\xe5\xeb\x2f\xa2\xd2\x74\x16\xd5\xf1\x84\xdf\x9c\x25\x9a\x7c\x79"},
        {KRB5_SHA256, "\x5b\xdc\xc1\x46\xbf\x60\x75\x4e\x6a\x04\x24\x26\x08\x95\x75\xc7"
                      "\x5a\x00\x3f\x08\x9d\x27\x39\x83\x9d\xec\x58\xb9\x64\xec\x38\x43"},
        {KRB5_SHA384, "\xaf\x45\xd2\xe3\x76\x48\x40\x31\x61\x7f\x78\xd2\xb5\x8a\x6b\x1b"
                      "\x9c\x7e\xf4\x64\xf5\xa0\x1b\x47\xe4\x2e\xc3\x73\x63\x22\x44\x5e"
                      "\x8e\x22\x40\xca\x5e\x69\xe2\xc7\x8b\x32\x39\xec\xfa\xb2\x16\x49"},
    };
    static const char text[] = "what do ya want for nothing?";

    (void)state;
    for (size_t i = 0; i < NUM_OF(cases); i++) {
        struct krb5_hmac_key key;
        struct krb5_hmac hmac;
        uint8_t mac[KRB5_MAX_HASH_LEN];
        size_t len = krb5_hash_len(cases[i].hash);

        krb5_hmac_key_init(&key, cases[i].hash, (const uint8_t *)"Jefe", 4);
        for (int again = 0; again < 2; again++) {
            krb5_hmac_begin(&hmac, &key);
            krb5_hmac_update(&hmac, (const uint8_t *)text, 5);
            krb5_hmac_update(&hmac, NULL, 0);
            krb5_hmac_update(&hmac, (const uint8_t *)text + 5, strlen(text) - 5);
            krb5_hmac_end(&hmac, mac, len);
            assert_memory_equal(mac, cases[i].mac, len);
        }
    }
}

static void only_aes_has_a_profile(void **state)
{
    (void)state;
    for (int32_t enctype = -200; enctype < 200; enctype++)
        assert_int_equal(krb5_profile_find(enctype) != NULL, enctype >= 17 && enctype <= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cts_is_that_of_rfc_3962),
        cmocka_unit_test(cts_does_not_depend_on_where_the_bytes_lie),
        cmocka_unit_test(cts_refuses_a_text_of_one_block),
        cmocka_unit_test(derived_keys_are_those_of_rfc_8009),
        cmocka_unit_test(macs_are_those_of_the_rfcs),
        cmocka_unit_test(only_aes_has_a_profile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
