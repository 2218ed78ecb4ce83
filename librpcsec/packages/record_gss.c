/* SPDX-License-Identifier: MIT
 *
 * packages/record_gss.c: record protection by gss_wrap_iov and gss_get_mic_iov, the reference.
 * Layer: packages. Documents: RFC 4121 4.2, RFC 6680 (MIT's IOV extensions), MS-KILE 3.4.5.4.
 *
 * The token is always one HEADER buffer, rotated (RFC 4121 4.2.5), so no trailer or padding
 * buffer is used. Anything but exactly GSS_S_COMPLETE is a failure: replayed and reordered
 * tokens come as success with status bits, and with the plaintext.
 */
#include "packages/gssw.h"

#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/trace.h"

#define WRAP_HEAD_LEN 16 /* RFC 4121 4.2.6.2 */
#define DCE_EC        16 /* MS-KILE 3.4.5.4.1: extra count that DCE style sends */

struct record {
    gss_ctx_id_t gss; /* borrowed */
    bool dce_style;
    struct pkg_sizes sizes;
};

/* An IOV list: the token, then the message's buffers in wire order. */
struct iov {
    gss_iov_buffer_desc list[RECORD_MAX_BUFFERS + 1];
    int num;
};

static const uint8_t no_bytes[1]; /* where empty buffers point, as GSS takes no NULL */

static void iov_set(gss_iov_buffer_desc *iov, OM_uint32 type, const uint8_t *data, size_t len)
{
    iov->type = type;
    iov->buffer.length = len;
    iov->buffer.value = len > 0 ? (void *)(uintptr_t)data : (void *)(uintptr_t)no_bytes;
}

/* False when there are too many buffers, or when nothing would be data: without a data buffer
 * MIT turns confidentiality off in silence, so an empty one must be there. */
static bool iov_make(struct iov *iov, const struct pkg_buffer *buffers, size_t num,
                     OM_uint32 token_type, const uint8_t *token, size_t token_len)
{
    bool has_data = token_type == GSS_IOV_BUFFER_TYPE_MIC_TOKEN;

    if (num > RECORD_MAX_BUFFERS)
        return false;
    iov_set(&iov->list[0], token_type, token, token_len);
    for (size_t i = 0; i < num; i++) {
        bool data = buffers[i].kind == PKG_DATA;

        iov_set(&iov->list[i + 1],
                data ? GSS_IOV_BUFFER_TYPE_DATA : GSS_IOV_BUFFER_TYPE_SIGN_ONLY,
                buffers[i].data, buffers[i].len);
        has_data = has_data || data;
    }
    iov->num = (int)num + 1;
    return has_data;
}

static void wipe_data(struct pkg_buffer *buffers, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (buffers[i].kind == PKG_DATA && buffers[i].len > 0)
            secret_wipe(buffers[i].data, buffers[i].len);
    }
}

/* ---- Sizes ---- */

/* The acceptor's subkey decides the sizes, so they are asked and never assumed. They do not
 * depend on the data's length for the enctypes that we accept (RFC 4121 4.2.4). */
static rpcsec_status ask_sizes(gss_ctx_id_t gss, struct pkg_sizes *ret_sizes)
{
    uint8_t data[16] = {0};
    struct pkg_buffer buffer = {PKG_DATA, data, sizeof(data)};
    struct iov iov;
    OM_uint32 minor = 0;
    int sealed = 0;

    iov_make(&iov, &buffer, 1, GSS_IOV_BUFFER_TYPE_HEADER, NULL, 0);
    if (gss_wrap_iov_length(&minor, gss, 1, GSS_C_QOP_DEFAULT, &sealed, iov.list, iov.num) !=
            GSS_S_COMPLETE ||
        !sealed)
        return RPCSEC_SECURITY_FAILURE;
    ret_sizes->wrap_len = iov.list[0].buffer.length;
    iov_make(&iov, &buffer, 1, GSS_IOV_BUFFER_TYPE_MIC_TOKEN, NULL, 0);
    if (gss_get_mic_iov_length(&minor, gss, GSS_C_QOP_DEFAULT, iov.list, iov.num) !=
        GSS_S_COMPLETE)
        return RPCSEC_SECURITY_FAILURE;
    ret_sizes->mic_len = iov.list[0].buffer.length;
    ret_sizes->block_len = 1;
    return RPCSEC_OK;
}

static rpcsec_status make(const struct record_source *source, struct record **ret_record)
{
    struct record *record = mem_zalloc(sizeof(*record));
    rpcsec_status status;

    if (!record)
        return RPCSEC_NO_MEMORY;
    record->gss = source->gss;
    record->dce_style = (source->flags & GSS_C_DCE_STYLE) != 0;
    status = ask_sizes(source->gss, &record->sizes);
    if (status != RPCSEC_OK) {
        mem_free(record);
        return status;
    }
    *ret_record = record;
    return RPCSEC_OK;
}

static void free_record(struct record *record)
{
    mem_free(record);
}

static void sizes(const struct record *record, struct pkg_sizes *ret_sizes)
{
    *ret_sizes = record->sizes;
}

/* RFC 4121 4.2.4: the extra count says how much filler is encrypted behind the data. MIT,
 * Windows and Samba send 16 in DCE style, others less; the token is shorter by as much. */
static size_t wrap_token_len(const struct record *record, const uint8_t *token, size_t len)
{
    size_t extra;

    if (!record->dce_style || len < WRAP_HEAD_LEN || record->sizes.wrap_len < DCE_EC)
        return record->sizes.wrap_len;
    extra = (size_t)token[4] << 8 | token[5];
    return extra <= DCE_EC ? record->sizes.wrap_len - DCE_EC + extra : record->sizes.wrap_len;
}

/* ---- The self-test ---- */

/* Some releases of the Kerberos library accept altered messages (CVE-2025-57736). So before a
 * process believes its first verified message, of each form, it has a copy with one bit flipped
 * verified, which must be refused. Only a message that is genuine after all settles it: a
 * forged first message proves nothing. A refused copy does not move MIT's sequence state (test:
 * a_refused_message_leaves_the_sequence_as_it_was). */
enum self_test { SELF_TEST_OPEN = 0, SELF_TEST_PASSED = 1, SELF_TEST_FAILED = 2 };

static atomic_int wrap_test = SELF_TEST_OPEN;
static atomic_int mic_test = SELF_TEST_OPEN;

static rpcsec_status plain_unwrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len)
{
    struct iov iov;
    OM_uint32 minor = 0;
    OM_uint32 major;
    rpcsec_status status;
    int sealed = 0;

    if (!iov_make(&iov, buffers, num, GSS_IOV_BUFFER_TYPE_HEADER, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    major = gss_unwrap_iov(&minor, record->gss, &sealed, NULL, iov.list, iov.num);
    status = gssw_message_status(major);
    if (status == RPCSEC_OK && !sealed)
        status = RPCSEC_BAD_SIGNATURE; /* signed only, where sealing was agreed */
    return status;
}

static rpcsec_status plain_verify(struct record *record, const struct pkg_buffer *buffers,
                                  size_t num, const uint8_t *token, size_t token_len)
{
    struct iov iov;
    OM_uint32 minor = 0;

    if (!iov_make(&iov, buffers, num, GSS_IOV_BUFFER_TYPE_MIC_TOKEN, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    return gssw_message_status(
        gss_verify_mic_iov(&minor, record->gss, NULL, iov.list, iov.num));
}

/* A message of one allocation, its token's last bit flipped. */
struct altered {
    uint8_t *mem;
    size_t len;
    struct pkg_buffer buffers[RECORD_MAX_BUFFERS];
    uint8_t *token;
};

static rpcsec_status altered_make(struct altered *copy, const struct pkg_buffer *buffers,
                                  size_t num, const uint8_t *token, size_t token_len)
{
    size_t at = 0;

    copy->len = token_len;
    for (size_t i = 0; i < num; i++)
        copy->len += buffers[i].len;
    copy->mem = mem_alloc(copy->len);
    if (!copy->mem)
        return RPCSEC_NO_MEMORY;
    for (size_t i = 0; i < num; i++) {
        copy->buffers[i] = (struct pkg_buffer){buffers[i].kind, copy->mem + at, buffers[i].len};
        if (buffers[i].len > 0)
            memcpy(copy->mem + at, buffers[i].data, buffers[i].len);
        at += buffers[i].len;
    }
    copy->token = copy->mem + at;
    memcpy(copy->token, token, token_len);
    copy->token[token_len - 1] ^= 1;
    return RPCSEC_OK;
}

static void altered_done(struct altered *copy)
{
    secret_wipe(copy->mem, copy->len);
    mem_free(copy->mem);
}

/* Whether an altered copy of the message is refused, as it must be. */
static rpcsec_status try_altered(struct record *record, bool sealed,
                                 const struct pkg_buffer *buffers, size_t num,
                                 const uint8_t *token, size_t token_len, bool *ret_refused)
{
    struct altered copy;
    rpcsec_status status = altered_make(&copy, buffers, num, token, token_len);

    if (status != RPCSEC_OK)
        return status;
    if (sealed)
        status = plain_unwrap(record, copy.buffers, num, copy.token, token_len);
    else
        status = plain_verify(record, copy.buffers, num, copy.token, token_len);
    *ret_refused = status == RPCSEC_BAD_SIGNATURE || status == RPCSEC_BAD_TOKEN;
    altered_done(&copy);
    return RPCSEC_OK;
}

/* Notes what a genuine message says of the library, once. */
static rpcsec_status settle(atomic_int *test, bool refused)
{
    atomic_store(test, refused ? SELF_TEST_PASSED : SELF_TEST_FAILED);
    TRACE("packages", "record_self_test", "passed=%d", refused);
    return refused ? RPCSEC_OK : RPCSEC_SECURITY_FAILURE;
}

/* ---- Messages ---- */

static rpcsec_status wrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len)
{
    struct iov iov;
    OM_uint32 minor = 0;
    OM_uint32 major;
    int sealed = 0;

    /* Checked first: a call that fails inside GSS may have used up a sequence number. */
    if (token_len != record->sizes.wrap_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (!iov_make(&iov, buffers, num, GSS_IOV_BUFFER_TYPE_HEADER, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    major = gss_wrap_iov(&minor, record->gss, 1, GSS_C_QOP_DEFAULT, &sealed, iov.list, iov.num);
    if (major == GSS_S_COMPLETE && sealed && iov.list[0].buffer.length == token_len)
        return RPCSEC_OK;
    wipe_data(buffers, num);
    return major == GSS_S_COMPLETE ? RPCSEC_SECURITY_FAILURE : gssw_message_status(major);
}

static rpcsec_status mic(struct record *record, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len)
{
    struct iov iov;
    OM_uint32 minor = 0;
    OM_uint32 major;

    if (token_len != record->sizes.mic_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (!iov_make(&iov, buffers, num, GSS_IOV_BUFFER_TYPE_MIC_TOKEN, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    major = gss_get_mic_iov(&minor, record->gss, GSS_C_QOP_DEFAULT, iov.list, iov.num);
    if (major == GSS_S_COMPLETE && iov.list[0].buffer.length == token_len)
        return RPCSEC_OK;
    return major == GSS_S_COMPLETE ? RPCSEC_SECURITY_FAILURE : gssw_message_status(major);
}

static rpcsec_status unwrap(struct record *record, struct pkg_buffer *buffers, size_t num,
                            uint8_t *token, size_t token_len)
{
    int state = atomic_load(&wrap_test);
    bool refused = false;
    rpcsec_status status = RPCSEC_OK;

    if (num > RECORD_MAX_BUFFERS)
        status = RPCSEC_INVALID_ARGUMENT;
    else if (token_len != wrap_token_len(record, token, token_len))
        status = RPCSEC_BAD_TOKEN;
    else if (state == SELF_TEST_FAILED)
        status = RPCSEC_SECURITY_FAILURE;
    else if (state == SELF_TEST_OPEN)
        status = try_altered(record, true, buffers, num, token, token_len, &refused);
    if (status == RPCSEC_OK)
        status = plain_unwrap(record, buffers, num, token, token_len);
    if (status == RPCSEC_OK && state == SELF_TEST_OPEN)
        status = settle(&wrap_test, refused);
    if (status != RPCSEC_OK)
        wipe_data(buffers, num);
    return status;
}

static rpcsec_status verify(struct record *record, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len)
{
    int state = atomic_load(&mic_test);
    bool refused = false;
    rpcsec_status status = RPCSEC_OK;

    if (token_len != record->sizes.mic_len)
        return RPCSEC_BAD_TOKEN;
    if (num > RECORD_MAX_BUFFERS)
        return RPCSEC_INVALID_ARGUMENT;
    if (state == SELF_TEST_FAILED)
        return RPCSEC_SECURITY_FAILURE;
    if (state == SELF_TEST_OPEN)
        status = try_altered(record, false, buffers, num, token, token_len, &refused);
    if (status == RPCSEC_OK)
        status = plain_verify(record, buffers, num, token, token_len);
    if (status == RPCSEC_OK && state == SELF_TEST_OPEN)
        status = settle(&mic_test, refused);
    return status;
}

/* ---- Wrap without encryption ---- */

static rpcsec_status wrap_clear(struct record *record, struct pkg_buffer *buffers, size_t num,
                                uint8_t *token, size_t token_len)
{
    struct iov iov;
    OM_uint32 minor = 0;
    OM_uint32 major;

    if (token_len != record->sizes.mic_len)
        return RPCSEC_BUFFER_TOO_SMALL;
    if (!iov_make(&iov, buffers, num, GSS_IOV_BUFFER_TYPE_HEADER, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    major = gss_wrap_iov(&minor, record->gss, 0, GSS_C_QOP_DEFAULT, NULL, iov.list, iov.num);
    if (major == GSS_S_COMPLETE && iov.list[0].buffer.length == token_len)
        return RPCSEC_OK;
    return major == GSS_S_COMPLETE ? RPCSEC_SECURITY_FAILURE : gssw_message_status(major);
}

static rpcsec_status unwrap_clear(struct record *record, struct pkg_buffer *buffers, size_t num,
                                  uint8_t *token, size_t token_len)
{
    struct iov iov;
    OM_uint32 minor = 0;

    if (token_len != record->sizes.mic_len)
        return RPCSEC_BAD_TOKEN;
    if (!iov_make(&iov, buffers, num, GSS_IOV_BUFFER_TYPE_HEADER, token, token_len))
        return RPCSEC_INVALID_ARGUMENT;
    return gssw_message_status(
        gss_unwrap_iov(&minor, record->gss, NULL, NULL, iov.list, iov.num));
}

const struct record_ops record_gss = {
    .name = "gss",
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
};
