/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_verification.c: the stub of a request, searched for a verification trailer. One
 * that is found is encoded and found again, with the same contents.
 */
#include "fuzz.h"

#include <string.h>

#include "pdu/pdu.h"

static void check_again(const struct pdu_verification *trailer)
{
    struct pdu_verification again;
    size_t stub_len = SIZE_MAX;
    struct buf out;

    buf_init(&out, LIMIT_TRAILER_SEARCH);
    pdu_verification_encode(&out, trailer);
    /* A UUID may hold the signature; then it is a matter of the bytes behind what is found. */
    if (buf_status(&out) == RPCSEC_OK && !memmem(out.data + 1, out.len - 1, out.data, 8)) {
        FUZZ_CHECK(pdu_verification_find(out.data, out.len, &again, &stub_len) == RPCSEC_OK);
        FUZZ_CHECK(stub_len == 0 && again.bitmask == trailer->bitmask);
        FUZZ_CHECK(again.header2_call_id == trailer->header2_call_id);
        FUZZ_CHECK(again.header2_big_endian == trailer->header2_big_endian);
        FUZZ_CHECK(memcmp(&again.interface, &trailer->interface, sizeof(again.interface)) == 0);
    }
    FUZZ_CHECK(buf_status(&out) != RPCSEC_LIMIT);
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pdu_verification trailer;
    size_t stub_len = SIZE_MAX;

    if (pdu_verification_find(data, len, &trailer, &stub_len) == RPCSEC_OK) {
        FUZZ_CHECK(stub_len < len && len - stub_len <= LIMIT_TRAILER_SEARCH);
        check_again(&trailer);
    } else {
        FUZZ_CHECK(stub_len == SIZE_MAX);
    }
    return 0;
}
