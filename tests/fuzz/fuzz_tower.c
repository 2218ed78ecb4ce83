/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_tower.c: the input as the octets of a protocol tower. What is understood and can be
 * encoded is understood alike again.
 */
#include "fuzz.h"

#include <string.h>

#include "base/uuid.h"
#include "pdu/tower.h"

static void check_again(const struct tower *tower)
{
    struct tower again;
    struct buf out;

    buf_init(&out, LIMIT_TOWER_LEN);
    tower_encode(&out, tower);
    FUZZ_CHECK(buf_status(&out) == RPCSEC_OK || buf_status(&out) == RPCSEC_UNSUPPORTED);
    if (buf_status(&out) == RPCSEC_OK) {
        FUZZ_CHECK(tower_decode(out.data, out.len, &again) == RPCSEC_OK);
        FUZZ_CHECK(syntax_equal(&tower->interface, &again.interface));
        FUZZ_CHECK(syntax_equal(&tower->transfer, &again.transfer));
        FUZZ_CHECK(tower->rpc == again.rpc && tower->transport == again.transport);
        FUZZ_CHECK(tower->port == again.port && strcmp(tower->name, again.name) == 0);
        FUZZ_CHECK(tower->rpc != TOWER_NCACN ||
                   memcmp(tower->address, again.address, sizeof(again.address)) == 0);
    }
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct tower tower;

    if (tower_decode(data, len, &tower) == RPCSEC_OK)
        check_again(&tower);
    return 0;
}
