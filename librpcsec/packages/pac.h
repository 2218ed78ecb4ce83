/* SPDX-License-Identifier: MIT
 *
 * packages/pac.h: who a client is in its domain, from its ticket's PAC. Layer: packages.
 * Documents: MS-PAC 2.5 (KERB_VALIDATION_INFO), MS-RPCE 2.2.6 (type serialization), MS-DTYP
 * 2.4.2 (SID).
 *
 * Reads; nothing is verified here. The Kerberos library checks the PAC's signature first.
 */
#ifndef PACKAGES_PAC_H
#define PACKAGES_PAC_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <rpcsec/rpcsec.h>

struct pac {
    const char *user;          /* the user's SID, "S-1-5-21-..." */
    const char *const *groups; /* SIDs of the groups that are enabled */
    size_t num_groups;
    const char *name;   /* the account, UTF-8 */
    const char *domain; /* its NetBIOS domain, UTF-8 */
    const uint8_t *raw; /* what was decoded */
    size_t raw_len;
    struct rpcsec_arena *arena; /* owns it all */
    atomic_uint refs;
};

/* Decodes the contents of a PAC's logon information buffer. TRUNCATED, BAD_FORMAT,
 * TRAILING_DATA; LIMIT: more groups than LIMIT_PAC_SIDS. */
RPCSEC_MUST_USE rpcsec_status pac_decode(const uint8_t *bytes, size_t len,
                                         struct pac **ret_pac);
/* Calls outlive the context that proved their client. */
struct pac *pac_ref(struct pac *pac);
void pac_unref(struct pac *pac);

#endif
