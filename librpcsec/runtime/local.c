/* SPDX-License-Identifier: MIT
 *
 * runtime/local.c: the mechanism LOCAL: the kernel's word on the peer of a unix socket, where
 * policy lets it count. Layer: runtime. Document: unix(7), SO_PEERCRED.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "runtime/local.h"

struct local_peer {
    struct rpcsec_peer peer;
    struct rpcsec_local_peer ids;
    char principal[LOCAL_PRINCIPAL_LEN];
};

struct transport_place local_place(const struct rpcsec_policy *policy, const char *name,
                                   uint32_t owner)
{
    return (struct transport_place){
        .directory =
            policy->local_directory ? policy->local_directory : TRANSPORT_LOCAL_DIRECTORY,
        .name = name,
        .owner = policy->has_local_owner ? policy->local_owner : owner,
    };
}

/* A principal of Kerberos has a realm behind an '@': none looks like this. */
void local_peer_fill(struct rpcsec_peer *peer, char principal[LOCAL_PRINCIPAL_LEN],
                     const struct rpcsec_local_peer *ids)
{
    text_print(principal, LOCAL_PRINCIPAL_LEN, "uid:%u", (unsigned)ids->uid);
    *peer = (struct rpcsec_peer){
        .principal = principal,
        .target = "",
        .address = "",
        .enctype = "",
        .mechanism = RPCSEC_MECH_LOCAL,
        .level = RPCSEC_LEVEL_PRIVACY,
        .expires = INT64_MAX,
        .local = ids,
    };
}

rpcsec_status local_peer_new(const struct rpcsec_policy *policy, struct transport *transport,
                             struct local_peer **ret_local)
{
    struct rpcsec_local_peer ids;
    struct local_peer *local;

    *ret_local = NULL;
    if (!(policy->mechanisms & RPCSEC_MECH_LOCAL) || !transport->ops->credentials ||
        !transport->ops->credentials(transport, &ids))
        return RPCSEC_OK;
    local = mem_zalloc(sizeof(*local));
    if (!local)
        return RPCSEC_NO_MEMORY;
    local->ids = ids;
    local_peer_fill(&local->peer, local->principal, &local->ids);
    *ret_local = local;
    return RPCSEC_OK;
}

void local_peer_free(struct local_peer *local)
{
    mem_free(local);
}

const struct rpcsec_peer *local_peer(const struct local_peer *local)
{
    return local ? &local->peer : NULL;
}
