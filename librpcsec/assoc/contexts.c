/* SPDX-License-Identifier: MIT
 *
 * assoc/contexts.c: presentation contexts: an interface and how its data are written.
 * Layer: assoc. Documents: C706 12.6.3.1, 12.6.4.3; MS-RPCE 2.2.2.4, 2.2.2.14, 3.3.1.5.3.
 *
 * A context never changes once it was accepted.
 */
#include "assoc/engine.h"

struct assoc_context *context_find(const struct assoc *a, uint16_t id)
{
    for (size_t i = 0; i < a->num_contexts; i++) {
        if (a->contexts[i].id == id)
            return &a->contexts[i];
    }
    return NULL;
}

rpcsec_status context_add(struct assoc *a, const struct assoc_context *context)
{
    struct assoc_context *contexts;

    if (a->num_contexts >= policy_limit(a->policy, RPCSEC_LIMIT_PRESENTATION_CONTEXTS))
        return RPCSEC_LIMIT;
    contexts = mem_resize(a->contexts, (a->num_contexts + 1) * sizeof(*contexts));
    if (!contexts)
        return RPCSEC_NO_MEMORY;
    a->contexts = contexts;
    a->contexts[a->num_contexts++] = *context;
    return RPCSEC_OK;
}

static bool offers(const struct pdu_context_elem *elem, const struct rpcsec_syntax *syntax)
{
    for (size_t i = 0; i < elem->num_transfers; i++) {
        if (syntax_equal(&elem->transfers[i], syntax))
            return true;
    }
    return false;
}

/* One of what an element offers: NDR64 where it is named, as on Windows. */
static const struct rpcsec_syntax *choose_transfer(const struct assoc *a,
                                                   const struct pdu_context_elem *elem)
{
    if (a->params.ndr64 && offers(elem, &syntax_ndr64))
        return &syntax_ndr64;
    if (offers(elem, &syntax_ndr))
        return &syntax_ndr;
    return NULL;
}

static void reject(struct pdu_context_result *result, enum pdu_reason reason)
{
    result->result = PDU_RESULT_PROVIDER_REJECTION;
    result->reason = (uint16_t)reason;
}

static void accept_transfer(struct pdu_context_result *result,
                            const struct rpcsec_syntax *transfer)
{
    result->result = PDU_RESULT_ACCEPTANCE;
    result->reason = PDU_REASON_NOT_SPECIFIED;
    result->transfer = *transfer;
}

/* An id that is taken may be offered again as it is, never for another interface or another
 * syntax that is served. An offer of nothing that is served changes nothing. */
static rpcsec_status negotiate_again(const struct assoc *a, const struct assoc_context *known,
                                     const struct pdu_context_elem *elem,
                                     struct pdu_context_result *result)
{
    const struct rpcsec_syntax *transfer = choose_transfer(a, elem);

    if (transfer && !syntax_equal(&known->transfer, transfer))
        return RPCSEC_PROTOCOL_ERROR;
    if (transfer)
        accept_transfer(result, transfer);
    else
        reject(result, PDU_REASON_TRANSFER_SYNTAX);
    return RPCSEC_OK;
}

static rpcsec_status negotiate_new(struct assoc *a, const struct pdu_context_elem *elem,
                                   const struct assoc_interface *interface,
                                   struct pdu_context_result *result)
{
    const struct rpcsec_syntax *transfer = choose_transfer(a, elem);
    struct assoc_context context = {
        .id = elem->context_id,
        .accepted = true,
        .interface = interface,
        .abstract = elem->abstract,
    };
    rpcsec_status status;

    if (!transfer) {
        reject(result, PDU_REASON_TRANSFER_SYNTAX);
        return RPCSEC_OK;
    }
    context.transfer = *transfer;
    context.ndr64 = transfer == &syntax_ndr64;
    status = context_add(a, &context);
    if (status == RPCSEC_LIMIT) {
        reject(result, PDU_REASON_LOCAL_LIMIT);
        return RPCSEC_OK;
    }
    if (status == RPCSEC_OK)
        accept_transfer(result, transfer);
    return status;
}

/* MS-RPCE 2.2.2.14, 3.3.1.5.3: answered with what both do. We keep a connection when a call is
 * orphaned, and take several security contexts when policy allows more than one. */
static void negotiate_features(struct assoc *a, uint16_t offered,
                               struct pdu_context_result *result)
{
    uint16_t ours = PDU_FEATURE_KEEP_ON_ORPHAN;

    if (policy_limit(a->policy, RPCSEC_LIMIT_SECURITY_CONTEXTS) > 1)
        ours |= PDU_FEATURE_SECURITY_CONTEXTS;
    result->result = PDU_RESULT_NEGOTIATE_ACK;
    result->reason = offered & ours;
    if (result->reason & PDU_FEATURE_SECURITY_CONTEXTS)
        a->security_multiplexing = true;
}

/* Only the first transfer syntax of an element can be a feature mask, only in a bind. */
static bool is_feature(const struct pdu_context_elem *elem, bool is_bind, uint16_t *ret_mask)
{
    return is_bind && elem->num_transfers != 0 &&
           pdu_is_feature_syntax(&elem->transfers[0], ret_mask);
}

/* MS-RPCE 3.3.3.5.5: at most one transfer syntax is accepted in answer to one PDU; a client
 * that wants more contexts sends more alter_contexts. Windows and Samba do so. */
static rpcsec_status negotiate(struct assoc *a, const struct pdu_context_elem *elem,
                               bool one_accepted, struct pdu_context_result *result)
{
    const struct assoc_interface *interface =
        a->params.find_interface(a->params.find_interface_arg, &elem->abstract);
    const struct assoc_context *known = context_find(a, elem->context_id);

    if (elem->num_transfers == 0 || (known && !syntax_equal(&known->abstract, &elem->abstract)))
        return RPCSEC_PROTOCOL_ERROR;
    if (!interface || one_accepted) {
        reject(result, interface ? PDU_REASON_TRANSFER_SYNTAX : PDU_REASON_ABSTRACT_SYNTAX);
        return RPCSEC_OK;
    }
    if (known)
        return negotiate_again(a, known, elem, result);
    return negotiate_new(a, elem, interface, result);
}

rpcsec_status contexts_negotiate(struct assoc *a, const struct pdu_bind *bind, bool is_bind)
{
    size_t num_features = 0;
    bool one_accepted = false;
    rpcsec_status status;
    uint16_t mask = 0;

    if (bind->num_contexts > LIMIT_CONTEXT_ELEMS)
        return RPCSEC_LIMIT;
    mem_free(a->answer.results);
    a->answer.num_results = 0;
    a->answer.results = mem_zalloc(bind->num_contexts * sizeof(*a->answer.results));
    if (!a->answer.results)
        return RPCSEC_NO_MEMORY;
    for (size_t i = 0; i < bind->num_contexts; i++) {
        if (is_feature(&bind->contexts[i], is_bind, &mask)) {
            negotiate_features(a, mask, &a->answer.results[i]);
            if (++num_features > 1)
                return RPCSEC_PROTOCOL_ERROR;
            continue;
        }
        status = negotiate(a, &bind->contexts[i], one_accepted, &a->answer.results[i]);
        if (status != RPCSEC_OK)
            return status;
        one_accepted |= a->answer.results[i].result == PDU_RESULT_ACCEPTANCE;
    }
    a->answer.num_results = bind->num_contexts;
    return RPCSEC_OK;
}
