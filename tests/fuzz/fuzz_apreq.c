/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_apreq.c: any bytes as the first token of a handshake, for the reader of tickets.
 */
#include "fuzz.h"

#include <string.h>

#include "packages/apreq.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct apreq apreq;

    if (apreq_decode(data, len, &apreq) != RPCSEC_OK)
        return 0;
    FUZZ_CHECK(memchr(apreq.service, 0, sizeof(apreq.service)));
    for (const char *at = apreq.service; *at; at++)
        FUZZ_CHECK(*at >= ' ' && *at <= '~');
    return 0;
}
