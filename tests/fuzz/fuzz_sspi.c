/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_sspi.c: the input chooses calls, handles and SecBuffers. The context behind the one
 * valid handle belongs to a package that protects nothing and touches every byte it is given.
 */
#include "fuzz.h"

#include <string.h>

#include "base/alloc.h"
#include "base/cursor.h"
#include "sspi/api.h"

enum { NUM_CONTEXTS = 3, NUM_BUFFERS = 4, TOKEN_LEN = 16 };

static rpcsec_status acquire(const struct pkg_cred_params *params, struct pkg_cred **ret_cred,
                             struct rpcsec_error *err)
{
    (void)params;
    (void)ret_cred;
    (void)err;
    return RPCSEC_OK;
}

static void free_cred(struct pkg_cred *cred)
{
    (void)cred;
}

static rpcsec_status step(struct pkg_cred *cred, struct pkg_ctx **ctx,
                          const struct pkg_step *in, struct buf *ret_token, bool *ret_done,
                          struct rpcsec_error *err)
{
    (void)cred;
    (void)ctx;
    (void)err;
    buf_bytes(ret_token, in->token, in->token_len);
    *ret_done = true;
    return buf_status(ret_token);
}

static rpcsec_status info(struct pkg_ctx *ctx, struct pkg_info *ret_info)
{
    (void)ctx;
    *ret_info = (struct pkg_info){
        .source = "", .target = "", .enctype = "", .enctype_number = 18, .flags = 0x10010};
    return RPCSEC_OK;
}

static rpcsec_status sizes(struct pkg_ctx *ctx, struct pkg_sizes *ret_sizes)
{
    (void)ctx;
    *ret_sizes = (struct pkg_sizes){.wrap_len = TOKEN_LEN, .mic_len = TOKEN_LEN};
    return RPCSEC_OK;
}

static rpcsec_status wrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                          uint8_t *token, size_t token_len)
{
    (void)ctx;
    for (size_t i = 0; i < num; i++) {
        for (size_t k = 0; k < buffers[i].len; k++)
            buffers[i].data[k] ^= 1;
    }
    for (size_t k = 0; k < token_len; k++)
        token[k] ^= 1;
    return token_len == TOKEN_LEN ? RPCSEC_OK : RPCSEC_BAD_TOKEN;
}

static rpcsec_status mic(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                         uint8_t *token, size_t token_len)
{
    struct pkg_buffer copy[16];

    memcpy(copy, buffers, num * sizeof(copy[0]));
    return wrap(ctx, copy, num, token, token_len);
}

static rpcsec_status verify(struct pkg_ctx *ctx, const struct pkg_buffer *buffers, size_t num,
                            const uint8_t *token, size_t token_len)
{
    return mic(ctx, buffers, num, (uint8_t *)(uintptr_t)token, token_len);
}

static const struct pkg_ops open_package = {
    .name = "Open",
    .comment = "",
    .acquire = acquire,
    .free_cred = free_cred,
    .init = step,
    .accept = step,
    .info = info,
    .sizes = sizes,
    .wrap = wrap,
    .unwrap = wrap,
    .mic = mic,
    .verify = verify,
};

/* A credential for both roles. */
static CredHandle open_cred(void)
{
    const struct pkg_cred_params params = {.outbound = true};
    struct api_cred *api = mem_zalloc(sizeof(*api));
    CredHandle handle;

    FUZZ_CHECK(sspi_cred_acquire(&open_package, &params, &api->outbound, NULL) == RPCSEC_OK);
    api->inbound = sspi_cred_ref(api->outbound);
    FUZZ_CHECK(handle_open(&api_handles, HANDLE_CREDENTIAL, api, &handle) == RPCSEC_OK);
    return handle;
}

/* SecBuffers whose blocks are exactly as long as they say, so that ASan sees a touch beyond. */
static PSecBufferDesc make_buffers(struct cur *c, SecBufferDesc *desc, SecBuffer *buffers,
                                   void **blocks)
{
    uint8_t num = cur_u8(c);

    *desc = (SecBufferDesc){num >> 7, num % (NUM_BUFFERS + 1), buffers};
    for (ULONG i = 0; i < desc->cBuffers; i++) {
        uint8_t kind = cur_u8(c);
        ULONG len = cur_u8(c) % 64;

        blocks[i] = calloc(1, len ? len : 1);
        buffers[i] = (SecBuffer){len, (kind & 0x1fU) | (kind & 0xe0U) << 24,
                                 kind == 0xff ? NULL : blocks[i]};
    }
    return desc;
}

static void call(struct cur *c, CredHandle *cred, CtxtHandle *contexts, PSecBufferDesc in,
                 PSecBufferDesc out)
{
    CtxtHandle *context = &contexts[cur_u8(c) % NUM_CONTEXTS];
    uint32_t word = cur_u32(c);
    union {
        uint8_t bytes[64];
        void *pointer;
    } answer = {{0}};

    switch (cur_u8(c) % 8) {
    case 0:
        EncryptMessage(context, word % 2, in, 0);
        break;
    case 1:
        DecryptMessage(context, in, 0, NULL);
        break;
    case 2:
        MakeSignature(context, 0, in, 0);
        break;
    case 3:
        VerifySignature(context, in, 0, NULL);
        break;
    case 4: /* the answers that need no freeing */
        QueryContextAttributes(context, word % 2 ? SECPKG_ATTR_SIZES : SECPKG_ATTR_FLAGS,
                               &answer);
        break;
    case 5:
        DeleteSecurityContext(context);
        break;
    case 6:
        InitializeSecurityContext(cred, word % 2 ? context : NULL, "x",
                                  word & ~(ULONG)ISC_REQ_ALLOCATE_MEMORY, 0, 0, in, 0, context,
                                  out, NULL, NULL);
        break;
    default:
        AcceptSecurityContext(cred, word % 2 ? context : NULL, in,
                              word & ~(ULONG)ASC_REQ_ALLOCATE_MEMORY, 0, context, out, NULL,
                              NULL);
        break;
    }
}

/* What a call wrote over: the first handle moves to the last place, from which it is used on;
 * the others end. */
static void end_replaced(CtxtHandle *contexts, CtxtHandle *before)
{
    for (size_t i = 1; i < NUM_CONTEXTS; i++)
        if (memcmp(&before[i], &contexts[i], sizeof(before[i])) != 0)
            DeleteSecurityContext(&before[i]);
    if (memcmp(&before[0], &contexts[0], sizeof(before[0])) != 0) {
        DeleteSecurityContext(&contexts[NUM_CONTEXTS - 1]);
        contexts[NUM_CONTEXTS - 1] = before[0];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    CredHandle cred = open_cred();
    CtxtHandle contexts[NUM_CONTEXTS] = {{0, 0}, {0, 0}, {0, 0}};
    struct cur c;

    cur_init(&c, data, len, true);
    contexts[1].dwLower = cur_u32(&c);
    contexts[1].dwUpper = cur_u32(&c);
    for (int i = 0; i < 64 && cur_left(&c) > 0; i++) {
        SecBuffer buffers[2][NUM_BUFFERS];
        SecBufferDesc descs[2];
        void *blocks[2][NUM_BUFFERS] = {{NULL}};
        CtxtHandle before[NUM_CONTEXTS];

        memcpy(before, contexts, sizeof(before));
        make_buffers(&c, &descs[0], buffers[0], blocks[0]);
        make_buffers(&c, &descs[1], buffers[1], blocks[1]);
        call(&c, &cred, contexts, &descs[0], &descs[1]);
        end_replaced(contexts, before);
        for (size_t k = 0; k < NUM_BUFFERS; k++) {
            free(blocks[0][k]);
            free(blocks[1][k]);
        }
    }
    for (size_t i = 0; i < NUM_CONTEXTS; i++)
        DeleteSecurityContext(&contexts[i]);
    FUZZ_CHECK(FreeCredentialsHandle(&cred) == SEC_E_OK);
    return 0;
}
