/* SPDX-License-Identifier: MIT
 *
 * base/policy.c: what is asked of peers and what is refused. Layer: base.
 *
 * Only holds and checks the values: the layers above obey them. A policy is changed by one
 * owner until policy_freeze; from then on it never changes, so it needs no lock.
 */
#include "base/policy.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/limits.h"

#define ALL_MECHANISMS                                                            \
    ((unsigned)(RPCSEC_MECH_KERBEROS | RPCSEC_MECH_NEGOTIATE | RPCSEC_MECH_NTLM | \
                RPCSEC_MECH_LOCAL))

struct limit_range {
    uint64_t value;
    uint64_t least;
    uint64_t greatest;
};

static const struct limit_range limit_ranges[RPCSEC_NUM_LIMITS] = {
#define X(name, value, least, greatest, text) {value, least, greatest},
    RPCSEC_LIMIT_LIST(X)
#undef X
};

static void set_defaults(struct rpcsec_policy *policy)
{
    atomic_init(&policy->refs, 1);
    atomic_init(&policy->frozen, false);
    policy->level = RPCSEC_LEVEL_PRIVACY;
    policy->anonymous = false;
    policy->tell_errors = true;
    policy->mechanisms = RPCSEC_MECH_KERBEROS | RPCSEC_MECH_NEGOTIATE;
    policy->header_signing = RPCSEC_REQUIRED;
    policy->verification_trailer = RPCSEC_REQUIRED;
    policy->third_leg = RPCSEC_THIRD_LEG_ALTER;
    for (size_t i = 0; i < RPCSEC_NUM_LIMITS; i++)
        policy->limits[i] = limit_ranges[i].value;
}

static struct rpcsec_policy *new_policy(void)
{
    struct rpcsec_policy *policy = mem_zalloc(sizeof(*policy));

    if (policy)
        set_defaults(policy);
    return policy;
}

rpcsec_status rpcsec_policy_new(struct rpcsec_policy **ret_policy, struct rpcsec_error *err)
{
    struct rpcsec_policy *policy;

    error_clear(err);
    if (!ret_policy)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "rpcsec_policy_new needs a place for the policy");
    policy = new_policy();
    if (!policy)
        return error_no_memory(err);
    *ret_policy = policy;
    return RPCSEC_OK;
}

struct rpcsec_policy *rpcsec_policy_ref(struct rpcsec_policy *policy)
{
    if (policy)
        atomic_fetch_add_explicit(&policy->refs, 1, memory_order_relaxed);
    return policy;
}

void rpcsec_policy_free(struct rpcsec_policy *policy)
{
    if (!policy || atomic_fetch_sub_explicit(&policy->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (size_t i = 0; i < policy->num_accept_spns; i++)
        mem_free(policy->accept_spns[i]);
    mem_free(policy->keytab);
    mem_free(policy->ccache);
    mem_free(policy->local_directory);
    mem_free(policy);
}

rpcsec_status policy_freeze(struct rpcsec_policy *policy, struct rpcsec_policy **ret_frozen,
                            struct rpcsec_error *err)
{
    struct rpcsec_policy *frozen = policy ? rpcsec_policy_ref(policy) : new_policy();

    if (!frozen)
        return error_no_memory(err);
    atomic_store(&frozen->frozen, true);
    *ret_frozen = frozen;
    return RPCSEC_OK;
}

/* What every setter asks first. */
static rpcsec_status check_open(const struct rpcsec_policy *policy)
{
    if (!policy)
        return RPCSEC_INVALID_ARGUMENT;
    return atomic_load(&policy->frozen) ? RPCSEC_INVALID_STATE : RPCSEC_OK;
}

/* check_open for setters of a value, which must be valid. */
static rpcsec_status check_set(const struct rpcsec_policy *policy, bool valid)
{
    rpcsec_status status = check_open(policy);

    if (status == RPCSEC_OK && !valid)
        status = RPCSEC_INVALID_ARGUMENT;
    return status;
}

rpcsec_status rpcsec_policy_set_level(struct rpcsec_policy *policy, enum rpcsec_level level)
{
    rpcsec_status status =
        check_set(policy, level >= RPCSEC_LEVEL_NONE && level <= RPCSEC_LEVEL_PRIVACY);

    if (status == RPCSEC_OK)
        policy->level = level;
    return status;
}

rpcsec_status rpcsec_policy_set_anonymous(struct rpcsec_policy *policy, bool allowed)
{
    rpcsec_status status = check_open(policy);

    if (status == RPCSEC_OK)
        policy->anonymous = allowed;
    return status;
}

rpcsec_status rpcsec_policy_set_node(struct rpcsec_policy *policy, uint8_t node)
{
    rpcsec_status status = check_open(policy);

    if (status == RPCSEC_OK)
        policy->node = node;
    return status;
}

rpcsec_status rpcsec_policy_set_tell_errors(struct rpcsec_policy *policy, bool told)
{
    rpcsec_status status = check_open(policy);

    if (status == RPCSEC_OK)
        policy->tell_errors = told;
    return status;
}

rpcsec_status rpcsec_policy_set_mechanisms(struct rpcsec_policy *policy, unsigned mechanisms)
{
    rpcsec_status status = check_set(policy, (mechanisms & ~ALL_MECHANISMS) == 0);

    if (status == RPCSEC_OK)
        policy->mechanisms = mechanisms;
    return status;
}

static bool is_demand(enum rpcsec_demand demand)
{
    return demand == RPCSEC_REQUIRED || demand == RPCSEC_ACCEPTED || demand == RPCSEC_OFF;
}

rpcsec_status rpcsec_policy_set_header_signing(struct rpcsec_policy *policy,
                                               enum rpcsec_demand demand)
{
    rpcsec_status status = check_set(policy, is_demand(demand));

    if (status == RPCSEC_OK)
        policy->header_signing = demand;
    return status;
}

rpcsec_status rpcsec_policy_set_verification_trailer(struct rpcsec_policy *policy,
                                                     enum rpcsec_demand demand)
{
    rpcsec_status status = check_set(policy, is_demand(demand));

    if (status == RPCSEC_OK)
        policy->verification_trailer = demand;
    return status;
}

rpcsec_status rpcsec_policy_set_third_leg(struct rpcsec_policy *policy,
                                          enum rpcsec_third_leg form)
{
    rpcsec_status status =
        check_set(policy, form == RPCSEC_THIRD_LEG_ALTER || form == RPCSEC_THIRD_LEG_AUTH3);

    if (status == RPCSEC_OK)
        policy->third_leg = form;
    return status;
}

/* Puts a copy of `text`, or NULL, into a string of the policy. */
static rpcsec_status set_text(struct rpcsec_policy *policy, char **place, const char *text)
{
    rpcsec_status status = check_set(policy, !text || text[0] != '\0');
    char *copy = NULL;

    if (status != RPCSEC_OK)
        return status;
    if (text && !(copy = mem_strdup(text)))
        return RPCSEC_NO_MEMORY;
    mem_free(*place);
    *place = copy;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_policy_set_keytab(struct rpcsec_policy *policy, const char *keytab)
{
    return set_text(policy, policy ? &policy->keytab : NULL, keytab);
}

rpcsec_status rpcsec_policy_set_ccache(struct rpcsec_policy *policy, const char *ccache)
{
    return set_text(policy, policy ? &policy->ccache : NULL, ccache);
}

rpcsec_status rpcsec_policy_set_local_directory(struct rpcsec_policy *policy,
                                                const char *directory)
{
    if (directory && directory[0] != '/')
        return RPCSEC_INVALID_ARGUMENT;
    return set_text(policy, policy ? &policy->local_directory : NULL, directory);
}

rpcsec_status rpcsec_policy_set_local_owner(struct rpcsec_policy *policy, uint32_t uid)
{
    rpcsec_status status = check_open(policy);

    if (status == RPCSEC_OK) {
        policy->has_local_owner = true;
        policy->local_owner = uid;
    }
    return status;
}

static bool is_spn(const char *spn)
{
    return spn && spn[0] != '\0' && strnlen(spn, LIMIT_SPN_LEN + 1) <= LIMIT_SPN_LEN;
}

rpcsec_status rpcsec_policy_accept_spn(struct rpcsec_policy *policy, const char *spn)
{
    rpcsec_status status = check_set(policy, is_spn(spn));

    if (status != RPCSEC_OK)
        return status;
    if (policy->num_accept_spns == POLICY_MAX_SPNS)
        return RPCSEC_LIMIT;
    status = set_text(policy, &policy->accept_spns[policy->num_accept_spns], spn);
    if (status == RPCSEC_OK)
        policy->num_accept_spns++;
    return status;
}

rpcsec_status rpcsec_policy_add_proxy(struct rpcsec_policy *policy, const char *network)
{
    struct network parsed;
    rpcsec_status status = check_set(policy, network_parse(network, &parsed) == RPCSEC_OK);

    if (status != RPCSEC_OK)
        return status;
    if (policy->num_proxies == POLICY_MAX_PROXIES)
        return RPCSEC_LIMIT;
    policy->proxies[policy->num_proxies++] = parsed;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_policy_set_limit(struct rpcsec_policy *policy, enum rpcsec_limit limit,
                                      uint64_t value)
{
    rpcsec_status status = check_set(policy, (size_t)limit < RPCSEC_NUM_LIMITS);

    if (status != RPCSEC_OK)
        return status;
    if (value < limit_ranges[limit].least || value > limit_ranges[limit].greatest)
        return RPCSEC_OUT_OF_RANGE;
    policy->limits[limit] = value;
    return RPCSEC_OK;
}

uint64_t policy_limit(const struct rpcsec_policy *policy, enum rpcsec_limit limit)
{
    return (size_t)limit < RPCSEC_NUM_LIMITS ? policy->limits[limit] : 0;
}

/* The bytes of a principal name before an unquoted separator, or all of it; MIT's text form
 * quotes with a backslash. */
static size_t part_len(const char *name, char separator)
{
    size_t len = 0;

    while (name[len] && name[len] != separator) {
        if (name[len] == '\\' && name[len + 1])
            len++;
        len++;
    }
    return len;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool equal_without_case(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

/* `accepted` is ours, `spn` is the ticket's. */
static bool spn_matches(const char *accepted, const char *spn)
{
    size_t name_len = part_len(accepted, '@');
    size_t service_len = part_len(accepted, '/');

    if (part_len(spn, '@') != name_len)
        return false;
    if (service_len > name_len)
        service_len = name_len;
    if (strncmp(accepted, spn, service_len) != 0)
        return false;
    if (!equal_without_case(accepted + service_len, spn + service_len, name_len - service_len))
        return false;
    return accepted[name_len] == '\0' || strcmp(accepted + name_len, spn + name_len) == 0;
}

bool policy_accepts_spn(const struct rpcsec_policy *policy, const char *spn)
{
    for (size_t i = 0; i < policy->num_accept_spns; i++) {
        if (spn_matches(policy->accept_spns[i], spn))
            return true;
    }
    return policy->num_accept_spns == 0;
}
