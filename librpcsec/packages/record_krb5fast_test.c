/* SPDX-License-Identifier: MIT
 *
 * packages/record_krb5fast_test.c: the self-test of the record protector on libcrypto. Layer:
 * packages. Documents: RFC 4121 4.2, RFC 3962, RFC 8009.
 *
 * For each enctype, two messages that MIT krb5 1.20.1 made in DCE style: a MIC, then a sealed
 * message of an odd length. Both must be taken, changed copies refused, and what this process
 * seals must open. Run once, before the first context is protected: a libcrypto that lacks an
 * algorithm, or computes it wrongly, never touches a message.
 */
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"
#include "base/trace.h"
#include "packages/krb5_context.h"

struct bytes {
    const char *data;
    size_t len;
};

#define BYTES(text)            \
    {                          \
        text, sizeof(text) - 1 \
    }

/* From an initiator to its acceptor. The MIC has the number `sequence`, the sealed message the
 * next. */
struct canned {
    int32_t enctype;
    uint64_t sequence;
    struct bytes key;
    struct bytes mic;
    struct bytes sealed;
    struct bytes token;
};

static const struct canned vectors[] = {
    {
        .enctype = 17,
        .sequence = 272308479,
        .key = BYTES("\x9b\xcb\xd4\x2f\x87\x24\x4d\x87\x69\x1f\x9c\xa0\xef\x14\x99\xe1"),
        .mic = BYTES("\x04\x04\x04\xff\xff\xff\xff\xff\x00\x00\x00\x00\x10\x3b\x18\xff"
                     "\xb3\x12\x8d\xfe\xcf\xfd\xc3\x72\xf9\x0b\x68\x42"),
        .sealed = BYTES("\xee\x4c\x74\xd4\xc4\x94\xb5\x86\x88\xda\x50\x2e\x8e\x87\x7f\x8b"
                        "\xc8\x00\x51\x52\xb4\x81\x18\x13\x44\x6c\x3f\x87\xf2"),
        .token = BYTES("\x05\x04\x06\xff\x00\x10\x00\x1c\x00\x00\x00\x00\x10\x3b\x19\x00"
                       "\x7c\x50\x37\xbd\x98\xcf\x3a\x82\x7f\x3f\x57\xb0\xe4\xac\xbe\xfb"
                       "\xa8\xc0\x9d\x76\xf4\xb3\x20\x0c\x51\x1f\xeb\xbd\xd7\x89\x05\xf9"
                       "\xa7\x10\x49\xae\x29\xad\xd0\x0e\xde\x53\x00\x9e\xec\x3f\xcc\xe7"
                       "\xa8\xf8\x6b\x5a\x4e\xfb\xbb\xb1\xcb\xf7\x5e\xff"),
    },
    {
        .enctype = 18,
        .sequence = 746706449,
        .key = BYTES("\xaf\xab\x9e\xe3\xe9\xff\xa7\xfd\x26\xe9\xac\x32\xa9\x49\xf0\x9a"
                     "\xa8\x31\xba\x97\xed\x2e\xfc\xe1\xb7\x97\x40\x81\x3e\xbb\x9e\x1d"),
        .mic = BYTES("\x04\x04\x04\xff\xff\xff\xff\xff\x00\x00\x00\x00\x2c\x81\xd6\x11"
                     "\x52\x30\x58\xf9\xa9\x32\xcf\x32\x95\x6c\x5a\x1d"),
        .sealed = BYTES("\x84\x0c\xdd\x62\x26\x91\x97\x97\x48\x32\xc6\x10\x2d\xa7\x8b\x58"
                        "\x0d\xcb\x4d\xcc\x41\xde\xd9\x03\xba\x91\xbe\x79\xd5"),
        .token = BYTES("\x05\x04\x06\xff\x00\x10\x00\x1c\x00\x00\x00\x00\x2c\x81\xd6\x12"
                       "\x79\x95\xa3\x00\xb8\xc2\x46\x8d\x53\x18\x4c\xc2\xf6\x6f\xb3\x30"
                       "\x94\x5d\xba\xc0\x10\x46\x45\xf2\x1c\x03\xba\x86\xea\xff\xb1\x6b"
                       "\x4b\x06\xe4\x8f\xc4\x4a\xec\x69\x6b\x6a\x42\xd1\x57\xe7\x72\x50"
                       "\x42\x0b\xc6\x55\x50\x90\x89\xf7\x6c\x31\x8a\x82"),
    },
    {
        .enctype = 19,
        .sequence = 359256246,
        .key = BYTES("\xf3\xfc\x10\x95\xee\x6f\x33\x2c\xd3\xa1\xde\xda\x25\xb7\xf9\x48"),
        .mic = BYTES("\x04\x04\x04\xff\xff\xff\xff\xff\x00\x00\x00\x00\x15\x69\xd0\xb6"
                     "\xa2\x60\x9e\xf2\xa6\x00\x93\xb4\xdd\x16\x19\x24\xff\x40\x6c\x80"),
        .sealed = BYTES("\x6c\xc2\x1e\xa5\x09\x38\xd5\x56\xa3\xbc\x3b\x6e\x05\xcb\x5f\xe5"
                        "\x93\xda\xd2\x03\x3a\xa0\x48\x84\xb1\x11\x8c\x4e\x52"),
        .token = BYTES("\x05\x04\x06\xff\x00\x10\x00\x20\x00\x00\x00\x00\x15\x69\xd0\xb7"
                       "\x84\x27\x5a\x97\x61\x7b\xd6\x30\xb4\xfd\x09\x93\x8e\xa3\xcf\x4b"
                       "\xa4\xc6\x09\xb9\xed\x1d\x4d\x77\xb4\x10\xfa\xcd\xe3\x87\xde\x33"
                       "\xca\x32\x9b\xb9\xa4\xff\xbf\x5d\x1a\x29\x27\x96\x09\x51\x3d\x46"
                       "\xad\x45\x9f\xea\x70\x47\x92\x78\x9c\xf2\x88\x8a\xbf\x16\xa3\x04"),
    },
    {
        .enctype = 20,
        .sequence = 634183555,
        .key = BYTES("\x07\x0a\x14\x07\x7a\xff\xbf\x02\x1f\x15\xbc\x20\x47\xc9\x04\xa8"
                     "\xa4\xa6\xdd\xc9\x3b\x9e\x16\x67\x0c\x52\xc8\xcd\x16\xd6\xf4\xf4"),
        .mic = BYTES("\x04\x04\x04\xff\xff\xff\xff\xff\x00\x00\x00\x00\x25\xcc\xdf\x83"
                     "\xd1\x09\xfd\xcc\xbc\x98\x78\x46\xc3\x01\x75\xdd\xaa\xeb\xec\x29"
                     "\x99\x21\x3f\x8c\xdf\xa9\xdd\x2b"),
        .sealed = BYTES("\xa8\xfa\x13\xc5\x4e\x52\xdb\x1d\xb6\xcc\xf0\x67\xaa\x70\x6f\x5b"
                        "\x92\x20\xc0\x39\xcd\x3f\x16\xa3\x56\x8f\x4f\xe7\xa0"),
        .token = BYTES("\x05\x04\x06\xff\x00\x10\x00\x28\x00\x00\x00\x00\x25\xcc\xdf\x84"
                       "\xea\x9e\x6a\xbd\x3e\x4c\x20\x34\x88\xc1\xcc\xc6\x6e\x72\xd9\xf1"
                       "\x9d\xfe\xc0\xcd\xa9\x97\xd8\x32\x51\xec\x5e\x3c\x3d\x29\x10\x46"
                       "\x5d\x35\x12\xba\x8a\x0c\xa0\x80\xf2\xc8\x02\xc1\x75\xfb\x08\x82"
                       "\x1a\x9d\xcc\x6e\x05\x77\x72\x95\xd7\x15\xa9\x5a\x12\x16\x25\xaa"
                       "\x49\xb6\xe1\x5d\x6a\xd6\x13\xa4"),
    },
};

/* What the messages say. */
static const char plain[] = "some sealed stub bytes 123456";

enum { PLAIN_LEN = sizeof(plain) - 1, NUM_BUFFERS = 3, MAX_TOKEN_LEN = 96 };

struct message {
    uint8_t head[4];
    uint8_t data[PLAIN_LEN];
    uint8_t tail[4];
    uint8_t token[MAX_TOKEN_LEN];
    struct pkg_buffer buffers[NUM_BUFFERS];
};

static void fill(struct message *message, const char *data, const struct bytes *token)
{
    memcpy(message->head, "head", 4);
    memcpy(message->data, data, PLAIN_LEN);
    memcpy(message->tail, "tail", 4);
    if (token)
        memcpy(message->token, token->data, token->len);
    message->buffers[0] = (struct pkg_buffer){PKG_SIGN_ONLY, message->head, 4};
    message->buffers[1] = (struct pkg_buffer){PKG_DATA, message->data, PLAIN_LEN};
    message->buffers[2] = (struct pkg_buffer){PKG_SIGN_ONLY, message->tail, 4};
}

static rpcsec_status record_of(const struct canned *vector, bool initiator,
                               struct record **ret_record)
{
    struct krb5_context context = {
        .profile = krb5_profile_find(vector->enctype),
        .acceptor_subkey = true,
        .initiator = initiator,
        .dce_style = true,
        .in_order = true,
        .receive_sequence = vector->sequence,
        .send_sequence = vector->sequence,
    };

    memcpy(context.key, vector->key.data, vector->key.len);
    return record_krb5fast_make(&context, ret_record);
}

static rpcsec_status verify_mic(struct record *acceptor, const struct canned *vector,
                                uint8_t change)
{
    struct message message;

    fill(&message, plain, &vector->mic);
    message.token[vector->mic.len - 1] ^= change;
    return record_krb5fast.verify(acceptor, message.buffers, NUM_BUFFERS, message.token,
                                  vector->mic.len);
}

/* `change` hits a byte that is only signed. */
static rpcsec_status open_sealed(struct record *acceptor, const struct canned *vector,
                                 uint8_t change)
{
    struct message message;
    rpcsec_status status;

    fill(&message, vector->sealed.data, &vector->token);
    message.tail[0] ^= change;
    status = record_krb5fast.unwrap(acceptor, message.buffers, NUM_BUFFERS, message.token,
                                    vector->token.len);
    if (status == RPCSEC_OK && memcmp(message.data, plain, PLAIN_LEN) != 0)
        return RPCSEC_SECURITY_FAILURE;
    return status;
}

static bool takes_canned(struct record *acceptor, const struct canned *vector)
{
    return verify_mic(acceptor, vector, 1) == RPCSEC_BAD_SIGNATURE &&
           verify_mic(acceptor, vector, 0) == RPCSEC_OK &&
           verify_mic(acceptor, vector, 0) == RPCSEC_OUT_OF_SEQUENCE &&
           open_sealed(acceptor, vector, 1) == RPCSEC_BAD_SIGNATURE &&
           open_sealed(acceptor, vector, 0) == RPCSEC_OK &&
           open_sealed(acceptor, vector, 0) == RPCSEC_OUT_OF_SEQUENCE;
}

static bool opens_its_own(struct record *acceptor, struct record *initiator)
{
    struct message message;
    struct pkg_sizes sizes;

    fill(&message, plain, NULL);
    record_krb5fast.sizes(acceptor, &sizes);
    return sizes.wrap_len <= MAX_TOKEN_LEN &&
           record_krb5fast.wrap(acceptor, message.buffers, NUM_BUFFERS, message.token,
                                sizes.wrap_len) == RPCSEC_OK &&
           memcmp(message.data, plain, PLAIN_LEN) != 0 &&
           record_krb5fast.unwrap(initiator, message.buffers, NUM_BUFFERS, message.token,
                                  sizes.wrap_len) == RPCSEC_OK &&
           memcmp(message.data, plain, PLAIN_LEN) == 0;
}

static rpcsec_status test_vector(const struct canned *vector)
{
    struct record *acceptor = NULL;
    struct record *initiator = NULL;
    rpcsec_status status = record_of(vector, false, &acceptor);

    if (status == RPCSEC_OK)
        status = record_of(vector, true, &initiator);
    if (status == RPCSEC_OK &&
        !(takes_canned(acceptor, vector) && opens_its_own(acceptor, initiator)))
        status = RPCSEC_SECURITY_FAILURE;
    record_krb5fast.free(acceptor);
    record_krb5fast.free(initiator);
    TRACE("packages", "record_self_test", "enctype=%d status=%d", (int)vector->enctype,
          (int)status);
    return status;
}

static rpcsec_status test_all(void)
{
    rpcsec_status status = RPCSEC_OK;

    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]) && status == RPCSEC_OK; i++)
        status = test_vector(&vectors[i]);
    return status;
}

rpcsec_status record_krb5fast_self_test(void)
{
    static atomic_int verdict = -1; /* not known yet */
    int status = atomic_load(&verdict);

    if (status >= 0)
        return (rpcsec_status)status;
    status = (int)test_all();
    if (status != RPCSEC_NO_MEMORY) /* that says nothing of libcrypto: ask again */
        atomic_store(&verdict, status);
    return (rpcsec_status)status;
}
