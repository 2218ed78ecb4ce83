/* SPDX-License-Identifier: MIT
 *
 * runtime/client_connection.c: the connection of a blocking client: connecting, binding,
 * handshake steps, the peer. Layer: runtime. Documents: MS-RPCE 3.3.1.5.2 (handshake), 2.2.1.1.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/uuid.h"
#include "runtime/client.h"
#include "runtime/epm.h"
#include "runtime/local.h"

/* ---- connecting ---- */

/* The port of this connection. Where an endpoint mapper tells it, it is asked for each one: a
 * server that was started again may have another. */
static rpcsec_status find_port(struct client_link *link,
                               const struct rpcsec_interface *interface, uint64_t deadline_ms,
                               char out[BINDING_PORT_LEN], struct rpcsec_error *err)
{
    uint16_t port = link->binding.port;
    rpcsec_status status = RPCSEC_OK;

    if (!link->binding.has_port && !link->binding.is_local)
        status =
            epm_find_port(&link->binding, link->policy, interface, deadline_ms, &port, err);
    if (status == RPCSEC_OK)
        text_print(out, BINDING_PORT_LEN, "%u", (unsigned)port);
    return status;
}

/* A client of the mechanism LOCAL, like others, goes to nobody's socket but the owner's. */
static rpcsec_status connect_within(struct client_link *link, const char *port,
                                    uint64_t timeout_ms, struct rpcsec_error *err)
{
    const struct transport_place place =
        local_place(link->policy, link->binding.name, geteuid());

    if (link->binding.is_local)
        return transport_local_connect(&place, timeout_ms, &link->transport, err);
    return transport_tcp_connect(link->binding.host, port, timeout_ms, &link->transport, err);
}

static rpcsec_status connect_to(struct client_link *link, const char *port,
                                uint64_t deadline_ms, struct rpcsec_error *err)
{
    uint64_t now_ms = loop_now_ms();
    uint64_t timeout_ms = policy_limit(link->policy, RPCSEC_LIMIT_CONNECT_MS);
    rpcsec_status status;

    if (deadline_ms <= now_ms)
        return error_set(err, RPCSEC_TIMED_OUT, RPCSEC_LAYER_TRANSPORT,
                         "the deadline passed before there was a connection");
    if (deadline_ms - now_ms < timeout_ms)
        timeout_ms = deadline_ms - now_ms;
    status = connect_within(link, port, timeout_ms, err);
    if (status == RPCSEC_OK && !link->binding.is_local)
        transport_tcp_keep_alive(link->transport,
                                 policy_limit(link->policy, RPCSEC_LIMIT_KEEPALIVE_MS));
    return status;
}

static rpcsec_status connect_transport(struct client_link *link,
                                       const struct rpcsec_interface *interface,
                                       uint64_t deadline_ms, struct rpcsec_error *err)
{
    char port[BINDING_PORT_LEN];
    rpcsec_status status = find_port(link, interface, deadline_ms, port, err);

    return status ? status : connect_to(link, port, deadline_ms, err);
}

/* MS-RPCE 2.2.2.14, 3.3.1.5.3: orphaned calls do not end the connection; several security
 * contexts, where policy allows any. */
static uint16_t features(const struct client_link *link)
{
    uint16_t wanted = PDU_FEATURE_KEEP_ON_ORPHAN;

    if (policy_limit(link->policy, RPCSEC_LIMIT_SECURITY_CONTEXTS) > 1)
        wanted |= PDU_FEATURE_SECURITY_CONTEXTS;
    return wanted;
}

static rpcsec_status make_engine(struct client_link *link, struct rpcsec_error *err)
{
    const struct assoc_params params = {
        .policy = link->policy,
        .level = link->own.level,
        .auth_type = link->own.package ? link->own.package->auth_type : 0,
        .features = features(link),
        .big_endian = link->options.big_endian,
        .group_id = client_group_to_join(link),
        .now_ms = loop_now_ms(),
    };
    rpcsec_status status = assoc_new(&params, &link->assoc);

    if (status)
        return error_set(err, status, RPCSEC_LAYER_PROTOCOL,
                         "the association cannot be set up: %s", rpcsec_status_text(status));
    return RPCSEC_OK;
}

rpcsec_status client_connect(struct client_link *link, const struct rpcsec_interface *interface,
                             uint64_t deadline_ms, struct rpcsec_error *err)
{
    rpcsec_status status =
        link->transport ? RPCSEC_OK : connect_transport(link, interface, deadline_ms, err);

    if (status)
        return status;
    return link->assoc ? RPCSEC_OK : make_engine(link, err);
}

void client_disconnect(struct client_link *link)
{
    assoc_free(link->assoc);
    link->assoc = NULL;
    watch_forget(&link->watch);
    if (link->transport)
        link->transport->ops->close(link->transport);
    link->transport = NULL;
    client_group_leave(link);
    identities_reset(link);
    link->securing = NULL;
    link->written = false;
    link->ready = false;
    link->retiring = false;
    link->expires = INT64_MAX;
    link->num_contexts = 0;
}

/* ---- presentation contexts ---- */

struct client_context *client_find_context(struct client_link *link,
                                           const struct rpcsec_syntax *interface)
{
    for (size_t i = 0; i < link->num_contexts; i++) {
        if (syntax_equal(&link->contexts[i].interface, interface))
            return &link->contexts[i];
    }
    return NULL;
}

bool client_is_binding(const struct client_link *link)
{
    return link->securing || (link->num_contexts &&
                              link->contexts[link->num_contexts - 1].state == CONTEXT_PENDING);
}

static rpcsec_status make_room(struct client_link *link, struct rpcsec_error *err)
{
    size_t max = link->max_contexts ? link->max_contexts * 2 : 4;
    struct client_context *contexts;

    if (link->num_contexts < link->max_contexts)
        return RPCSEC_OK;
    if (link->num_contexts >= policy_limit(link->policy, RPCSEC_LIMIT_PRESENTATION_CONTEXTS))
        return error_set(err, RPCSEC_LIMIT, RPCSEC_LAYER_POLICY,
                         "the connection has %zu presentation contexts already",
                         link->num_contexts);
    contexts = mem_resize(link->contexts, max * sizeof(*contexts));
    if (!contexts)
        return error_no_memory(err);
    link->contexts = contexts;
    link->max_contexts = max;
    return RPCSEC_OK;
}

rpcsec_status client_start_bind(struct client_link *link, const struct rpcsec_syntax *interface,
                                struct rpcsec_error *err)
{
    struct client_context context = {.interface = *interface, .state = CONTEXT_PENDING};
    struct rpcsec_syntax transfers[ASSOC_MAX_TRANSFERS];
    size_t num = 0;
    rpcsec_status status = make_room(link, err);

    if (status)
        return status;
    if (link->options.transfers & RPCSEC_TRANSFER_NDR)
        transfers[num++] = syntax_ndr;
    if (link->options.transfers & RPCSEC_TRANSFER_NDR64)
        transfers[num++] = syntax_ndr64;
    status = assoc_bind(link->assoc, interface, transfers, num, &context.id, loop_now_ms());
    if (status)
        return error_set(err, status, RPCSEC_LAYER_PROTOCOL, "the bind cannot be sent: %s",
                         rpcsec_status_text(status));
    link->contexts[link->num_contexts++] = context;
    return RPCSEC_OK;
}

/* ---- who the server is ---- */

/* Copies a peer and its strings into one block, so that it outlives the connection. */
static struct client_peer *copy_peer(const struct rpcsec_peer *peer, const char *address)
{
    const char *texts[4] = {peer->principal, peer->target, address, peer->enctype};
    size_t lens[4];
    size_t total = sizeof(struct client_peer);
    struct client_peer *copy;
    char *at;

    for (int i = 0; i < 4; i++) {
        lens[i] = texts[i] ? strlen(texts[i]) : 0;
        total += lens[i] + 1;
    }
    copy = mem_zalloc(total);
    if (!copy)
        return NULL;
    at = (char *)(copy + 1);
    for (int i = 0; i < 4; i++) {
        if (lens[i])
            memcpy(at, texts[i], lens[i]);
        texts[i] = at;
        at += lens[i] + 1;
    }
    copy->peer = *peer;
    copy->peer.principal = texts[0];
    copy->peer.target = texts[1];
    copy->peer.address = texts[2];
    copy->peer.enctype = texts[3];
    if (peer->local) {
        copy->local = *peer->local;
        copy->peer.local = &copy->local;
    }
    return copy;
}

static bool same_peer(const struct rpcsec_peer *a, const struct rpcsec_peer *b,
                      const char *address)
{
    return strcmp(a->principal, b->principal) == 0 && strcmp(a->target, b->target) == 0 &&
           strcmp(a->enctype, b->enctype) == 0 && strcmp(a->address, address) == 0 &&
           !a->local && !b->local && a->mechanism == b->mechanism && a->level == b->level &&
           a->expires == b->expires;
}

/* Without memory the peer stays as it was before. */
static void note_peer(struct client_link *link, const struct rpcsec_peer *peer)
{
    const char *address = link->transport->ops->peer_address(link->transport);
    struct client_peer *copy;

    if (link->peer && same_peer(&link->peer->peer, peer, address))
        return;
    copy = copy_peer(peer, address);
    if (!copy)
        return;
    pthread_mutex_lock(&link->lock);
    copy->older = link->peer;
    link->peer = copy;
    pthread_mutex_unlock(&link->lock);
}

/* The server that the kernel tells: transport_local_connect has checked its user. */
static void note_local_peer(struct client_link *link)
{
    struct rpcsec_local_peer ids;
    struct rpcsec_peer peer;
    char principal[LOCAL_PRINCIPAL_LEN];

    if (!link->transport->ops->credentials(link->transport, &ids))
        return;
    local_peer_fill(&peer, principal, &ids);
    note_peer(link, &peer);
}

/* The connection lives as long as all its security contexts. One that began expired would be
 * made anew for ever. */
static void note_expiry(struct client_link *link, const struct rpcsec_peer *peer)
{
    if (peer->expires > time(NULL) && peer->expires < link->expires)
        link->expires = peer->expires;
}

void client_note_bound(struct client_link *link, const struct assoc_event *event)
{
    static const struct rpcsec_peer nobody = {
        .principal = "",
        .target = "",
        .address = "",
        .enctype = "",
        .level = RPCSEC_LEVEL_NONE,
        .expires = INT64_MAX,
    };
    const struct sec_context *sec = link->ready ? NULL : assoc_security(link->assoc);
    const struct rpcsec_peer *peer = sec ? sspi_ctx_peer(sec->ctx) : &nobody;

    for (size_t i = 0; i < link->num_contexts; i++) {
        struct client_context *context = &link->contexts[i];

        if (context->state != CONTEXT_PENDING) /* one bind at a time */
            continue;
        context->id = event->bound.context_id;
        context->ndr64 = event->bound.ndr64;
        context->state = event->bound.accepted ? CONTEXT_ACCEPTED : CONTEXT_REJECTED;
        context->result = event->bound.result;
        context->reason = event->bound.reason;
    }
    if (link->ready)
        return;
    link->ready = true;
    link->own.state = IDENTITY_READY;
    link->own.sec_id = sec ? 0 : ASSOC_NO_SECURITY;
    client_group_enter(link, assoc_group(link->assoc));
    note_expiry(link, peer);
    if (link->by_kernel)
        note_local_peer(link);
    else
        note_peer(link, peer);
}

rpcsec_status client_start_securing(struct client_link *link, struct client_identity *identity,
                                    struct rpcsec_error *err)
{
    rpcsec_status status = assoc_secure(link->assoc, identity->package->auth_type,
                                        identity->level, &identity->sec_id, loop_now_ms());

    if (status == RPCSEC_UNSUPPORTED)
        return error_set(err, status, RPCSEC_LAYER_PROTOCOL,
                         "the server takes one security context for each connection: open "
                         "another client instead of a view");
    if (status)
        return error_set(err, status, RPCSEC_LAYER_PROTOCOL,
                         "a further security context cannot be made: %s",
                         rpcsec_status_text(status));
    identity->state = IDENTITY_PENDING;
    link->securing = identity;
    return RPCSEC_OK;
}

void client_note_secured(struct client_link *link, const struct assoc_event *event)
{
    struct client_identity *identity = link->securing;
    const struct sec_context *sec = assoc_security(link->assoc);

    link->securing = NULL;
    if (!identity)
        return;
    identity->state = event->secured.status ? IDENTITY_FAILED : IDENTITY_READY;
    if (!event->secured.status && sec)
        note_expiry(link, sspi_ctx_peer(sec->ctx));
}

bool client_has_expired(const struct client_link *link)
{
    return link->ready && link->expires <= time(NULL);
}

/* ---- handshake steps ---- */

/* A credential for each handshake, so that a renewed ticket is picked up. */
static rpcsec_status make_context(struct client_link *link,
                                  const struct client_identity *identity,
                                  struct sspi_ctx **ret_ctx, struct rpcsec_error *err)
{
    const struct pkg_cred_params cred_params = {
        .outbound = true,
        .ccache = identity->ccache ? identity->ccache : link->policy->ccache,
        .ntlm = link->policy->mechanisms & RPCSEC_MECH_NTLM,
    };
    const struct sspi_ctx_params ctx_params = {
        .policy = link->policy,
        .target = link->spn,
        .level = identity->level,
        .initiator = true,
    };
    struct sspi_cred *cred;
    rpcsec_status status = sspi_cred_acquire(identity->package, &cred_params, &cred, err);

    if (status)
        return status;
    status = sspi_ctx_new(cred, &ctx_params, ret_ctx, err);
    sspi_cred_unref(cred);
    return status;
}

static rpcsec_status take_step(struct client_link *link, const struct assoc_event *event,
                               struct sspi_ctx **ctx, struct buf *ret_token, bool *ret_done,
                               struct rpcsec_error *err)
{
    const struct client_identity *identity = link->securing ? link->securing : &link->own;
    rpcsec_status status = *ctx ? RPCSEC_OK : make_context(link, identity, ctx, err);

    if (status)
        return status;
    return sspi_ctx_step(*ctx, event->need_token.token, event->need_token.token_len, ret_token,
                         ret_done, err);
}

rpcsec_status client_take_step(struct client_link *link, const struct assoc_event *event,
                               struct rpcsec_error *err)
{
    struct rpcsec_error why = RPCSEC_ERROR_INIT;
    struct assoc_token result = {
        .sec_id = event->need_token.sec_id,
        .ctx = event->need_token.ctx,
        .error = &why,
    };
    struct buf token;
    rpcsec_status status;

    buf_init(&token, LIMIT_TOKEN_LEN);
    result.status = take_step(link, event, &result.ctx, &token, &result.done, &why);
    if (result.status && link->securing)
        error_copy(&link->securing->why, &why);
    result.token = token.data;
    result.token_len = token.len;
    status = assoc_token(link->assoc, &result, loop_now_ms());
    buf_done(&token);
    /* CLOSED, and a failed step, come back as an event. */
    if (status == RPCSEC_OK || status == RPCSEC_CLOSED || result.status)
        return RPCSEC_OK;
    return error_set(err, status, RPCSEC_LAYER_SECURITY,
                     "the handshake cannot be continued: %s", rpcsec_status_text(status));
}
