/* SPDX-License-Identifier: MIT
 *
 * base/uuid.h: UUIDs and syntax identifiers. Layer: base. Document: C706 appendix A.
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <stdbool.h>
#include <rpcsec/dcerpc.h>

#include "base/buffer.h"
#include "base/cursor.h"

#define UUID_TEXT_LEN 37 /* with the NUL */

bool uuid_equal(const struct rpcsec_uuid *a, const struct rpcsec_uuid *b);
bool uuid_is_nil(const struct rpcsec_uuid *uuid);
void uuid_text(const struct rpcsec_uuid *uuid, char out[UUID_TEXT_LEN]);
RPCSEC_MUST_USE rpcsec_status uuid_parse(const char *text, struct rpcsec_uuid *ret_uuid);
void uuid_get(struct cur *c,
              struct rpcsec_uuid *ret_uuid); /* 16 bytes, in the cursor's order */
void uuid_put(struct buf *b, const struct rpcsec_uuid *uuid);
void uuid_store(uint8_t at[16], const struct rpcsec_uuid *uuid, bool big_endian);
RPCSEC_MUST_USE rpcsec_status uuid_random(struct rpcsec_uuid *ret_uuid);

bool syntax_equal(const struct rpcsec_syntax *a, const struct rpcsec_syntax *b);
extern const struct rpcsec_syntax syntax_ndr; /* C706 14: 8a885d04-...-2b 10 48 60, version 2 */
extern const struct rpcsec_syntax syntax_ndr64; /* MS-RPCE 2.2.5: 71710533-..., version 1 */

#endif
