/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_assoc_client.c: bytes of a server to a client's engine, over a package that
 * believes every token. Byte 0: what the client asks for; byte 1: how long the pieces are. Two
 * calls are made as soon as the client is bound.
 */
#include "fuzz.h"

#include "../flow/pair.h"

static struct pair_options options_of(uint8_t bits)
{
    return (struct pair_options){
        .client_principal = "trust=1",
        .level = (enum rpcsec_level)(RPCSEC_LEVEL_NONE + bits % 6),
        .third_leg = bits & 8 ? RPCSEC_THIRD_LEG_AUTH3 : RPCSEC_THIRD_LEG_ALTER,
        .header_signing = bits & 16 ? RPCSEC_ACCEPTED : RPCSEC_REQUIRED,
        .response_bytes = 65536,
    };
}

static void call_twice(struct pair *p)
{
    uint32_t id;

    while (assoc_can_call(p->client.a) && p->client.wire.len < 4096) {
        if (pair_call(p, 0, 1, NULL, 700, &id) != RPCSEC_OK)
            break;
        pair_collect(p, false);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pair_options options;
    struct pair *p = NULL;
    uint16_t context;

    if (len < 2)
        return 0;
    options = options_of(data[0]);
    if (pair_new(&options, &p) != RPCSEC_OK)
        return 0;
    if (assoc_bind(p->client.a, &pair_echo, &syntax_ndr, 1, &context, p->now_ms) == RPCSEC_OK) {
        pair_events(p, false);
        pair_collect(p, false);
    }
    pair_inject(p, true, data + 2, len - 2);
    while (p->server.wire.len != 0 && !pair_find(p, false, ASSOC_CLOSED, 0)) {
        pair_deliver(p, true, data[1] ? data[1] : SIZE_MAX, SIZE_MAX);
        pair_collect(p, false);
        call_twice(p);
    }
    FUZZ_CHECK(pair_count(p, false, ASSOC_REPLY) + pair_count(p, false, ASSOC_FAULT) <= 16);
    FUZZ_CHECK(pair_count(p, false, ASSOC_CLOSED) <= 1);
    pair_free(p);
    return 0;
}
