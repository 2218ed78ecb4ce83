/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_pac.c: any bytes as the logon information of a ticket's PAC.
 */
#include "fuzz.h"

#include <string.h>

#include "base/text.h"
#include "packages/pac.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pac *pac = NULL;

    if (pac_decode(data, len, &pac) != RPCSEC_OK) {
        FUZZ_CHECK(!pac);
        return 0;
    }
    FUZZ_CHECK(strncmp(pac->user, "S-1-", 4) == 0);
    FUZZ_CHECK(text_is_utf8(pac->name, strlen(pac->name)));
    FUZZ_CHECK(text_is_utf8(pac->domain, strlen(pac->domain)));
    for (size_t i = 0; i < pac->num_groups; i++)
        FUZZ_CHECK(strncmp(pac->groups[i], "S-1-", 4) == 0);
    pac_unref(pac);
    return 0;
}
