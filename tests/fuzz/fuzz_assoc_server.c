/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_assoc_server.c: bytes of a client to a server's engine, over a package that
 * believes every token. Byte 0: what the server allows; byte 1: how long the pieces are.
 */
#include "fuzz.h"

#include "../flow/pair.h"

static struct pair_options options_of(uint8_t bits)
{
    return (struct pair_options){
        .server_principal = "trust=1",
        .least = bits & 1 ? RPCSEC_LEVEL_NONE : RPCSEC_LEVEL_PRIVACY,
        .anonymous = bits & 2,
        .open_binds = bits & 4,
        .open_operations = bits & 4,
        .header_signing = bits & 8 ? RPCSEC_ACCEPTED : RPCSEC_REQUIRED,
        .verification = bits & 16 ? RPCSEC_ACCEPTED : RPCSEC_REQUIRED,
        .hold_calls = bits & 32,
        .ndr64 = bits & 64,
        .request_bytes = 65536,
        .calls_in_flight = 4,
    };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pair_options options;
    struct pair *p = NULL;

    if (len < 2)
        return 0;
    options = options_of(data[0]);
    if (pair_new(&options, &p) != RPCSEC_OK)
        return 0;
    pair_inject(p, false, data + 2, len - 2);
    pair_deliver(p, false, SIZE_MAX, data[1] ? data[1] : SIZE_MAX);
    for (size_t i = 0; i < p->num_events; i++) {
        const struct assoc_event *event = &p->events[i].event;

        FUZZ_CHECK(event->type != ASSOC_CALL || event->call.sec || options.anonymous ||
                   (event->call.interface->open_operations >> event->call.opnum & 1));
    }
    pair_collect(p, true);
    FUZZ_CHECK(assoc_queued(p->server.a) == 0);
    FUZZ_CHECK(pair_count(p, true, ASSOC_CLOSED) <= 1);
    pair_free(p);
    return 0;
}
