/* SPDX-License-Identifier: MIT
 *
 * sim/plan.c: see plan.h.
 */
#include "sim/plan.h"

static const enum rpcsec_level levels[] = {
    RPCSEC_LEVEL_NONE,    RPCSEC_LEVEL_CONNECT,   RPCSEC_LEVEL_PACKET,
    RPCSEC_LEVEL_PRIVACY, RPCSEC_LEVEL_INTEGRITY, RPCSEC_LEVEL_PRIVACY,
};

static enum rpcsec_demand some_demand(struct rnd *r)
{
    return rnd_percent(r, 75) ? RPCSEC_REQUIRED : RPCSEC_ACCEPTED;
}

/* Less than 33, mostly small. */
static unsigned some_percent(struct rnd *r)
{
    return (unsigned)rnd_below(r, 1u << rnd_below(r, 6));
}

static uint64_t some_fragment(struct rnd *r)
{
    static const uint64_t sizes[] = {1432, 2048, 4280, 5840, 16384, 65528};

    return sizes[rnd_below(r, 6)];
}

static void plan_security(struct rnd *r, struct plan *p)
{
    p->level = levels[rnd_below(r, 6)];
    p->client_header_signing = some_demand(r);
    p->server_header_signing = some_demand(r);
    p->verification = some_demand(r);
    p->third_leg = rnd_percent(r, 50) ? RPCSEC_THIRD_LEG_ALTER : RPCSEC_THIRD_LEG_AUTH3;
    /* An auth3 is never answered: an odd number of legs, as with Kerberos and NTLM. */
    p->legs = p->third_leg == RPCSEC_THIRD_LEG_AUTH3 ? 3 : (unsigned)(2 + rnd_below(r, 5));
    if (rnd_percent(r, 5))
        p->server_fails = (unsigned)(1 + rnd_below(r, 3));
    if (rnd_percent(r, 5))
        p->client_fails = (unsigned)(1 + rnd_below(r, 3));
    p->strong =
        p->level >= RPCSEC_LEVEL_PACKET && (p->client_header_signing == RPCSEC_REQUIRED ||
                                            p->server_header_signing == RPCSEC_REQUIRED);
}

static void plan_limits(struct rnd *r, struct plan *p)
{
    p->client_fragment = some_fragment(r);
    p->server_fragment = some_fragment(r);
    p->client_calls = 1 + rnd_below(r, 16);
    p->server_calls = 1 + rnd_below(r, 16);
    p->max_len = (size_t)1 << (4 + rnd_below(r, 13));
    p->request_bytes = 200000;
    p->response_bytes = 200000;
    p->client_output = 1u << (19 + rnd_below(r, 3));
    p->server_output = 1u << (19 + rnd_below(r, 3));
    p->handshake_ms = 1000 + rnd_below(r, 9000);
    p->stall_ms = 1000 + rnd_below(r, 30000);
    p->call_ms = 5000 + rnd_below(r, 60000);
}

static void plan_network(struct rnd *r, struct plan *p)
{
    const uint64_t kind = rnd_below(r, 10);

    p->delay_ms = rnd_below(r, 40);
    p->think_ms = rnd_below(r, rnd_percent(r, 10) ? 2 * p->stall_ms : 60);
    p->window = 256u << rnd_below(r, 14);
    p->cut_at = UINT64_MAX;
    if (kind < 3) {
        p->network = SIM_LOSSLESS;
    } else if (kind < 5) {
        p->network = SIM_CUT;
        p->cut_at = rnd_size(r, 200000);
    } else {
        p->network = SIM_HOSTILE;
        p->attack_percent = 2 + some_percent(r);
        p->attack_from = rnd_percent(r, 70) ? 3 + rnd_below(r, 15) : 0;
        if (rnd_percent(r, 10))
            p->cut_at = rnd_size(r, 200000);
    }
}

/* A client that has more than a connection, an interface and a security context. */
static void plan_extras(struct rnd *r, struct plan *p)
{
    p->big_endian = rnd_percent(r, 25);
    p->server_ndr64 = rnd_percent(r, 50);
    p->num_transfers = rnd_percent(r, 40) ? 2 : 1;
    p->features = (uint16_t)rnd_below(r, 4);
    p->num_secured = rnd_percent(r, 40) ? (size_t)(1 + rnd_below(r, SIM_MAX_SECURED)) : 0;
    p->second_interface = rnd_percent(r, 40);
    /* A server with as many slow calls as it takes reads nothing: then a further handshake may
     * rightly take longer than it should. */
    if (p->think_ms > 60)
        p->num_secured = 0;
}

void plan_make(struct rnd *r, struct plan *ret_plan)
{
    *ret_plan = (struct plan){.num_calls = 1 + (size_t)rnd_below(r, 32)};
    plan_security(r, ret_plan);
    plan_limits(r, ret_plan);
    plan_network(r, ret_plan);
    ret_plan->cancel_percent = some_percent(r);
    ret_plan->orphan_percent = some_percent(r);
    ret_plan->fault_percent = some_percent(r);
    ret_plan->maybe_percent = some_percent(r);
    plan_extras(r, ret_plan);
}

const char *plan_network_name(enum sim_network network)
{
    static const char *const names[] = {"lossless", "cut", "hostile"};

    return names[network];
}

static bool set_limits(const struct plan *p, bool server, struct rpcsec_policy *policy)
{
    const struct {
        enum rpcsec_limit limit;
        uint64_t value;
    } limits[] = {
        {RPCSEC_LIMIT_FRAGMENT_BYTES, server ? p->server_fragment : p->client_fragment},
        {RPCSEC_LIMIT_CALLS_IN_FLIGHT, server ? p->server_calls : p->client_calls},
        {RPCSEC_LIMIT_OUTPUT_BYTES, server ? p->server_output : p->client_output},
        {RPCSEC_LIMIT_REQUEST_BYTES, p->request_bytes},
        {RPCSEC_LIMIT_RESPONSE_BYTES, p->response_bytes},
        {RPCSEC_LIMIT_HANDSHAKE_MS, p->handshake_ms},
        {RPCSEC_LIMIT_STALL_MS, p->stall_ms},
    };
    bool done = true;

    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
        done &= rpcsec_policy_set_limit(policy, limits[i].limit, limits[i].value) == RPCSEC_OK;
    return done;
}

struct rpcsec_policy *plan_policy(const struct plan *plan, bool server)
{
    struct rpcsec_policy *policy = NULL;

    if (rpcsec_policy_new(&policy, NULL) != RPCSEC_OK)
        return NULL;
    policy->anonymous = server && plan->level == RPCSEC_LEVEL_NONE;
    policy->third_leg = plan->third_leg;
    policy->header_signing = server ? plan->server_header_signing : plan->client_header_signing;
    policy->verification_trailer = plan->verification;
    if (!set_limits(plan, server, policy)) {
        rpcsec_policy_free(policy);
        return NULL;
    }
    atomic_store(&policy->frozen, true);
    return policy;
}
