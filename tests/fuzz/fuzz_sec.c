/* SPDX-License-Identifier: MIT
 *
 * fuzz/fuzz_sec.c: a fragment as a peer may have made it, opened at a level with a package that
 * believes every token. Byte 0: the level and header signing; the rest: the PDU.
 */
#include "fuzz.h"

#include <string.h>

#include "../flow/pair.h"

static rpcsec_status open_as(const struct sec_context *sec, uint8_t *pdu, size_t len)
{
    struct pdu_header header;
    struct pdu_trailer trailer;
    uint8_t *stub = NULL;
    size_t stub_len = 0;
    rpcsec_status status = pdu_header_decode(pdu, &header);
    rpcsec_status found;

    if (status != RPCSEC_OK || header.frag_len > len)
        return RPCSEC_BAD_FORMAT;
    found = pdu_trailer_decode(pdu, &header, PDU_REQUEST_LEN, &trailer);
    if (found != RPCSEC_OK && found != RPCSEC_NOT_FOUND)
        return found;
    status = sec_open(sec, pdu, &header, found == RPCSEC_OK ? &trailer : NULL, PDU_REQUEST_LEN,
                      &stub, &stub_len);
    if (status != RPCSEC_OK)
        return status;
    FUZZ_CHECK(stub == pdu + PDU_REQUEST_LEN);
    FUZZ_CHECK(stub_len <= header.frag_len - (size_t)PDU_REQUEST_LEN);
    FUZZ_CHECK(!sec_protects(sec) || found == RPCSEC_OK);
    memset(stub, 0, stub_len); /* it is all ours */
    return RPCSEC_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pair_options options = {.client_principal = "trust=1",
                                   .server_principal = "trust=1"};
    struct pair *p = NULL;
    uint8_t pdu[8192];
    uint16_t context;

    if (len < 1 + PDU_HEADER_LEN || len - 1 > sizeof(pdu))
        return 0;
    options.level = (enum rpcsec_level)(RPCSEC_LEVEL_CONNECT + data[0] % 5);
    options.least = options.level;
    options.anonymous = true;
    memcpy(pdu, data + 1, len - 1);
    if (pair_new(&options, &p) != RPCSEC_OK)
        return 0;
    if (pair_bind(p, &pair_echo, &context) == RPCSEC_OK && assoc_security(p->server.a)) {
        struct sec_context sec = *assoc_security(p->server.a);

        sec.header_signing = data[0] & 0x80;
        FUZZ_CHECK(open_as(&sec, pdu, len - 1) < RPCSEC_CONTEXT_MISMATCH);
    }
    pair_free(p);
    return 0;
}
