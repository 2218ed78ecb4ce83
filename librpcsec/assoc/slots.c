/* SPDX-License-Identifier: MIT
 *
 * assoc/slots.c: the security contexts of a connection. Layer: assoc.
 * Documents: MS-RPCE 3.3.1.5.4, 2.2.1.1.7, 2.2.1.1.8.
 *
 * A slot's type, level and id never change. Header signing is one switch for all of them.
 */
#include "assoc/engine.h"

static rpcsec_status grow(struct assoc *a)
{
    struct assoc_slot **slots =
        mem_resize(a->slots, (a->num_slots + 1) * sizeof(struct assoc_slot *));

    if (!slots)
        return RPCSEC_NO_MEMORY;
    a->slots = slots;
    return RPCSEC_OK;
}

rpcsec_status slot_add(struct assoc *a, uint8_t auth_type, enum rpcsec_level level,
                       uint32_t context_id, size_t *ret_index)
{
    struct assoc_slot *slot;

    if (a->num_slots >= policy_limit(a->policy, RPCSEC_LIMIT_SECURITY_CONTEXTS))
        return RPCSEC_LIMIT;
    if (grow(a) != RPCSEC_OK)
        return RPCSEC_NO_MEMORY;
    slot = mem_zalloc(sizeof(*slot));
    if (!slot)
        return RPCSEC_NO_MEMORY;
    slot->sec.auth_type = auth_type;
    slot->sec.level = level;
    slot->sec.context_id = context_id;
    slot->sec.header_signing = a->header_signing;
    *ret_index = a->num_slots;
    a->slots[a->num_slots++] = slot;
    return RPCSEC_OK;
}

struct assoc_slot *slot_find(const struct assoc *a, uint32_t context_id, size_t *ret_index)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        if (a->slots[i]->sec.context_id != context_id)
            continue;
        if (ret_index)
            *ret_index = i;
        return a->slots[i];
    }
    return NULL;
}

bool slot_matches(const struct assoc_slot *slot, const struct pdu_trailer *trailer)
{
    return slot->sec.auth_type == trailer->type &&
           slot->sec.level == (enum rpcsec_level)trailer->level &&
           slot->sec.context_id == trailer->context_id;
}

bool slot_any_protects(const struct assoc *a)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        if (a->slots[i]->done && sec_protects(&a->slots[i]->sec))
            return true;
    }
    return false;
}

void slot_step_done(struct assoc_slot *slot, bool done)
{
    slot->done = done;
    if (done)
        sspi_ctx_lighten(slot->sec.ctx);
}

bool slot_any_done(const struct assoc *a)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        if (a->slots[i]->done)
            return true;
    }
    return false;
}

bool slot_all_done(const struct assoc *a)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        if (!a->slots[i]->done)
            return false;
    }
    return true;
}

struct assoc_slot *slot_unfinished(const struct assoc *a, size_t *ret_index)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        *ret_index = i;
        if (!a->slots[i]->done)
            return a->slots[i];
    }
    return NULL;
}

void slot_drop_last(struct assoc *a)
{
    struct assoc_slot *slot = a->slots[--a->num_slots];

    sspi_ctx_free(slot->sec.ctx);
    mem_free(slot);
}

void slot_set_header_signing(struct assoc *a, bool on)
{
    a->header_signing = on;
    for (size_t i = 0; i < a->num_slots; i++)
        a->slots[i]->sec.header_signing = on;
}

void slots_done(struct assoc *a)
{
    for (size_t i = 0; i < a->num_slots; i++) {
        sspi_ctx_free(a->slots[i]->sec.ctx);
        mem_free(a->slots[i]);
    }
    mem_free(a->slots);
    a->slots = NULL;
    a->num_slots = 0;
}
