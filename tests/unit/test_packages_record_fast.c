/* SPDX-License-Identifier: MIT
 *
 * test_packages_record_fast: packages/record_krb5fast.c to the last byte, with contexts made by
 * hand: what each token says, what is taken and what is refused with which status, and what
 * becomes of failures of the functions below it. The tokens of another implementation:
 * test_packages_record_krb5fast.c.
 */
#include "harness/test.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/cursor.h"
#include "packages/krb5_context.h"
#include "packages/krb5_random.h"

#define OPS (&record_krb5fast)

enum {
    HEAD_LEN = 16,
    DATA_LEN = 21,
    MAX_TOKEN = 128,
    DIRT = 0xEE,
    MOST = RECORD_MAX_BUFFERS,
    SEALED = 2,
    SUBKEY = 4,
};

static const uint64_t first_number = 0x0102030405060708;

/* ---- The functions below, which a test lets fail ---- */

/* Derivations, random numbers and ciphers are counted together; which one fails. */
static struct {
    unsigned calls, fails_at;
    const void *wiped; /* the last context that was */
    bool exports;      /* krb5_context_export gives hand_made */
} played;

static struct krb5_context hand_made;

static bool fails(void)
{
    return ++played.calls == played.fails_at;
}

#define WRAP_STATUS(function, arguments, ...)                                      \
    rpcsec_status __real_##function arguments;                                     \
    rpcsec_status __wrap_##function arguments;                                     \
    rpcsec_status __wrap_##function arguments                                      \
    {                                                                              \
        return fails() ? RPCSEC_SECURITY_FAILURE : __real_##function(__VA_ARGS__); \
    }

WRAP_STATUS(krb5_derive_mac,
            (const struct krb5_base_key *base, uint32_t usage, enum krb5_key_use use,
             struct krb5_hmac_key *ret_key),
            base, usage, use, ret_key)
WRAP_STATUS(krb5_derive_cipher,
            (const struct krb5_base_key *base, uint32_t usage, bool encrypts,
             struct krb5_cts *ret_cts),
            base, usage, encrypts, ret_cts)
WRAP_STATUS(krb5_cts_encrypt,
            (struct krb5_cts * cts, const struct krb5_span *spans, size_t num), cts, spans, num)
WRAP_STATUS(krb5_cts_decrypt,
            (struct krb5_cts * cts, const struct krb5_span *spans, size_t num), cts, spans, num)

bool __real_krb5_random(uint8_t *data, size_t len);
bool __wrap_krb5_random(uint8_t *data, size_t len);
bool __wrap_krb5_random(uint8_t *data, size_t len)
{
    return !fails() && __real_krb5_random(data, len);
}

void __real_secret_wipe(void *mem, size_t len);
void __wrap_secret_wipe(void *mem, size_t len);
void __wrap_secret_wipe(void *mem, size_t len)
{
    if (len == sizeof(struct krb5_context))
        played.wiped = mem;
    __real_secret_wipe(mem, len);
}

static const void *exported_to;

rpcsec_status __wrap_krb5_context_export(const struct record_source *source,
                                         struct krb5_context *ret_context);
rpcsec_status __wrap_krb5_context_export(const struct record_source *source,
                                         struct krb5_context *ret_context)
{
    (void)source;
    exported_to = ret_context;
    *ret_context = hand_made;
    return played.exports ? RPCSEC_OK : RPCSEC_UNSUPPORTED;
}

/* ---- Both ends of a context ---- */

struct style {
    int32_t enctype;
    bool subkey, dce, in_order;
};

/* One enctype of each kind of checksum, and each of the rest with both. */
static const struct style styles[] = {
    {18, true, true, true},   {19, true, true, true},   {18, false, false, true},
    {19, false, false, true}, {17, true, false, false}, {20, true, true, false},
};

struct pair {
    struct style style;
    const struct krb5_profile *profile;
    struct record *initiator, *acceptor;
    struct pkg_sizes sizes;
};

static struct krb5_context context_of(const struct style *style, bool initiator)
{
    struct krb5_context context = {
        .profile = krb5_profile_find(style->enctype),
        .acceptor_subkey = style->subkey,
        .initiator = initiator,
        .dce_style = style->dce,
        .in_order = style->in_order,
        .send_sequence = initiator ? first_number : 7,
        .receive_sequence = initiator ? 7 : first_number,
    };

    for (size_t i = 0; i < sizeof(context.key); i++)
        context.key[i] = (uint8_t)(0x60 + i);
    return context;
}

static struct pair pair_of(size_t i)
{
    struct pair pair = {.style = styles[i]};
    struct krb5_context context = context_of(&styles[i], true);

    pair.profile = context.profile;
    assert_ok(record_krb5fast_make(&context, &pair.initiator));
    context = context_of(&styles[i], false);
    assert_ok(record_krb5fast_make(&context, &pair.acceptor));
    OPS->sizes(pair.initiator, &pair.sizes);
    return pair;
}

static void pair_free(struct pair *pair)
{
    OPS->free(pair->initiator);
    OPS->free(pair->acceptor);
}

/* Data first, so that nothing is special about a place. */
struct message {
    uint8_t data[DATA_LEN], head[5], byte[1];
    uint8_t token[MAX_TOKEN];
    struct pkg_buffer buffers[MOST + 1];
};

static void fill(struct message *m)
{
    memcpy(m->data, "some bytes of a stub!", DATA_LEN);
    memcpy(m->head, "head", 5);
    m->byte[0] = '1';
    memset(m->token, DIRT, sizeof(m->token));
    m->buffers[0] = (struct pkg_buffer){PKG_DATA, m->data, DATA_LEN};
    m->buffers[1] = (struct pkg_buffer){PKG_SIGN_ONLY, m->head, sizeof(m->head)};
    m->buffers[2] = (struct pkg_buffer){PKG_DATA, m->byte, 1};
    for (size_t i = 3; i <= MOST; i++)
        m->buffers[i] = (struct pkg_buffer){PKG_DATA, NULL, 0};
}

static bool is_filled(const struct message *m)
{
    return memcmp(m->data, "some bytes of a stub!", DATA_LEN) == 0 &&
           memcmp(m->head, "head", 5) == 0 && m->byte[0] == '1';
}

/* Data only: what is signed stays. */
static bool is_wiped(const struct message *m)
{
    static const uint8_t zeros[DATA_LEN];

    assert_memory_equal(m->head, "head", 5);
    return memcmp(m->data, zeros, DATA_LEN) == 0 && m->byte[0] == 0;
}

/* The three forms of messages. */
enum form { SEAL, SIGN, CLEAR, NUM_FORMS };

static size_t token_len_of(const struct pair *pair, enum form form)
{
    return form == SEAL ? pair->sizes.wrap_len : pair->sizes.mic_len;
}

static rpcsec_status make_message(struct record *record, enum form form, struct message *m,
                                  size_t num, size_t token_len)
{
    switch (form) {
    case SEAL:
        return OPS->wrap(record, m->buffers, num, m->token, token_len);
    case SIGN:
        return OPS->mic(record, m->buffers, num, m->token, token_len);
    default:
        return OPS->wrap_clear(record, m->buffers, num, m->token, token_len);
    }
}

static rpcsec_status take_message(struct record *record, enum form form, struct message *m,
                                  size_t num, size_t token_len)
{
    switch (form) {
    case SEAL:
        return OPS->unwrap(record, m->buffers, num, m->token, token_len);
    case SIGN:
        return OPS->verify(record, m->buffers, num, m->token, token_len);
    default:
        return OPS->unwrap_clear(record, m->buffers, num, m->token, token_len);
    }
}

static void send_message(const struct pair *pair, enum form form, struct message *m)
{
    fill(m);
    assert_ok(make_message(pair->initiator, form, m, 3, token_len_of(pair, form)));
}

static rpcsec_status take(const struct pair *pair, enum form form, struct message *m)
{
    return take_message(pair->acceptor, form, m, 3, token_len_of(pair, form));
}

/* ---- What a record is ---- */

static void sizes_key_and_numbers_are_the_contexts(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);
        struct krb5_context context = context_of(&styles[i], true);
        uint64_t send, receive;
        int32_t enctype;
        size_t len;

        assert_int_equal(pair.sizes.mic_len, HEAD_LEN + pair.profile->mac_len);
        assert_int_equal(pair.sizes.wrap_len,
                         (size_t)(3 + pair.style.dce) * HEAD_LEN + pair.profile->mac_len);
        assert_int_equal(pair.sizes.block_len, 1);
        assert_memory_equal(OPS->session_key(pair.initiator, &len, &enctype), context.key,
                            pair.profile->key_len);
        assert_int_equal(len, pair.profile->key_len);
        assert_int_equal(enctype, pair.style.enctype);
        OPS->get_sequence(pair.initiator, &send, &receive);
        assert_int_equal(send, first_number);
        assert_int_equal(receive, 7);
        OPS->set_sequence(pair.initiator, 11, 12);
        OPS->get_sequence(pair.initiator, &send, &receive);
        assert_int_equal(send, 11);
        assert_int_equal(receive, 12);
        pair_free(&pair);
    }
    OPS->free(NULL);
}

/* RFC 4121 4.2.4: in DCE style an extra count of up to 16 says how much is missing. */
static void a_tokens_length_follows_its_extra_count(void **state)
{
    static const uint16_t extras[][2] = {{0, 16}, {1, 15},  {15, 1},    {16, 0},
                                         {17, 0}, {256, 0}, {0xFFFF, 0}};

    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);
        uint8_t token[HEAD_LEN] = {5, 4};

        for (size_t k = 0; k < NUM_OF(extras); k++) {
            put_u16(token + 4, extras[k][0], true);
            assert_int_equal(OPS->wrap_token_len(pair.acceptor, token, HEAD_LEN),
                             pair.sizes.wrap_len - (pair.style.dce ? extras[k][1] : 0));
            assert_int_equal(OPS->wrap_token_len(pair.acceptor, token, HEAD_LEN - 1),
                             pair.sizes.wrap_len);
        }
        pair_free(&pair);
    }
}

/* ---- What is sent ---- */

/* RFC 4121 4.2.6.1, 4.2.6.2, 4.2.4. */
static void heads_say_what_the_document_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);
        const uint8_t subkey = styles[i].subkey ? SUBKEY : 0;
        const uint8_t mac_len = (uint8_t)pair.profile->mac_len;
        const uint8_t extra = styles[i].dce ? 16 : 0;
        const uint8_t heads[NUM_FORMS][HEAD_LEN] = {
            {5, 4, subkey | SEALED, 0xFF, 0, extra, 0, (uint8_t)(HEAD_LEN + mac_len)},
            {4, 4, subkey, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
            {5, 4, subkey, 0xFF, 0, mac_len, 0, mac_len},
        };
        struct message m;

        for (unsigned form = SEAL; form < NUM_FORMS; form++) {
            uint8_t number[8];

            send_message(&pair, (enum form)form, &m);
            put_u64(number, first_number + form, true);
            assert_memory_equal(m.token, heads[form], 8);
            assert_memory_equal(m.token + 8, number, 8);
            assert_int_equal(is_filled(&m), form != SEAL);
            assert_int_equal(m.token[token_len_of(&pair, (enum form)form)], DIRT);
            assert_memory_equal(m.head, "head", 5);
            assert_ok(take(&pair, (enum form)form, &m));
            assert_true(is_filled(&m));
        }
        fill(&m);
        assert_ok(OPS->mic(pair.acceptor, m.buffers, 3, m.token, pair.sizes.mic_len));
        assert_int_equal(m.token[2], subkey | 1); /* SentByAcceptor */
        assert_ok(OPS->verify(pair.initiator, m.buffers, 3, m.token, pair.sizes.mic_len));
        pair_free(&pair);
    }
}

static void a_message_of_the_most_buffers_goes_and_one_of_more_does_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);

        for (unsigned form = SEAL; form < NUM_FORMS; form++) {
            const size_t len = token_len_of(&pair, (enum form)form);
            struct message m;

            fill(&m);
            assert_status(make_message(pair.initiator, (enum form)form, &m, MOST + 1, len),
                          RPCSEC_INVALID_ARGUMENT);
            assert_true(is_filled(&m));
            assert_ok(make_message(pair.initiator, (enum form)form, &m, MOST, len));
            assert_status(take_message(pair.acceptor, (enum form)form, &m, MOST + 1, len),
                          RPCSEC_INVALID_ARGUMENT);
            assert_int_equal(is_wiped(&m), form == SEAL);
            fill(&m);
            OPS->set_sequence(pair.initiator, first_number + form, 7);
            assert_ok(make_message(pair.initiator, (enum form)form, &m, MOST, len));
            assert_ok(take_message(pair.acceptor, (enum form)form, &m, MOST, len));
            assert_true(is_filled(&m));
        }
        pair_free(&pair);
    }
}

/* A message that is data in the first buffer, and nothing behind it. */
static void one_buffer_of_data_is_enough_to_seal_and_one_of_signed_bytes_is_not(void **state)
{
    struct pair pair = pair_of(0);
    struct message m;

    (void)state;
    fill(&m);
    assert_ok(OPS->wrap(pair.initiator, m.buffers, 1, m.token, pair.sizes.wrap_len));
    assert_ok(OPS->unwrap(pair.acceptor, m.buffers, 1, m.token, pair.sizes.wrap_len));
    assert_true(is_filled(&m));
    assert_status(OPS->wrap(pair.initiator, m.buffers + 1, 1, m.token, pair.sizes.wrap_len),
                  RPCSEC_INVALID_ARGUMENT);
    assert_status(OPS->unwrap(pair.acceptor, m.buffers + 1, 1, m.token, pair.sizes.wrap_len),
                  RPCSEC_INVALID_ARGUMENT);
    assert_true(is_filled(&m));
    pair_free(&pair);
}

/* ---- What is refused ---- */

static void tokens_of_another_length_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);

        for (unsigned form = SEAL; form < NUM_FORMS; form++) {
            const size_t len = token_len_of(&pair, (enum form)form);

            for (size_t wrong = len - 1; wrong <= len + 1; wrong += 2) {
                struct message m;

                fill(&m);
                assert_status(make_message(pair.initiator, (enum form)form, &m, 3, wrong),
                              RPCSEC_BUFFER_TOO_SMALL);
                assert_true(is_filled(&m));
                send_message(&pair, (enum form)form, &m);
                assert_status(take_message(pair.acceptor, (enum form)form, &m, 3, wrong),
                              RPCSEC_BAD_TOKEN);
                assert_int_equal(is_wiped(&m), form == SEAL);
            }
        }
        pair_free(&pair);
    }
}

/* A head is known beforehand but for its number. That is guarded by the checksum, and in a
 * sealed message by the copy inside. */
static void every_flipped_bit_is_refused_with_its_status(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);

        for (unsigned form = SEAL; form < NUM_FORMS; form++) {
            const size_t len = token_len_of(&pair, (enum form)form);
            const size_t head_len = form == SEAL ? HEAD_LEN : 8;
            struct message sent, m;

            send_message(&pair, (enum form)form, &sent);
            for (size_t bit = 0; bit < (len + DATA_LEN + 1) * 8; bit++) {
                uint8_t *at = bit / 8 < len              ? m.token + bit / 8
                              : bit / 8 < len + DATA_LEN ? m.data + (bit / 8 - len)
                                                         : m.byte;

                fill(&m);
                memcpy(m.token, sent.token, len);
                memcpy(m.data, sent.data, DATA_LEN);
                m.byte[0] = sent.byte[0];
                *at ^= (uint8_t)(1U << bit % 8);
                assert_status(take(&pair, (enum form)form, &m),
                              bit / 8 < head_len ? RPCSEC_BAD_TOKEN : RPCSEC_BAD_SIGNATURE);
                assert_int_equal(is_wiped(&m), form == SEAL);
            }
            assert_ok(take(&pair, (enum form)form, &sent)); /* nothing of this has moved it */
        }
        pair_free(&pair);
    }
}

static void only_the_next_number_is_taken_where_order_was_agreed(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        struct pair pair = pair_of(i);
        const rpcsec_status other = styles[i].in_order ? RPCSEC_OUT_OF_SEQUENCE : RPCSEC_OK;

        for (unsigned form = SEAL; form < NUM_FORMS; form++) {
            struct message m, first, second;

            send_message(&pair, (enum form)form, &first);
            send_message(&pair, (enum form)form, &second);
            m = second;
            for (size_t b = 0; b < 3; b++)
                m.buffers[b].data = b == 0 ? m.data : b == 1 ? m.head : m.byte;
            assert_status(take(&pair, (enum form)form, &m), other);
            assert_int_equal(is_wiped(&m), form == SEAL && other != RPCSEC_OK);
            m = first;
            for (size_t b = 0; b < 3; b++)
                m.buffers[b].data = b == 0 ? m.data : b == 1 ? m.head : m.byte;
            assert_ok(take(&pair, (enum form)form, &m));
            assert_status(take(&pair, (enum form)form, &first), other);
            assert_ok(take(&pair, (enum form)form, &second));
        }
        pair_free(&pair);
    }
}

/* ---- Messages that only somebody with the key can make ---- */

/* Seals what `m` holds, with a head of the test's own inside and `extra` bytes of filler. */
static void forge(const struct pair *pair, struct message *m, size_t extra,
                  const uint8_t inner[HEAD_LEN])
{
    const struct krb5_context context = context_of(&pair->style, true);
    const struct krb5_base_key base = {context.profile, context.key};
    const size_t mac_len = pair->profile->mac_len;
    uint8_t *tail = m->token + HEAD_LEN, *mac = tail + extra + HEAD_LEN;
    const struct krb5_span spans[] = {{mac + mac_len, 16, true},
                                      {m->data, DATA_LEN, true},
                                      {m->head, sizeof(m->head), false},
                                      {m->byte, 1, true},
                                      {tail, extra + HEAD_LEN, true}};
    static const uint8_t iv[16];
    struct krb5_hmac_key key;
    struct krb5_hmac hmac;
    struct krb5_cts cts;

    memset(tail, 0xA5, extra);
    memcpy(tail + extra, inner, HEAD_LEN);
    assert_ok(krb5_derive_mac(&base, 24, KRB5_INTEGRITY, &key));
    assert_ok(krb5_derive_cipher(&base, 24, true, &cts));
    if (pair->profile->mac_of_ciphertext)
        assert_ok(krb5_cts_encrypt(&cts, spans, NUM_OF(spans)));
    krb5_hmac_begin(&hmac, &key);
    if (pair->profile->mac_of_ciphertext)
        krb5_hmac_update(&hmac, iv, sizeof(iv));
    for (size_t i = 0; i < NUM_OF(spans); i++)
        krb5_hmac_update(&hmac, spans[i].data, spans[i].len);
    krb5_hmac_end(&hmac, mac, mac_len);
    if (!pair->profile->mac_of_ciphertext)
        assert_ok(krb5_cts_encrypt(&cts, spans, NUM_OF(spans)));
    krb5_cts_done(&cts);
}

static void put_head(const struct pair *pair, uint8_t *head, size_t extra)
{
    memcpy(head, (uint8_t[]){5, 4, (uint8_t)(SEALED | (pair->style.subkey ? SUBKEY : 0)), 0xFF},
           4);
    put_u16(head + 4, (uint16_t)extra, true);
    put_u16(head + 6, 0, true);
    put_u64(head + 8, first_number, true);
}

static void filler_of_any_length_up_to_16_is_taken_in_dce_style(void **state)
{
    static const size_t extras[] = {0, 1, 15, 16, 17};

    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        for (size_t k = 0; k < NUM_OF(extras); k++) {
            struct pair pair = pair_of(i);
            const size_t own = pair.style.dce ? 16 : 0;
            const size_t len = pair.sizes.wrap_len - own + extras[k];
            struct message m;

            fill(&m);
            put_head(&pair, m.token, extras[k]);
            forge(&pair, &m, extras[k], m.token);
            m.token[7] = (uint8_t)(HEAD_LEN + pair.profile->mac_len);
            if (extras[k] <= own) {
                assert_ok(take_message(pair.acceptor, SEAL, &m, 3, len));
                assert_true(is_filled(&m));
            } else {
                assert_status(take_message(pair.acceptor, SEAL, &m, 3, len), RPCSEC_BAD_TOKEN);
            }
            pair_free(&pair);
        }
    }
}

/* RFC 4121 4.2.4 */
static void a_head_that_says_otherwise_inside_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(styles); i++) {
        for (size_t bit = 0; bit < HEAD_LEN * 8; bit++) {
            struct pair pair = pair_of(i);
            const size_t own = pair.style.dce ? 16 : 0;
            uint8_t inner[HEAD_LEN];
            struct message m;

            fill(&m);
            put_head(&pair, m.token, own);
            memcpy(inner, m.token, HEAD_LEN);
            inner[bit / 8] ^= (uint8_t)(1U << bit % 8);
            forge(&pair, &m, own, inner);
            m.token[7] = (uint8_t)(HEAD_LEN + pair.profile->mac_len);
            assert_status(take(&pair, SEAL, &m), RPCSEC_BAD_TOKEN);
            assert_true(is_wiped(&m));
            pair_free(&pair);
        }
    }
}

/* What fills the token up is fixed: what stood there before must not go out. */
static void filler_is_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pair pair = pair_of(i);
        struct krb5_context context = context_of(&styles[i], true);
        const struct krb5_base_key base = {context.profile, context.key};
        struct krb5_cts cts;
        struct message m;

        send_message(&pair, SEAL, &m);
        {
            uint8_t *mac = m.token + 3 * HEAD_LEN;
            const struct krb5_span spans[] = {{mac + pair.profile->mac_len, 16, true},
                                              {m.data, DATA_LEN, true},
                                              {m.byte, 1, true},
                                              {m.token + HEAD_LEN, 32, true}};
            uint8_t expected[32];

            memset(expected, 0xFF, 16);
            put_head(&pair, expected + 16, 16);
            assert_ok(krb5_derive_cipher(&base, 24, false, &cts));
            assert_ok(krb5_cts_decrypt(&cts, spans, NUM_OF(spans)));
            krb5_cts_done(&cts);
            assert_memory_equal(m.token + HEAD_LEN, expected, 32);
        }
        pair_free(&pair);
    }
}

/* ---- When the functions below fail ---- */

static void a_record_whose_keys_cannot_be_derived_is_not_made(void **state)
{
    const uint64_t live = secret_test_live();

    (void)state;
    for (unsigned nth = 1; nth <= 8; nth++) {
        struct krb5_context context = context_of(&styles[0], true);
        struct record *record = NULL;

        played.calls = 0;
        played.fails_at = nth;
        assert_status(record_krb5fast_make(&context, &record), RPCSEC_SECURITY_FAILURE);
        played.fails_at = 0;
        assert_null(record);
        assert_int_equal(secret_test_live(), live);
    }
}

static void a_record_without_memory_is_not_made(void **state)
{
    struct krb5_context context = context_of(&styles[0], true);
    struct record *record = NULL;
    rpcsec_status status;

    (void)state;
    mem_test_fail_at(1, false);
    status = record_krb5fast_make(&context, &record);
    mem_test_fail_at(0, false);
    assert_status(status, RPCSEC_NO_MEMORY);
    assert_null(record);
}

static void what_is_freed_is_given_back(void **state)
{
    const uint64_t live = secret_test_live();
    struct pair pair = pair_of(0);

    (void)state;
    assert_int_equal(secret_test_live(), live + 2);
    pair_free(&pair);
    assert_int_equal(secret_test_live(), live);
}

/* The key does not stay behind on the stack. */
static void the_exported_context_is_wiped(void **state)
{
    const struct record_source source = {NULL, 0, false};

    (void)state;
    hand_made = context_of(&styles[0], true);
    for (int exports = 0; exports < 2; exports++) {
        struct record *record = NULL;

        played.exports = exports;
        played.wiped = NULL;
        assert_status(OPS->make(&source, &record), exports ? RPCSEC_OK : RPCSEC_UNSUPPORTED);
        assert_int_equal(record != NULL, exports);
        assert_non_null(played.wiped);
        assert_ptr_equal(played.wiped, exported_to);
        OPS->free(record);
    }
}

static void without_random_bytes_nothing_is_sealed(void **state)
{
    struct pair pair = pair_of(0);
    struct message m;

    (void)state;
    fill(&m);
    played.calls = 0;
    played.fails_at = 1;
    assert_status(OPS->wrap(pair.initiator, m.buffers, 3, m.token, pair.sizes.wrap_len),
                  RPCSEC_SECURITY_FAILURE);
    played.fails_at = 0;
    assert_true(is_filled(&m));
    send_message(&pair, SEAL, &m); /* and no number was used up */
    assert_ok(take(&pair, SEAL, &m));
    pair_free(&pair);
}

static void a_cipher_that_fails_leaves_no_data(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pair pair = pair_of(i);
        struct message m;

        fill(&m);
        played.calls = 0;
        played.fails_at = 2; /* behind the confounder's bytes */
        assert_status(OPS->wrap(pair.initiator, m.buffers, 3, m.token, pair.sizes.wrap_len),
                      RPCSEC_SECURITY_FAILURE);
        assert_true(is_wiped(&m));
        played.fails_at = 0;
        send_message(&pair, SEAL, &m);
        played.calls = 0;
        played.fails_at = 1;
        assert_status(take(&pair, SEAL, &m), RPCSEC_SECURITY_FAILURE);
        assert_true(is_wiped(&m));
        played.fails_at = 0;
        pair_free(&pair);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_key_and_numbers_are_the_contexts),
        cmocka_unit_test(a_tokens_length_follows_its_extra_count),
        cmocka_unit_test(heads_say_what_the_document_says),
        cmocka_unit_test(a_message_of_the_most_buffers_goes_and_one_of_more_does_not),
        cmocka_unit_test(one_buffer_of_data_is_enough_to_seal_and_one_of_signed_bytes_is_not),
        cmocka_unit_test(tokens_of_another_length_are_refused),
        cmocka_unit_test(every_flipped_bit_is_refused_with_its_status),
        cmocka_unit_test(only_the_next_number_is_taken_where_order_was_agreed),
        cmocka_unit_test(filler_of_any_length_up_to_16_is_taken_in_dce_style),
        cmocka_unit_test(a_head_that_says_otherwise_inside_is_refused),
        cmocka_unit_test(filler_is_written),
        cmocka_unit_test(a_record_whose_keys_cannot_be_derived_is_not_made),
        cmocka_unit_test(a_record_without_memory_is_not_made),
        cmocka_unit_test(what_is_freed_is_given_back),
        cmocka_unit_test(the_exported_context_is_wiped),
        cmocka_unit_test(without_random_bytes_nothing_is_sealed),
        cmocka_unit_test(a_cipher_that_fails_leaves_no_data),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
