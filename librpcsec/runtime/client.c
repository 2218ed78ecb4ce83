/* SPDX-License-Identifier: MIT
 *
 * runtime/client.c: opening and closing clients and their views, and the entry of each call.
 * Layer: runtime. Documents: C706 3.1, MS-RPCE 2.1.1.1.
 */
#include <string.h>

#include <rpcsec/ndr.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "runtime/client.h"

/* ---- opening ---- */

static void link_free(struct client_link *link)
{
    if (!link)
        return;
    client_disconnect(link);
    while (link->peer) {
        struct client_peer *older = link->peer->older;

        mem_free(link->peer);
        link->peer = older;
    }
    writer_done(&link->writer);
    mem_free(link->contexts);
    mem_free(link->spn);
    identities_free(link);
    client_group_unref(link->group);
    watch_done(&link->watch);
    wake_done(&link->wake);
    pthread_mutex_destroy(&link->lock);
    rpcsec_policy_free(link->policy);
    mem_free(link);
}

void client_link_unref(struct client_link *link)
{
    if (link && atomic_fetch_sub(&link->refs, 1) == 1)
        link_free(link);
}

static rpcsec_status take_options(struct client_link *link,
                                  const struct rpcsec_client_options *options,
                                  struct rpcsec_error *err)
{
    const struct rpcsec_client_options none = {.size = sizeof(none)};

    if (options && options->size < sizeof(*options))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the client options carry no size: set .size = sizeof(options)");
    link->options = options ? *options : none;
    if (!link->options.transfers)
        link->options.transfers = RPCSEC_TRANSFER_NDR;
    if (link->options.transfers & ~(unsigned)(RPCSEC_TRANSFER_NDR | RPCSEC_TRANSFER_NDR64) ||
        (link->options.big_endian && link->options.transfers != RPCSEC_TRANSFER_NDR))
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the transfer syntaxes are not valid (NDR64 is little-endian)");
    return policy_freeze(link->options.policy, &link->policy, err);
}

static rpcsec_status choose_own(struct client_link *link, struct rpcsec_error *err)
{
    const bool counts = (link->policy->mechanisms & RPCSEC_MECH_LOCAL) != 0;
    const bool asked = link->options.mechanism == RPCSEC_MECH_LOCAL;

    if (asked && (!counts || !link->binding.is_local))
        return error_set(err, counts ? RPCSEC_INVALID_ARGUMENT : RPCSEC_POLICY_REFUSED,
                         RPCSEC_LAYER_POLICY,
                         "the mechanism local is for ncalrpc, and for a policy that has it");
    link->by_kernel = link->binding.is_local && counts &&
                      link->options.level != RPCSEC_LEVEL_NONE &&
                      (asked || link->options.mechanism == RPCSEC_MECH_NONE);
    if (link->by_kernel) {
        link->own.level = RPCSEC_LEVEL_NONE; /* nothing of it on the wire */
        return RPCSEC_OK;
    }
    return identity_choose(&link->own, link->policy, link->options.level,
                           link->options.mechanism, err);
}

static rpcsec_status copy_spn(struct client_link *link, const char *spn,
                              struct rpcsec_error *err)
{
    if (strnlen(spn, LIMIT_SPN_LEN + 1) > LIMIT_SPN_LEN || !*spn)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the service principal is empty or too long");
    link->spn = mem_strdup(spn);
    return link->spn ? RPCSEC_OK : error_no_memory(err);
}

/* Never from DNS and never from the server: what the caller typed decides whom we talk to. */
static rpcsec_status choose_spn(struct client_link *link, const char *spn,
                                struct rpcsec_error *err)
{
    char host_spn[BINDING_HOST_LEN + 8];

    if (spn)
        return copy_spn(link, spn, err);
    if (link->own.level == RPCSEC_LEVEL_NONE &&
        (link->binding.is_address || link->binding.is_local))
        return RPCSEC_OK; /* views that authenticate need one */
    if (link->binding.is_local)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "ncalrpc names no service: give the service principal of the server, "
                         "or a policy with the mechanism local, to know it by its user");
    if (link->binding.is_address)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "'%s' is an address: give the service principal of the server, for "
                         "example host/files.example.com",
                         link->binding.host);
    text_print(host_spn, sizeof(host_spn), "host/%s", link->binding.host);
    return copy_spn(link, host_spn, err);
}

static rpcsec_status take_binding(struct client_link *link, const char *binding,
                                  struct rpcsec_error *err)
{
    rpcsec_status status = binding_parse(binding, &link->binding, err);

    if (status)
        return status;
    if (link->binding.is_local)
        return RPCSEC_OK;
    if (!link->binding.host[0])
        return error_set(err, RPCSEC_BAD_BINDING, RPCSEC_LAYER_ARGUMENT,
                         "the string binding '%s' names no host", binding);
    if (link->binding.has_port && !link->binding.port)
        return error_set(err, RPCSEC_BAD_BINDING, RPCSEC_LAYER_ARGUMENT,
                         "the string binding '%s' names port 0: leave it out to ask the "
                         "endpoint mapper of the host",
                         binding);
    return RPCSEC_OK;
}

static rpcsec_status link_new(struct client_link **ret_link, struct rpcsec_error *err)
{
    struct client_link *link = mem_zalloc(sizeof(*link));
    const struct writer_shape empty = {.body_max = 16};

    if (!link)
        return error_no_memory(err);
    if (wake_init(&link->wake)) {
        mem_free(link);
        return error_set(err, RPCSEC_SYSTEM, RPCSEC_LAYER_TRANSPORT,
                         "no descriptor is left for a client");
    }
    atomic_init(&link->refs, 1);
    link->own.why = (struct rpcsec_error)RPCSEC_ERROR_INIT;
    link->watch = (struct watch){.fd = -1, .watched = -1};
    pthread_mutex_init(&link->lock, NULL);
    writer_init(&link->writer, &empty, false);
    link->expires = INT64_MAX;
    *ret_link = link;
    return RPCSEC_OK;
}

/* Without a port it connects when the first interface is known: C706 2.1 calls such a binding
 * partially bound. */
static rpcsec_status open_link(struct client_link *link, const char *binding, const char *spn,
                               const struct rpcsec_client_options *options,
                               uint64_t deadline_ms, struct rpcsec_error *err)
{
    rpcsec_status status = take_options(link, options, err);

    if (status == RPCSEC_OK)
        status = take_binding(link, binding, err);
    if (status == RPCSEC_OK)
        status = choose_own(link, err);
    if (status == RPCSEC_OK)
        status = choose_spn(link, spn, err);
    if (status == RPCSEC_OK)
        status = client_group_find(link, err);
    if (status == RPCSEC_OK && (link->binding.has_port || link->binding.is_local))
        status = client_connect(link, NULL, deadline_ms, err);
    return status;
}

static rpcsec_status client_new(struct client_link *link, struct rpcsec_client **ret_client,
                                struct rpcsec_error *err)
{
    struct rpcsec_client *client = mem_zalloc(sizeof(*client));

    if (!client)
        return error_no_memory(err);
    client->link = link;
    client->identity = &link->own;
    client->has_object = link->binding.has_object;
    client->object = link->binding.object;
    *ret_client = client;
    return RPCSEC_OK;
}

rpcsec_status client_open_until(const char *binding, const char *spn,
                                const struct rpcsec_client_options *options,
                                uint64_t deadline_ms, struct rpcsec_client **ret_client,
                                struct rpcsec_error *err)
{
    struct client_link *link = NULL;
    rpcsec_status status = link_new(&link, err);

    if (status == RPCSEC_OK)
        status = open_link(link, binding, spn, options, deadline_ms, err);
    if (status == RPCSEC_OK)
        status = client_new(link, ret_client, err);
    if (status)
        link_free(link);
    return status;
}

rpcsec_status rpcsec_client_open_with(const char *binding, const char *spn,
                                      const struct rpcsec_client_options *options,
                                      struct rpcsec_client **ret_client,
                                      struct rpcsec_error *err)
{
    error_clear(err);
    if (!binding || !ret_client)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a client needs a string binding");
    return client_open_until(binding, spn, options, LOOP_NEVER, ret_client, err);
}

rpcsec_status client_open_over(struct transport *transport, const struct pkg_ops *package,
                               const char *spn, const struct rpcsec_client_options *options,
                               struct rpcsec_client **ret_client, struct rpcsec_error *err)
{
    struct client_link *link = NULL;
    rpcsec_status status = link_new(&link, err);

    if (status) {
        transport->ops->close(transport);
        return status;
    }
    link->transport = transport;
    status = take_options(link, options, err);
    if (status == RPCSEC_OK)
        status = choose_own(link, err);
    link->own.package = package;
    if (status == RPCSEC_OK)
        status = choose_spn(link, spn, err);
    if (status == RPCSEC_OK)
        status = client_group_find(link, err);
    if (status == RPCSEC_OK)
        status = client_new(link, ret_client, err);
    if (status)
        link_free(link);
    return status;
}

rpcsec_status rpcsec_client_open(const char *binding, const char *spn,
                                 struct rpcsec_policy *policy,
                                 struct rpcsec_client **ret_client, struct rpcsec_error *err)
{
    const struct rpcsec_client_options options = {.size = sizeof(options), .policy = policy};

    return rpcsec_client_open_with(binding, spn, &options, ret_client, err);
}

rpcsec_status rpcsec_client_with(struct rpcsec_client *client,
                                 const struct rpcsec_call_options *options,
                                 struct rpcsec_client **ret_view, struct rpcsec_error *err)
{
    struct client_identity *identity = NULL;
    struct rpcsec_client *view = NULL;
    rpcsec_status status;

    error_clear(err);
    if (!client || !options || options->size < sizeof(*options) || !ret_view)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a view needs a client and options with their size");
    status = identity_of_view(client->link, options, &identity, err);
    if (status == RPCSEC_OK)
        status = client_new(client->link, &view, err);
    if (status)
        return status;
    view->is_view = true;
    view->identity = identity;
    view->deadline_ms = options->deadline_ms;
    view->may_resend = options->may_resend;
    if (options->object) {
        view->has_object = true;
        view->object = *options->object;
    }
    *ret_view = view;
    return RPCSEC_OK;
}

const struct rpcsec_peer *rpcsec_client_peer(struct rpcsec_client *client)
{
    static const struct rpcsec_peer unknown = {
        .principal = "",
        .target = "",
        .address = "",
        .enctype = "",
        .level = RPCSEC_LEVEL_NONE,
        .expires = INT64_MAX,
    };
    const struct rpcsec_peer *peer = &unknown;

    pthread_mutex_lock(&client->link->lock);
    if (client->link->peer)
        peer = &client->link->peer->peer;
    pthread_mutex_unlock(&client->link->lock);
    return peer;
}

/* Calls that live on keep what they need of the link, but not its connection. */
static void close_link(struct client_link *link)
{
    pthread_mutex_lock(&link->lock);
    link->closed = true;
    link->driving = true;
    link->driver = pthread_self();
    pthread_mutex_unlock(&link->lock);
    client_end_all(link);
    client_disconnect(link);
    client_link_unref(link);
}

void rpcsec_client_close(struct rpcsec_client *client)
{
    if (!client)
        return;
    if (!client->is_view)
        close_link(client->link);
    mem_free(client);
}

/* ---- calls ---- */

static void take_view(const struct rpcsec_client *client, struct client_call *call)
{
    uint64_t timeout_ms = client->deadline_ms
                              ? client->deadline_ms
                              : policy_limit(client->link->policy, RPCSEC_LIMIT_CALL_MS);

    call->deadline_ms = loop_now_ms() + timeout_ms;
    call->object = client->has_object ? &client->object : NULL;
    call->may_resend = client->may_resend;
    call->identity = client->identity;
}

rpcsec_status rpcsec_client_bind(struct rpcsec_client *client,
                                 const struct rpcsec_interface *interface,
                                 struct rpcsec_error *err)
{
    struct client_call call = {.interface = interface, .err = err};

    error_clear(err);
    if (!client || !interface)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a bind needs a client and an interface");
    take_view(client, &call);
    return client_call_run(client->link, &call);
}

static rpcsec_status check_tables(const struct rpcsec_interface *interface, uint32_t opnum,
                                  struct rpcsec_error *err)
{
    if (interface->table_version > RPCSEC_INTERFACE_VERSION)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "the tables of '%s' were made for a newer library: update librpcsec",
                         interface->name);
    if (opnum >= interface->num_operations || opnum > UINT16_MAX)
        return error_set(err, RPCSEC_UNKNOWN_OPERATION, RPCSEC_LAYER_ARGUMENT,
                         "'%s' has no operation %u", interface->name, (unsigned)opnum);
    if (!interface->operations[opnum].args ||
        interface->operations[opnum].args->version > RPCSEC_NDR_TABLE_VERSION)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "operation %u of '%s' cannot be called", (unsigned)opnum,
                         interface->name);
    return RPCSEC_OK;
}

rpcsec_status client_describe_call(const struct rpcsec_client *client,
                                   const struct rpcsec_interface *interface, uint32_t opnum,
                                   struct client_call *call, struct rpcsec_error *err)
{
    rpcsec_status status = check_tables(interface, opnum, err);

    if (status)
        return status;
    take_view(client, call);
    call->interface = interface;
    call->operation = &interface->operations[opnum];
    call->opnum = opnum;
    call->may_resend |= (call->operation->flags & RPCSEC_OPERATION_IDEMPOTENT) != 0;
    return RPCSEC_OK;
}

rpcsec_status rpcsec_client_call(struct rpcsec_client *client, struct rpcsec_arena *arena,
                                 const struct rpcsec_interface *interface, uint32_t opnum,
                                 void *args, struct rpcsec_error *err)
{
    struct client_call call = {.args = args, .arena = arena, .err = err};
    rpcsec_status status;

    error_clear(err);
    if (!client || !interface || !args || !arena)
        return error_set(err, RPCSEC_INVALID_ARGUMENT, RPCSEC_LAYER_ARGUMENT,
                         "a call needs a client, an arena, an interface and arguments");
    status = client_describe_call(client, interface, opnum, &call, err);
    return status ? status : client_call_run(client->link, &call);
}
