/* SPDX-License-Identifier: MIT
 *
 * unit/test_pdu_attacks.c: malformed PDUs that crashed or fooled other implementations
 * (CVE-2015-5370). Each is one change of a good PDU; each must be refused, and by the first
 * step that can see it: header, then trailer, then body.
 */
#include "unit/pdu_case.h"

enum step {
    BY_HEADER,
    BY_TRAILER,
    BY_BODY,
};

static const struct {
    const char *path;
    enum step step;
    rpcsec_status status;
} attacks[] = {
#define ATTACK(name) "tests/vectors/pdu/attack_" name ".hex"
    /* frag_length and auth_length that lie */
    {ATTACK("frag_zero"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("frag_below_header"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("auth_is_frag"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("auth_without_trailer_room"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("auth_65535"), BY_HEADER, RPCSEC_BAD_FORMAT},
    /* a header that is not checked */
    {ATTACK("version"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("minor_version"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("drep"), BY_HEADER, RPCSEC_BAD_FORMAT},
    {ATTACK("trailer_in_fixed_part"), BY_TRAILER, RPCSEC_BAD_FORMAT},
    /* more padding than payload */
    {ATTACK("pad_beyond_stub"), BY_TRAILER, RPCSEC_BAD_FORMAT},
    {ATTACK("pad_255_response"), BY_TRAILER, RPCSEC_BAD_FORMAT},
    {ATTACK("pad_in_object"), BY_TRAILER, RPCSEC_BAD_FORMAT},
    /* empty and oversized arrays */
    {ATTACK("no_contexts"), BY_BODY, RPCSEC_BAD_FORMAT},
    {ATTACK("alter_no_contexts"), BY_BODY, RPCSEC_BAD_FORMAT},
    {ATTACK("contexts_255"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("contexts_cut"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("transfers_255"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("last_transfers_2"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("results_255"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("address_65535"), BY_BODY, RPCSEC_TRUNCATED},
    /* bodies shorter than their type needs */
    {ATTACK("fault_cut"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("response_cut"), BY_BODY, RPCSEC_TRUNCATED},
    {ATTACK("object_missing"), BY_BODY, RPCSEC_TRUNCATED},
};

static struct pdu_context_elem contexts[LIMIT_CONTEXT_ELEMS];
static struct pdu_context_result results[LIMIT_CONTEXT_ELEMS];

static rpcsec_status decode_body(const uint8_t *pdu, const struct pdu_header *header)
{
    struct pdu_bind bind;
    struct pdu_bind_ack ack;
    struct pdu_request request;
    struct pdu_response response;
    struct pdu_fault fault;

    switch (header->type) {
    case PDU_BIND:
    case PDU_ALTER_CONTEXT:
        return pdu_bind_decode(pdu, header, contexts, NUM_OF(contexts), &bind);
    case PDU_BIND_ACK:
    case PDU_ALTER_CONTEXT_RESP:
        return pdu_bind_ack_decode(pdu, header, results, NUM_OF(results), &ack);
    case PDU_REQUEST:
        return pdu_request_decode(pdu, header, &request);
    case PDU_RESPONSE:
        return pdu_response_decode(pdu, header, &response);
    default:
        return pdu_fault_decode(pdu, header, &fault);
    }
}

static size_t body_offset(const struct pdu_header *header)
{
    if (header->type == PDU_REQUEST)
        return header->flags & PDU_OBJECT_UUID ? PDU_REQUEST_OBJECT_LEN : PDU_REQUEST_LEN;
    return header->type == PDU_RESPONSE ? PDU_RESPONSE_LEN : PDU_HEADER_LEN;
}

/* The first step that refuses the PDU, and its status. */
static rpcsec_status refuse(const uint8_t *pdu, size_t len, enum step *ret_step)
{
    struct pdu_header header;
    struct pdu_trailer trailer;
    rpcsec_status status;

    *ret_step = BY_HEADER;
    status = pdu_header_decode(pdu, &header);
    if (status != RPCSEC_OK)
        return status;
    assert_int_equal(header.frag_len, len);
    *ret_step = BY_TRAILER;
    status = pdu_trailer_decode(pdu, &header, body_offset(&header), &trailer);
    if (status != RPCSEC_OK && status != RPCSEC_NOT_FOUND)
        return status;
    *ret_step = BY_BODY;
    return decode_body(pdu, &header);
}

static void malformed_pdus_are_refused_by_the_first_step_that_sees_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_OF(attacks); i++) {
        struct vector vector = vector_load(attacks[i].path);
        /* Exactly as long as the PDU, so that ASan sees a read beyond it. */
        uint8_t *pdu = malloc(vector.len);
        enum step step;
        rpcsec_status status;

        assert_non_null(pdu);
        memcpy(pdu, vector.data, vector.len);
        status = refuse(pdu, vector.len, &step);
        if (status != attacks[i].status || step != attacks[i].step)
            fail_msg("%s: %s by step %d", attacks[i].path, rpcsec_status_name(status), step);
        free(pdu);
        vector_free(&vector);
    }
}

/* The same three steps let the good PDUs pass that the attacks were made from. */
static void the_pdus_they_were_made_from_are_accepted(void **state)
{
    static const char *const paths[] = {
        "tests/vectors/pdu/request_signed.hex", "tests/vectors/pdu/response_sealed.hex",
        "tests/vectors/pdu/request_object.hex", "tests/vectors/pdu/bind.hex",
        "tests/vectors/pdu/bind_ack.hex",       "tests/vectors/pdu/alter_context_transfers.hex",
        "tests/vectors/pdu/fault.hex",          "tests/vectors/pdu/response.hex",
    };

    (void)state;
    for (size_t i = 0; i < NUM_OF(paths); i++) {
        struct vector vector = vector_load(paths[i]);
        enum step step;

        assert_ok(refuse(vector.data, vector.len, &step));
        vector_free(&vector);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(malformed_pdus_are_refused_by_the_first_step_that_sees_it),
        cmocka_unit_test(the_pdus_they_were_made_from_are_accepted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
