/* SPDX-License-Identifier: MIT
 *
 * unit/pdu_case.h: what the tests of the PDU codec share: a PDU as a value, and its vectors.
 */
#ifndef UNIT_PDU_CASE_H
#define UNIT_PDU_CASE_H

#include "harness/test.h"
#include "harness/decoder_check.h"
#include "harness/vector.h"
#include "pdu/pdu.h"

#define PDU_VECTOR(name) vector_load("tests/vectors/pdu/" name ".hex")

/* mgmt 1.0 (C706 appendix Q), which most vectors bind to. */
static const struct rpcsec_syntax mgmt = {
    .uuid = {0xafa8bd80, 0x7d8a, 0x11c9, {0xbe, 0xf4}, {0x08, 0x00, 0x2b, 0x10, 0x29, 0x89}},
    .major = 1,
};

/* The header of a PDU that has come whole. Without a token the length is what has come, so that
 * a truncation tests the body's own end; with one, the trailer would be found elsewhere. */
static inline rpcsec_status case_header(const uint8_t *data, size_t len,
                                        struct pdu_header *ret_header)
{
    rpcsec_status status;

    if (len < PDU_HEADER_LEN)
        return RPCSEC_TRUNCATED;
    status = pdu_header_decode(data, ret_header);
    if (status != RPCSEC_OK)
        return status;
    if (ret_header->auth_len == 0)
        ret_header->frag_len = (uint16_t)len;
    return ret_header->frag_len == len ? RPCSEC_OK : RPCSEC_TRUNCATED;
}

/* The header of a vector, which must be right. */
static inline struct pdu_header vector_header(const struct vector *vector)
{
    struct pdu_header header = {0};

    assert_true(vector->len >= PDU_HEADER_LEN);
    assert_ok(pdu_header_decode(vector->data, &header));
    assert_int_equal(header.frag_len, vector->len);
    return header;
}

/* Puts the trailer and the token of an original PDU behind an encoded body, and the header
 * before it (room for it is kept at the buffer's start). */
static inline rpcsec_status case_finish(struct buf *out, const uint8_t *original,
                                        const struct pdu_header *header)
{
    struct pdu_trailer trailer;
    uint8_t *at;

    if (pdu_trailer_decode(original, header, PDU_HEADER_LEN, &trailer) == RPCSEC_OK) {
        at = buf_reserve(out, PDU_TRAILER_LEN);
        if (at)
            pdu_trailer_store(at, &trailer, false);
        buf_bytes(out, trailer.token, trailer.token_len);
    }
    if (buf_status(out) == RPCSEC_OK)
        pdu_header_store(out->data, header);
    return buf_status(out);
}

#endif
