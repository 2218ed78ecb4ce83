/* SPDX-License-Identifier: MIT
 *
 * runtime/client_identity.c: who calls and how protected: levels, mechanisms and credentials of
 * a client and its views. Layer: runtime. Documents: MS-RPCE 2.2.1.1.8, 3.3.1.5.4.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "runtime/client.h"

/* MS-RPCE 2.2.1.1.8: a client promotes level call to packet. */
static rpcsec_status choose_level(struct client_identity *identity,
                                  const struct rpcsec_policy *policy, enum rpcsec_level level,
                                  struct rpcsec_error *err)
{
    if (level == RPCSEC_LEVEL_DEFAULT)
        level = policy->level;
    if (level == RPCSEC_LEVEL_CALL)
        level = RPCSEC_LEVEL_PACKET;
    if (level < RPCSEC_LEVEL_NONE || level > RPCSEC_LEVEL_PRIVACY)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "there is no security level %d", (int)level);
    identity->level = level;
    return RPCSEC_OK;
}

/* The mechanism asked for, else the first that policy allows. */
static rpcsec_status choose_package(struct client_identity *identity,
                                    const struct rpcsec_policy *policy,
                                    enum rpcsec_mechanism mechanism, struct rpcsec_error *err)
{
    unsigned allowed = policy->mechanisms;
    unsigned wanted = mechanism ? (unsigned)mechanism : allowed;

    if (identity->level == RPCSEC_LEVEL_NONE)
        return RPCSEC_OK;
    for (unsigned bit = 1; bit <= RPCSEC_MECH_NTLM; bit <<= 1) {
        if (!(wanted & allowed & bit))
            continue;
        identity->package = sspi_package((enum rpcsec_mechanism)bit);
        if (identity->package)
            return RPCSEC_OK;
    }
    return error_set(err, wanted & allowed ? RPCSEC_UNSUPPORTED : RPCSEC_POLICY_REFUSED,
                     RPCSEC_LAYER_POLICY, "no security mechanism is left: asked for %s",
                     rpcsec_mechanism_name((enum rpcsec_mechanism)wanted));
}

rpcsec_status identity_choose(struct client_identity *identity,
                              const struct rpcsec_policy *policy, enum rpcsec_level level,
                              enum rpcsec_mechanism mechanism, struct rpcsec_error *err)
{
    rpcsec_status status = choose_level(identity, policy, level, err);

    return status ? status : choose_package(identity, policy, mechanism, err);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct client_identity *find(struct client_link *link,
                                    const struct client_identity *wanted, const char *ccache)
{
    struct client_identity *identity = &link->own;

    while (identity &&
           (identity->level != wanted->level || identity->package != wanted->package ||
            !same_text(identity->ccache, ccache)))
        identity = identity->next;
    return identity;
}

static rpcsec_status add(struct client_link *link, const struct client_identity *wanted,
                         const char *ccache, struct client_identity **ret_identity,
                         struct rpcsec_error *err)
{
    struct client_identity *identity;

    if (link->num_identities + 1 >= policy_limit(link->policy, RPCSEC_LIMIT_SECURITY_CONTEXTS))
        return error_set(err, RPCSEC_LIMIT, RPCSEC_LAYER_POLICY,
                         "the client has as many security contexts as the limit "
                         "SECURITY_CONTEXTS allows");
    identity = mem_zalloc(sizeof(*identity));
    if (!identity)
        return error_no_memory(err);
    *identity = *wanted;
    identity->ccache = ccache ? mem_strdup(ccache) : NULL;
    if (ccache && !identity->ccache) {
        mem_free(identity);
        return error_no_memory(err);
    }
    identity->next = link->own.next;
    link->own.next = identity;
    link->num_identities++;
    *ret_identity = identity;
    return RPCSEC_OK;
}

static rpcsec_status find_or_add(struct client_link *link, const struct client_identity *wanted,
                                 const char *ccache, struct client_identity **ret_identity,
                                 struct rpcsec_error *err)
{
    struct client_identity *identity;
    rpcsec_status status = RPCSEC_OK;

    pthread_mutex_lock(&link->lock);
    identity = find(link, wanted, ccache);
    if (identity)
        *ret_identity = identity;
    else
        status = add(link, wanted, ccache, ret_identity, err);
    pthread_mutex_unlock(&link->lock);
    return status;
}

rpcsec_status identity_of_view(struct client_link *link,
                               const struct rpcsec_call_options *options,
                               struct client_identity **ret_identity, struct rpcsec_error *err)
{
    struct client_identity wanted = {.why = RPCSEC_ERROR_INIT};
    const enum rpcsec_level level = options->level ? options->level : link->own.level;
    rpcsec_status status;

    if (!options->level && !options->mechanism && !options->ccache) {
        *ret_identity = &link->own;
        return RPCSEC_OK;
    }
    wanted.package = link->own.package;
    status = options->mechanism || !wanted.package
                 ? identity_choose(&wanted, link->policy, level, options->mechanism, err)
                 : choose_level(&wanted, link->policy, level, err);
    if (status)
        return status;
    if (wanted.level == RPCSEC_LEVEL_NONE && link->own.level != RPCSEC_LEVEL_NONE)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a client that authenticates makes no calls without: open another");
    if (wanted.level != RPCSEC_LEVEL_NONE && !link->spn)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the client was opened without a service principal");
    return find_or_add(link, &wanted, options->ccache, ret_identity, err);
}

void identities_free(struct client_link *link)
{
    while (link->own.next) {
        struct client_identity *identity = link->own.next;

        link->own.next = identity->next;
        mem_free(identity->ccache);
        mem_free(identity);
    }
}

void identities_reset(struct client_link *link)
{
    pthread_mutex_lock(&link->lock);
    for (struct client_identity *i = &link->own; i; i = i->next) {
        i->state = IDENTITY_NEW;
        error_clear(&i->why);
    }
    pthread_mutex_unlock(&link->lock);
}
