/* SPDX-License-Identifier: MIT
 *
 * pdu/syntax.c: syntax identifiers, and the features that travel as one. Layer: pdu.
 * Documents: C706 12.6.3.1 (p_syntax_id_t), MS-RPCE 2.2.2.14 and 3.3.1.5.3.
 */
#include "pdu/body.h"

#include <string.h>

#include "base/uuid.h"

void pdu_syntax_get(struct cur *c, struct rpcsec_syntax *ret_syntax)
{
    uint32_t version;

    uuid_get(c, &ret_syntax->uuid);
    version = cur_u32(c);
    ret_syntax->major = (uint16_t)version;
    ret_syntax->minor = (uint16_t)(version >> 16);
}

void pdu_syntax_put(struct buf *out, const struct rpcsec_syntax *syntax)
{
    uuid_put(out, &syntax->uuid);
    buf_u32(out, (uint32_t)syntax->minor << 16 | syntax->major);
}

/* MS-RPCE 3.3.1.5.3: this prefix, then the eight octets of the mask. */
static const struct rpcsec_uuid feature_prefix = {
    .time_low = 0x6cb71c2c,
    .time_mid = 0x9812,
    .time_hi_and_version = 0x4540,
};

#define FEATURE_VERSION 1

/* MS-RPCE 2.2.2.14: of the mask only its first octets have bits that mean something; a server
 * answers with two octets (2.2.2.15), so the others are not kept. */
bool pdu_is_feature_syntax(const struct rpcsec_syntax *syntax, uint16_t *ret_mask)
{
    const struct rpcsec_uuid *uuid = &syntax->uuid;

    if (uuid->time_low != feature_prefix.time_low ||
        uuid->time_mid != feature_prefix.time_mid ||
        uuid->time_hi_and_version != feature_prefix.time_hi_and_version)
        return false;
    if (syntax->major != FEATURE_VERSION || syntax->minor != 0)
        return false;
    *ret_mask = get_u16(uuid->clock_seq, false);
    return true;
}

struct rpcsec_syntax pdu_feature_syntax(uint16_t mask)
{
    struct rpcsec_syntax syntax = {.uuid = feature_prefix, .major = FEATURE_VERSION};

    put_u16(syntax.uuid.clock_seq, mask, false);
    return syntax;
}
