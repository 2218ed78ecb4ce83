/* SPDX-License-Identifier: MIT
 *
 * packages/record_krb5fast.c: record protection on libcrypto, with keys taken from the GSS
 * context. Layer: packages. Documents: RFC 4121 4.2, RFC 3961 5.3, RFC 8009 5, MS-KILE 3.4.5.4.
 *
 * The same tokens as record_gss.c makes and takes, and the same verdicts, at a fraction of the
 * cost: everything that a key gives is worked out once, nothing is allocated for a message and
 * no system call is made. Only AES enctypes; others, and contexts whose sequence is guarded by
 * halves, are UNSUPPORTED, and gss serves them.
 */
#include "packages/record.h"

#include <gssapi/gssapi_krb5.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/cursor.h"
#include "packages/krb5_context.h"
#include "packages/krb5_random.h"

enum {
    HEAD_LEN = 16, /* RFC 4121 4.2.6 */
    MAX_MESSAGE_SPANS = RECORD_MAX_BUFFERS + 2,
    DCE_EXTRA = 16, /* MS-KILE 3.4.5.4.1: filler that DCE style encrypts behind the data */
};

/* RFC 4121 4.2.2 */
enum { FROM_ACCEPTOR = 1, SEALED = 2, ACCEPTOR_SUBKEY = 4 };

/* RFC 4121 2 */
enum {
    USAGE_ACCEPTOR_SEAL = 22,
    USAGE_ACCEPTOR_SIGN = 23,
    USAGE_INITIATOR_SEAL = 24,
    USAGE_INITIATOR_SIGN = 25,
};

/* What one direction needs. */
struct direction {
    struct krb5_cts cipher;
    struct krb5_hmac_key seal;
    struct krb5_hmac_key sign;
    struct krb5_hmac_key clear; /* of wrap without encryption */
    uint64_t sequence;          /* of the next message */
    uint8_t flags;              /* of its tokens, but SEALED */
};

struct record {
    const struct krb5_profile *profile;
    size_t extra_len; /* filler that we send */
    bool dce_style;
    bool in_order;
    struct pkg_sizes sizes;
    struct direction send;
    struct direction receive;
    uint8_t key[KRB5_MAX_KEY_LEN]; /* that all others were derived from */
};

/* ---- Making ---- */

static rpcsec_status make_direction(struct direction *direction,
                                    const struct krb5_context *context, bool from_acceptor,
                                    bool sends)
{
    const struct krb5_base_key base = {context->profile, context->key};
    uint32_t seal = from_acceptor ? USAGE_ACCEPTOR_SEAL : USAGE_INITIATOR_SEAL;
    uint32_t sign = from_acceptor ? USAGE_ACCEPTOR_SIGN : USAGE_INITIATOR_SIGN;
    rpcsec_status status = krb5_derive_cipher(&base, seal, sends, &direction->cipher);

    if (status == RPCSEC_OK)
        status = krb5_derive_mac(&base, seal, KRB5_INTEGRITY, &direction->seal);
    if (status == RPCSEC_OK)
        status = krb5_derive_mac(&base, sign, KRB5_CHECKSUM, &direction->sign);
    if (status == RPCSEC_OK)
        status = krb5_derive_mac(&base, seal, KRB5_CHECKSUM, &direction->clear);
    direction->sequence = sends ? context->send_sequence : context->receive_sequence;
    direction->flags = (uint8_t)((from_acceptor ? FROM_ACCEPTOR : 0) |
                                 (context->acceptor_subkey ? ACCEPTOR_SUBKEY : 0));
    return status;
}

static void free_record(struct record *record)
{
    if (!record)
        return;
    krb5_cts_done(&record->send.cipher);
    krb5_cts_done(&record->receive.cipher);
    secret_free(record, sizeof(*record));
}

static rpcsec_status fill_record(struct record *record, const struct krb5_context *context)
{
    rpcsec_status status;

    record->profile = context->profile;
    memcpy(record->key, context->key, context->profile->key_len);
    record->dce_style = context->dce_style;
    record->in_order = context->in_order;
    record->extra_len = context->dce_style ? DCE_EXTRA : 0;
    record->sizes.wrap_len =
        HEAD_LEN + KRB5_BLOCK_LEN + record->extra_len + HEAD_LEN + record->profile->mac_len;
    record->sizes.mic_len = HEAD_LEN + record->profile->mac_len;
    record->sizes.block_len = 1;
    status = make_direction(&record->send, context, !context->initiator, true);
    if (status == RPCSEC_OK)
        status = make_direction(&record->receive, context, context->initiator, false);
    return status;
}

rpcsec_status record_krb5fast_make(const struct krb5_context *context,
                                   struct record **ret_record)
{
    struct record *record = secret_alloc(sizeof(*record));
    rpcsec_status status;

    if (!record)
        return RPCSEC_NO_MEMORY;
    memset(record, 0, sizeof(*record));
    status = fill_record(record, context);
    if (status != RPCSEC_OK) {
        free_record(record);
        return status;
    }
    *ret_record = record;
    return RPCSEC_OK;
}

static rpcsec_status make(const struct record_source *source, struct record **ret_record)
{
    struct krb5_context context;
    rpcsec_status status = krb5_context_export(source, &context);

    if (status == RPCSEC_OK)
        status = record_krb5fast_make(&context, ret_record);
    secret_wipe(&context, sizeof(context));
    return status;
}

static void sizes(const struct record *record, struct pkg_sizes *ret_sizes)
{
    *ret_sizes = record->sizes;
}

/* ---- Tokens ---- */

/* RFC 4121 4.2.6.2; the rotation count stays 0 until all is encrypted (4.2.4). */
static void put_wrap_head(uint8_t head[HEAD_LEN], uint8_t flags, size_t extra_len,
                          uint64_t sequence)
{
    memcpy(head, "\x05\x04", 2);
    head[2] = flags | SEALED;
    head[3] = 0xFF;
    put_u16(head + 4, (uint16_t)extra_len, true);
    put_u16(head + 6, 0, true);
    put_u64(head + 8, sequence, true);
}

/* RFC 4121 4.2.6.1 */
static void put_mic_head(uint8_t head[HEAD_LEN], uint8_t flags, uint64_t sequence)
{
    memcpy(head, "\x04\x04", 2);
    head[2] = flags;
    memset(head + 3, 0xFF, 5);
    put_u64(head + 8, sequence, true);
}

/* What stands behind the filler is rotated to the front: the copy of the head and the checksum.
 * In DCE style Windows rotates by the extra count as well and does not say so (MS-KILE
 * 3.4.5.4.1). */
static uint16_t rotation(const struct record *record)
{
    return (uint16_t)(HEAD_LEN + record->profile->mac_len);
}

/* A wrap token that stands alone before its message: the bytes behind the data (filler, copy of
 * the head, checksum) are rotated to the front of the confounder. RFC 4121 4.2.5. */
struct wrap_token {
    uint8_t *head;
    uint8_t *tail; /* filler and copy of the head, encrypted */
    size_t tail_len;
    uint8_t *mac;
    uint8_t *confounder; /* encrypted */
};

static struct wrap_token wrap_token_parts(const struct record *record, uint8_t *token,
                                          size_t extra_len)
{
    size_t tail_len = extra_len + HEAD_LEN;

    return (struct wrap_token){
        .head = token,
        .tail = token + HEAD_LEN,
        .tail_len = tail_len,
        .mac = token + HEAD_LEN + tail_len,
        .confounder = token + HEAD_LEN + tail_len + record->profile->mac_len,
    };
}

/* How much filler a token has by its length; DCE_EXTRA + 1 when it cannot have any. */
static size_t extra_of_len(const struct record *record, size_t token_len)
{
    size_t least = record->sizes.wrap_len - record->extra_len;

    return token_len >= least ? token_len - least : (size_t)DCE_EXTRA + 1;
}

/* RFC 4121 4.2.4: the extra count says how much filler is encrypted behind the data. Windows,
 * Samba and MIT send 16 in DCE style, others less; the token is shorter by as much. */
static size_t wrap_token_len(const struct record *record, const uint8_t *token, size_t len)
{
    size_t extra;

    if (!record->dce_style || len < HEAD_LEN)
        return record->sizes.wrap_len;
    extra = get_u16(token + 4, true);
    return extra <= DCE_EXTRA ? record->sizes.wrap_len - DCE_EXTRA + extra
                              : record->sizes.wrap_len;
}

/* ---- Messages as spans ---- */

struct message {
    struct krb5_span spans[MAX_MESSAGE_SPANS];
    size_t num;
};

static void add_span(struct message *message, uint8_t *data, size_t len, bool sealed)
{
    message->spans[message->num++] = (struct krb5_span){data, len, sealed};
}

/* As gss has it: sealing needs something to seal, if only an empty buffer. */
static rpcsec_status check_buffers(const struct pkg_buffer *buffers, size_t num)
{
    bool has_data = false;

    for (size_t i = 0; i < num && num <= RECORD_MAX_BUFFERS; i++)
        has_data = has_data || buffers[i].kind == PKG_DATA;
    return has_data ? RPCSEC_OK : RPCSEC_INVALID_ARGUMENT;
}

static void wipe_data(const struct pkg_buffer *buffers, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (buffers[i].kind == PKG_DATA && buffers[i].len > 0)
            secret_wipe(buffers[i].data, buffers[i].len);
    }
}

/* RFC 3961 5.3: confounder, data and tail in this order; MS-KILE 3.4.5.4.1: what is only signed
 * is checksummed in its place. */
static void sealed_message(struct message *message, const struct wrap_token *token,
                           const struct pkg_buffer *buffers, size_t num)
{
    message->num = 0;
    add_span(message, token->confounder, KRB5_BLOCK_LEN, true);
    for (size_t i = 0; i < num; i++)
        add_span(message, buffers[i].data, buffers[i].len, buffers[i].kind == PKG_DATA);
    add_span(message, token->tail, token->tail_len, true);
}

static void mac_spans(const struct krb5_hmac_key *key, const struct krb5_profile *profile,
                      const struct message *message, uint8_t *ret_mac)
{
    static const uint8_t cipher_state[KRB5_BLOCK_LEN];
    struct krb5_hmac hmac;

    krb5_hmac_begin(&hmac, key);
    if (profile->mac_of_ciphertext) /* RFC 8009 5 */
        krb5_hmac_update(&hmac, cipher_state, sizeof(cipher_state));
    for (size_t i = 0; i < message->num; i++)
        krb5_hmac_update(&hmac, message->spans[i].data, message->spans[i].len);
    krb5_hmac_end(&hmac, ret_mac, profile->mac_len);
}

/* ---- Wrap ---- */

static rpcsec_status seal(struct record *record, const struct message *message,
                          uint8_t *ret_mac)
{
    const struct krb5_profile *profile = record->profile;
    rpcsec_status status;

    if (!profile->mac_of_ciphertext)
        mac_spans(&record->send.seal, profile, message, ret_mac);
    status = krb5_cts_encrypt(&record->send.cipher, message->spans, message->num);
    if (profile->mac_of_ciphertext && status == RPCSEC_OK)
        mac_spans(&record->send.seal, profile, message, ret_mac);
    return status;
}

/* The head, and what is encrypted of it. */
static void fill_token(const struct record *record, const struct wrap_token *token)
{
    put_wrap_head(token->head, record->send.flags, record->extra_len, record->send.sequence);
    memset(token->tail, 0xFF, record->extra_len);
    memcpy(token->tail + record->extra_len, token->head, HEAD_LEN);
}

static rpcsec_status wrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len)
{
    rpcsec_status status = check_buffers(buffers, num);
    struct wrap_token parts;
    struct message message;

    if (token_len != record->sizes.wrap_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    parts = wrap_token_parts(record, token, record->extra_len);
    if (status == RPCSEC_OK && !krb5_random(parts.confounder, KRB5_BLOCK_LEN))
        status = RPCSEC_SECURITY_FAILURE;
    if (status != RPCSEC_OK)
        return status; /* nothing was touched but the token */
    fill_token(record, &parts);
    sealed_message(&message, &parts, buffers, num);
    status = seal(record, &message, parts.mac);
    if (status != RPCSEC_OK) {
        wipe_data(buffers, num);
        return status;
    }
    put_u16(parts.head + 6, rotation(record), true);
    record->send.sequence++;
    return RPCSEC_OK;
}

/* ---- Unwrap ---- */

static rpcsec_status open_sealed(struct record *record, const struct message *message,
                                 const uint8_t *mac)
{
    const struct krb5_profile *profile = record->profile;
    uint8_t expected[KRB5_MAX_MAC_LEN];
    rpcsec_status status;

    if (profile->mac_of_ciphertext) {
        mac_spans(&record->receive.seal, profile, message, expected);
        if (!secret_equal(expected, mac, profile->mac_len))
            return RPCSEC_BAD_SIGNATURE;
    }
    status = krb5_cts_decrypt(&record->receive.cipher, message->spans, message->num);
    if (profile->mac_of_ciphertext || status != RPCSEC_OK)
        return status;
    mac_spans(&record->receive.seal, profile, message, expected);
    return secret_equal(expected, mac, profile->mac_len) ? RPCSEC_OK : RPCSEC_BAD_SIGNATURE;
}

/* Everything in the head but the sequence number is known beforehand. */
static bool is_wrap_head(const struct record *record, const uint8_t *head, size_t extra_len)
{
    uint8_t expected[HEAD_LEN];

    put_wrap_head(expected, record->receive.flags, extra_len, get_u64(head + 8, true));
    put_u16(expected + 6, rotation(record), true);
    return secret_equal(head, expected, HEAD_LEN);
}

/* RFC 4121 4.2.4: the encrypted copy of the head says the same, with rotation count 0. */
static bool is_same_head(const struct wrap_token *token, size_t extra_len)
{
    uint8_t expected[HEAD_LEN];

    memcpy(expected, token->head, HEAD_LEN);
    put_u16(expected + 6, 0, true);
    return secret_equal(token->tail + extra_len, expected, HEAD_LEN);
}

/* A genuine message takes the next number: TCP neither loses nor reorders, so any other is a
 * replay or a gap. Contexts without order leave that to their protocol (RFC 2203 5.3.3.1). */
static rpcsec_status take_sequence(struct record *record, const uint8_t *head)
{
    if (!record->in_order)
        return RPCSEC_OK;
    if (get_u64(head + 8, true) != record->receive.sequence)
        return RPCSEC_OUT_OF_SEQUENCE;
    record->receive.sequence++;
    return RPCSEC_OK;
}

static rpcsec_status open_message(struct record *record, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len)
{
    size_t extra_len = extra_of_len(record, token_len);
    rpcsec_status status = check_buffers(buffers, num);
    struct wrap_token parts;
    struct message message;

    if (status != RPCSEC_OK)
        return status;
    if (token_len != wrap_token_len(record, token, token_len) || extra_len > DCE_EXTRA ||
        !is_wrap_head(record, token, extra_len))
        return RPCSEC_BAD_TOKEN;
    parts = wrap_token_parts(record, token, extra_len);
    sealed_message(&message, &parts, buffers, num);
    status = open_sealed(record, &message, parts.mac);
    if (status == RPCSEC_OK && !is_same_head(&parts, extra_len))
        status = RPCSEC_BAD_TOKEN;
    return status == RPCSEC_OK ? take_sequence(record, parts.head) : status;
}

static rpcsec_status unwrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len)
{
    rpcsec_status status = open_message(record, buffers, num, token, token_len);

    if (status != RPCSEC_OK)
        wipe_data(buffers, num);
    return status;
}

/* ---- MIC ---- */

/* RFC 4121 4.2.4: the message, then the head. */
static void mac_signed(const struct record *record, const struct krb5_hmac_key *key,
                       const struct pkg_buffer *buffers, size_t num,
                       const uint8_t head[HEAD_LEN], uint8_t *ret_mac)
{
    struct krb5_hmac hmac;

    krb5_hmac_begin(&hmac, key);
    for (size_t i = 0; i < num; i++)
        krb5_hmac_update(&hmac, buffers[i].data, buffers[i].len);
    krb5_hmac_update(&hmac, head, HEAD_LEN);
    krb5_hmac_end(&hmac, ret_mac, record->profile->mac_len);
}

static rpcsec_status mic(struct record *record, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len)
{
    if (token_len != record->sizes.mic_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    put_mic_head(token, record->send.flags, record->send.sequence);
    mac_signed(record, &record->send.sign, buffers, num, token, token + HEAD_LEN);
    record->send.sequence++;
    return RPCSEC_OK;
}

static rpcsec_status verify(struct record *record, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len)
{
    uint8_t head[HEAD_LEN];
    uint8_t mac[KRB5_MAX_MAC_LEN];

    if (token_len != record->sizes.mic_len)
        return RPCSEC_BAD_TOKEN;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    put_mic_head(head, record->receive.flags, get_u64(token + 8, true));
    if (!secret_equal(token, head, HEAD_LEN))
        return RPCSEC_BAD_TOKEN;
    mac_signed(record, &record->receive.sign, buffers, num, head, mac);
    if (!secret_equal(mac, token + HEAD_LEN, record->profile->mac_len))
        return RPCSEC_BAD_SIGNATURE;
    return take_sequence(record, head);
}

/* ---- Wrap without encryption ---- */

/* RFC 4121 4.2.4: the extra count is the checksum's length, and the checksum stands before the
 * data, rotated by as much. */
static void put_clear_head(const struct record *record, uint8_t head[HEAD_LEN], uint8_t flags,
                           uint64_t sequence)
{
    put_wrap_head(head, flags, record->profile->mac_len, sequence);
    head[2] = flags;
    put_u16(head + 6, (uint16_t)record->profile->mac_len, true);
}

/* The checksum is of the data and the head with both counts 0. */
static void mac_clear(const struct record *record, const struct krb5_hmac_key *key,
                      const struct pkg_buffer *buffers, size_t num,
                      const uint8_t head[HEAD_LEN], uint8_t *ret_mac)
{
    uint8_t plain[HEAD_LEN];

    memcpy(plain, head, HEAD_LEN);
    memset(plain + 4, 0, 4);
    mac_signed(record, key, buffers, num, plain, ret_mac);
}

static rpcsec_status wrap_clear(struct record *record, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len)
{
    if (token_len != record->sizes.mic_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    put_clear_head(record, token, record->send.flags, record->send.sequence);
    mac_clear(record, &record->send.clear, buffers, num, token, token + HEAD_LEN);
    record->send.sequence++;
    return RPCSEC_OK;
}

static rpcsec_status unwrap_clear(struct record *record, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len)
{
    uint8_t head[HEAD_LEN];
    uint8_t mac[KRB5_MAX_MAC_LEN];

    if (token_len != record->sizes.mic_len)
        return RPCSEC_BAD_TOKEN;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    put_clear_head(record, head, record->receive.flags, get_u64(token + 8, true));
    if (!secret_equal(token, head, HEAD_LEN))
        return RPCSEC_BAD_TOKEN;
    mac_clear(record, &record->receive.clear, buffers, num, head, mac);
    if (!secret_equal(mac, token + HEAD_LEN, record->profile->mac_len))
        return RPCSEC_BAD_SIGNATURE;
    return take_sequence(record, head);
}

/* ---- Moving ---- */

static const uint8_t *session_key(const struct record *record, size_t *ret_len,
                                  int32_t *ret_enctype)
{
    *ret_len = record->profile->key_len;
    *ret_enctype = record->profile->enctype;
    return record->key;
}

static void get_sequence(const struct record *record, uint64_t *ret_send, uint64_t *ret_receive)
{
    *ret_send = record->send.sequence;
    *ret_receive = record->receive.sequence;
}

static void set_sequence(struct record *record, uint64_t send, uint64_t receive)
{
    record->send.sequence = send;
    record->receive.sequence = receive;
}

const struct record_ops record_krb5fast = {
    .name = "fast",
    .make = make,
    .free = free_record,
    .sizes = sizes,
    .wrap_token_len = wrap_token_len,
    .wrap = wrap,
    .unwrap = unwrap,
    .mic = mic,
    .verify = verify,
    .wrap_clear = wrap_clear,
    .unwrap_clear = unwrap_clear,
    .session_key = session_key,
    .get_sequence = get_sequence,
    .set_sequence = set_sequence,
};
