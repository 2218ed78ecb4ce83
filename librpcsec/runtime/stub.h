/* SPDX-License-Identifier: MIT
 *
 * runtime/stub.h: what client and server check alike of stub bytes. Layer: runtime.
 */
#ifndef RUNTIME_STUB_H
#define RUNTIME_STUB_H

#include "base/cursor.h"
#include "base/error.h"

/* After the last argument at most alignment is left: a sender pads the stub to 4 bytes before a
 * verification trailer (MS-RPCE 2.2.2.13), some to 8 or 16. More is BAD_STUB. */
#define STUB_MAX_PADDING 15

RPCSEC_MUST_USE static inline rpcsec_status stub_check_end(const struct cur *cur,
                                                           struct rpcsec_error *err)
{
    if (cur_left(cur) <= STUB_MAX_PADDING)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_BAD_STUB, RPCSEC_LAYER_STUB,
                     "%zu bytes are left after the last argument", cur_left(cur));
}

#endif
