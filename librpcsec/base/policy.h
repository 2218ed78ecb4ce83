/* SPDX-License-Identifier: MIT
 *
 * base/policy.h: the fields of struct rpcsec_policy for the layers that obey them. Layer: base.
 *
 * Read only after policy_freeze; then no lock is needed.
 */
#ifndef BASE_POLICY_H
#define BASE_POLICY_H

#include <stdatomic.h>
#include <rpcsec/rpcsec.h>

#include "base/network.h"

#define POLICY_MAX_SPNS    32
#define POLICY_MAX_PROXIES 32

struct rpcsec_policy {
    atomic_uint refs;
    atomic_bool frozen;
    enum rpcsec_level level;
    bool anonymous;
    bool tell_errors;
    uint8_t node;
    unsigned mechanisms;
    enum rpcsec_demand header_signing;
    enum rpcsec_demand verification_trailer;
    enum rpcsec_third_leg third_leg;
    char *keytab; /* NULL: the default */
    char *ccache;
    char *local_directory; /* NULL: the default */
    bool has_local_owner;
    uint32_t local_owner;
    char *accept_spns[POLICY_MAX_SPNS];
    size_t num_accept_spns;
    struct network proxies[POLICY_MAX_PROXIES]; /* that must send a PROXY header */
    size_t num_proxies;
    uint64_t limits[RPCSEC_NUM_LIMITS];
};

/* Freezes `policy` and gives one more reference to it, or makes a default policy when it is
 * NULL. */
RPCSEC_MUST_USE rpcsec_status policy_freeze(struct rpcsec_policy *policy,
                                            struct rpcsec_policy **ret_frozen,
                                            struct rpcsec_error *err);
uint64_t policy_limit(const struct rpcsec_policy *policy, enum rpcsec_limit limit);
/* True when the acceptor serves this service principal, as the ticket names it
 * ("service/host@REALM"). The host part is compared without case; a realm is compared only
 * where the policy names one. Without any name in the policy, every principal is served. */
bool policy_accepts_spn(const struct rpcsec_policy *policy, const char *spn);

#endif
