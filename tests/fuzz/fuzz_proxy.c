/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_proxy.c: the input as what a proxy sends first. The length is told alike by any
 * part of it, and a header that is understood is as long as that.
 */
#include "fuzz.h"

#include <string.h>

#include "transport/proxy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    size_t total = 0;
    size_t by_prefix = 0;
    struct proxy_header header;
    rpcsec_status status = proxy_len(data, len, &total);

    if (status != RPCSEC_OK) {
        FUZZ_CHECK(proxy_decode(data, len, &header) == status);
        return 0;
    }
    FUZZ_CHECK(total >= PROXY_PREFIX_LEN && total <= PROXY_PREFIX_LEN + PROXY_MAX_LEN);
    if (len >= PROXY_PREFIX_LEN) {
        FUZZ_CHECK(proxy_len(data, PROXY_PREFIX_LEN, &by_prefix) == RPCSEC_OK);
        FUZZ_CHECK(by_prefix == total);
    }
    if (len >= total && proxy_decode(data, total, &header) == RPCSEC_OK)
        FUZZ_CHECK(header.has_peer == (strlen(header.peer) > 0));
    FUZZ_CHECK(len == total || proxy_decode(data, len, &header) != RPCSEC_OK);
    return 0;
}
