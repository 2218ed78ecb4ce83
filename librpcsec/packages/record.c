/* SPDX-License-Identifier: MIT
 *
 * packages/record.c: which record protector serves a context. Layer: packages.
 */
#include "packages/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/trace.h"
#include "packages/krb5_context.h"

/* RPCSEC_RECORD allows one protector only; without it, or with anything else, both are. */
static bool is_allowed(const struct record_ops *ops)
{
    const char *name = secure_getenv("RPCSEC_RECORD");

    if (!name ||
        (strcmp(name, record_gss.name) != 0 && strcmp(name, record_krb5fast.name) != 0))
        return true;
    return strcmp(name, ops->name) == 0;
}

static rpcsec_status make_fast(const struct record_source *source, struct record **ret_record)
{
    rpcsec_status status;

    if (!is_allowed(&record_krb5fast))
        return RPCSEC_UNSUPPORTED;
    status = record_krb5fast_self_test();
    return status == RPCSEC_OK ? record_krb5fast.make(source, ret_record) : status;
}

rpcsec_status record_choose(const struct record_source *source,
                            const struct record_ops **ret_ops, struct record **ret_record)
{
    const struct record_ops *ops = &record_krb5fast;
    rpcsec_status status = make_fast(source, ret_record);

    if (status != RPCSEC_OK && status != RPCSEC_NO_MEMORY && is_allowed(&record_gss)) {
        ops = &record_gss;
        status = ops->make(source, ret_record);
    }
    if (status == RPCSEC_OK)
        *ret_ops = ops;
    TRACE("packages", "record", "protector=%s status=%d", ops->name, (int)status);
    return status;
}
