/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_onc.c: ONC RPC and RPCSEC_GSS: the first byte chooses the parser: record marking,
 * calls with credential and verifier, arguments and results of INIT, bodies.
 */
#include "fuzz.h"

#include <string.h>

#include "../harness/fake_package.h"
#include "onc/engine/gss.h"
#include "onc/engine/record.h"

static struct sspi_ctx *context; /* established, believes everything */

static void make_context(void)
{
    const struct pkg_cred_params params = {.inbound = true, .principal = "legs=1,trust=1"};
    const struct sspi_ctx_params ctx_params = {.level = RPCSEC_LEVEL_PRIVACY, .plain = true};
    struct sspi_cred *cred = NULL;
    struct buf out;
    bool done = false;

    buf_init(&out, 100);
    FUZZ_CHECK(sspi_cred_acquire(&fake_package, &params, &cred, NULL) == RPCSEC_OK);
    FUZZ_CHECK(sspi_ctx_new(cred, &ctx_params, &context, NULL) == RPCSEC_OK);
    FUZZ_CHECK(sspi_ctx_step(context, (const uint8_t *)"token", 5, &out, &done, NULL) ==
               RPCSEC_OK);
    FUZZ_CHECK(done);
    sspi_cred_unref(cred);
    buf_done(&out);
}

/* Fed whole and byte by byte, the same records come out. */
static size_t read_records(const uint8_t *data, size_t len, size_t step)
{
    struct onc_reader reader;
    size_t sum = 0;

    onc_reader_init(&reader, 5000);
    for (size_t at = 0; at < len;) {
        size_t used = 0;
        size_t now = len - at < step ? len - at : step;

        if (onc_reader_feed(&reader, data + at, now, &used) != RPCSEC_OK)
            break;
        at += used;
        if (reader.complete) {
            struct buf record;

            onc_reader_take(&reader, &record);
            sum += record.len + 1;
            buf_done(&record);
        }
    }
    onc_reader_done(&reader);
    return sum;
}

static void read_call(const uint8_t *data, size_t len)
{
    struct onc_call call;
    struct onc_gss_cred cred;
    struct onc_reply reply;

    if (onc_call_decode(data, len, &call) == RPCSEC_OK) {
        FUZZ_CHECK(call.header_len <= call.body_offset && call.body_offset <= len);
        if (onc_gss_cred_decode(&call.cred, &cred) == RPCSEC_OK)
            FUZZ_CHECK(cred.handle_len <= ONC_MAX_AUTH_LEN);
        (void)!onc_verf_check(context, &call.verf, data, call.header_len);
    }
    if (onc_reply_decode(data, len, &reply) == RPCSEC_OK)
        FUZZ_CHECK(reply.body_offset <= len);
}

static void read_init(const uint8_t *data, size_t len)
{
    const uint8_t *token = NULL;
    size_t token_len = 0;
    struct onc_init_result result;

    if (onc_init_args_decode(data, len, &token, &token_len) == RPCSEC_OK)
        FUZZ_CHECK(token_len + 4 <= len);
    if (onc_init_result_decode(data, len, &result) == RPCSEC_OK)
        FUZZ_CHECK(result.handle_len + result.token_len + 20 <= len);
}

static void read_body(const uint8_t *data, size_t len, enum onc_service service)
{
    uint8_t *copy = malloc(len + 1);
    uint8_t *args = NULL;
    size_t args_len = 0;

    FUZZ_CHECK(copy != NULL);
    memcpy(copy, data, len);
    if (onc_body_open(copy, len, service, context, 1, &args, &args_len) == RPCSEC_OK)
        FUZZ_CHECK(args >= copy && args + args_len <= copy + len);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (!context)
        make_context();
    if (len == 0)
        return 0;
    switch (data[0] % 5) {
    case 0:
        FUZZ_CHECK(read_records(data + 1, len - 1, len) == read_records(data + 1, len - 1, 1));
        break;
    case 1:
        read_call(data + 1, len - 1);
        break;
    case 2:
        read_init(data + 1, len - 1);
        break;
    case 3:
        read_body(data + 1, len - 1, ONC_SERVICE_INTEGRITY);
        break;
    default:
        read_body(data + 1, len - 1, ONC_SERVICE_PRIVACY);
    }
    return 0;
}
