/* SPDX-License-Identifier: MIT
 *
 * flow/pair.c: see pair.h.
 */
#include "flow/pair.h"

#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "harness/fake_package.h"

#define NUM_IOVECS 16

const struct pair_package pair_fake = {"fake", &fake_package, "test/server.example"};
const struct pair_package *pair_package = &pair_fake;

static const struct pair_package real_packages[] = {
    {"kerberos", &pkg_kerberos, "host/localhost"},
    {"negotiate", &pkg_negotiate, "host/localhost"},
};

bool pair_choose_package(int argc, char **argv)
{
    for (size_t i = 0; i < 2 && argc > 1; i++) {
        if (strcmp(argv[1], real_packages[i].name) != 0)
            continue;
        pair_package = &real_packages[i];
        return true;
    }
    return false;
}

const struct rpcsec_syntax pair_echo = {
    {0x11111111, 0x2222, 0x3333, {0x44, 0x55}, {1, 2, 3, 4, 5, 6}}, 1, 0};
const struct rpcsec_syntax pair_other = {
    {0x99999999, 0x2222, 0x3333, {0x44, 0x55}, {1, 2, 3, 4, 5, 6}}, 2, 1};
const struct rpcsec_syntax pair_unknown = {
    {0xdeadbeef, 0x2222, 0x3333, {0x44, 0x55}, {1, 2, 3, 4, 5, 6}}, 1, 0};

/* What the engine thinks of an intent shows in its events. */
static void ignore(rpcsec_status status)
{
    (void)status;
}

static struct pair_end *end_of(struct pair *p, bool server)
{
    return server ? &p->server : &p->client;
}

/* ---- set-up ---- */

static const struct assoc_interface *find_interface(void *arg, const struct rpcsec_syntax *id)
{
    struct pair *p = arg;

    for (size_t i = 0; i < 2; i++) {
        if (syntax_equal(p->interfaces[i].id, id))
            return &p->interfaces[i];
    }
    return NULL;
}

static rpcsec_status set_limit(struct rpcsec_policy *policy, enum rpcsec_limit limit,
                               uint64_t value)
{
    return value ? rpcsec_policy_set_limit(policy, limit, value) : RPCSEC_OK;
}

static rpcsec_status set_limits(struct rpcsec_policy *policy, const struct pair_options *o,
                                bool server)
{
    const struct {
        enum rpcsec_limit limit;
        uint64_t value;
    } limits[] = {
        {RPCSEC_LIMIT_FRAGMENT_BYTES,
         server && o->server_fragment_bytes ? o->server_fragment_bytes : o->fragment_bytes},
        {RPCSEC_LIMIT_REQUEST_BYTES, server ? o->request_bytes : 0},
        {RPCSEC_LIMIT_RESPONSE_BYTES, server ? 0 : o->response_bytes},
        {RPCSEC_LIMIT_CALLS_IN_FLIGHT, o->calls_in_flight},
        {RPCSEC_LIMIT_OUTPUT_BYTES, o->output_bytes},
        {RPCSEC_LIMIT_SECURITY_CONTEXTS, o->security_contexts},
        {RPCSEC_LIMIT_PRESENTATION_CONTEXTS, server ? o->presentation_contexts : 0},
    };
    rpcsec_status status = RPCSEC_OK;

    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]) && status == RPCSEC_OK; i++)
        status = set_limit(policy, limits[i].limit, limits[i].value);
    return status;
}

static rpcsec_status make_policy(const struct pair_options *o, bool server,
                                 struct rpcsec_policy **ret_policy)
{
    struct rpcsec_policy *policy = NULL;
    rpcsec_status status = rpcsec_policy_new(&policy, NULL);

    if (status != RPCSEC_OK)
        return status;
    *ret_policy = policy;
    policy->anonymous = server && o->anonymous;
    policy->third_leg = o->third_leg;
    policy->header_signing = o->header_signing;
    if (server && o->server_header_signing_accepted)
        policy->header_signing = RPCSEC_ACCEPTED;
    policy->verification_trailer = o->verification;
    status = set_limits(policy, o, server);
    atomic_store(&policy->frozen, true);
    return status;
}

static enum rpcsec_level level_or_privacy(enum rpcsec_level level)
{
    return level == RPCSEC_LEVEL_DEFAULT ? RPCSEC_LEVEL_PRIVACY : level;
}

static void set_interfaces(struct pair *p)
{
    p->interfaces[0] = (struct assoc_interface){
        .id = &pair_echo,
        .num_operations = 5,
        .least_level = level_or_privacy(p->options.least),
        .open_operations = p->options.open_operations,
    };
    p->interfaces[1] = p->interfaces[0];
    p->interfaces[1].id = &pair_other;
    p->interfaces[1].num_operations = 3;
}

static rpcsec_status make_cred(struct pair *p, bool server)
{
    const struct pkg_cred_params params = {
        .inbound = server,
        .outbound = !server,
        .principal = server ? p->options.server_principal : p->options.client_principal,
    };

    return sspi_cred_acquire(pair_package->ops, &params, &end_of(p, server)->cred, NULL);
}

static rpcsec_status make_end(struct pair *p, bool server)
{
    struct pair_end *end = end_of(p, server);
    struct assoc_params params = {
        .server = server,
        .pool = server ? p->options.pool : NULL,
        .find_interface = find_interface,
        .find_interface_arg = p,
        .open_binds = p->options.open_binds,
        .ndr64 = p->options.ndr64,
        .group_id = server ? 0x01000007 : p->options.client_group,
        .features = p->options.client_features,
        .big_endian = !server && p->options.client_big_endian,
        .secondary_address = "7001",
        .level = level_or_privacy(p->options.level),
        .auth_type = pair_package->ops->auth_type,
        .now_ms = p->now_ms,
    };
    rpcsec_status status = make_policy(&p->options, server, &end->policy);

    params.policy = end->policy;
    memcpy(params.auth_types, p->options.auth_types, sizeof(params.auth_types));
    if (params.auth_types[0] == 0)
        params.auth_types[0] = pair_package->ops->auth_type;
    if (status == RPCSEC_OK)
        status = make_cred(p, server);
    if (status == RPCSEC_OK)
        status = assoc_new(&params, &end->a);
    return status;
}

rpcsec_status pair_new(const struct pair_options *options, struct pair **ret_pair)
{
    struct pair *p = mem_zalloc(sizeof(*p));
    rpcsec_status status;

    if (!p)
        return RPCSEC_NO_MEMORY;
    if (options)
        p->options = *options;
    p->now_ms = 1000;
    set_interfaces(p);
    status = make_end(p, false);
    if (status == RPCSEC_OK)
        status = make_end(p, true);
    if (status != RPCSEC_OK) {
        pair_free(p);
        return status;
    }
    *ret_pair = p;
    return RPCSEC_OK;
}

static void free_end(struct pair_end *end)
{
    assoc_free(end->a);
    sspi_cred_unref(end->cred);
    rpcsec_policy_free(end->policy);
    mem_free(end->wire.data);
}

void pair_free(struct pair *p)
{
    if (!p)
        return;
    pair_forget_events(p);
    /* A step that was not taken leaves its context with the driver. */
    free_end(&p->client);
    free_end(&p->server);
    mem_free(p->events);
    mem_free(p);
}

/* ---- events ---- */

void pair_forget_events(struct pair *p)
{
    for (size_t i = 0; i < p->num_events; i++)
        mem_free(p->events[i].data);
    p->num_events = 0;
}

static bool event_bytes(const struct assoc_event *event, const uint8_t **ret_data,
                        size_t *ret_len)
{
    switch (event->type) {
    case ASSOC_NEED_TOKEN:
        *ret_data = event->need_token.token;
        *ret_len = event->need_token.token_len;
        return true;
    case ASSOC_CALL:
        *ret_data = event->call.stub;
        *ret_len = event->call.stub_len;
        return true;
    case ASSOC_REPLY:
        *ret_data = event->reply.stub;
        *ret_len = event->reply.stub_len;
        return true;
    default:
        return false;
    }
}

static rpcsec_status grow_events(struct pair *p)
{
    size_t cap = p->events_cap ? p->events_cap * 2 : 32;
    struct pair_event *events;

    if (p->num_events < p->events_cap)
        return RPCSEC_OK;
    events = mem_resize(p->events, cap * sizeof(*events));
    if (!events)
        return RPCSEC_NO_MEMORY;
    p->events = events;
    p->events_cap = cap;
    return RPCSEC_OK;
}

static void note(struct pair *p, bool server, const struct assoc_event *event)
{
    struct pair_event noted = {.server = server, .event = *event};
    const uint8_t *data = NULL;

    if (grow_events(p) != RPCSEC_OK) {
        p->status = RPCSEC_NO_MEMORY;
        return;
    }
    if (event_bytes(event, &data, &noted.len) && noted.len != 0) {
        noted.data = mem_alloc(noted.len);
        if (noted.data)
            memcpy(noted.data, data, noted.len);
        else
            p->status = RPCSEC_NO_MEMORY;
    }
    p->events[p->num_events++] = noted;
}

static void take_step(struct pair *p, bool server, const struct assoc_event *event)
{
    struct pair_end *end = end_of(p, server);
    const struct sspi_ctx_params params = {
        .policy = end->policy,
        .target = server ? NULL : pair_package->target,
        .level = event->need_token.level,
        .initiator = !server,
    };
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct assoc_token result = {
        .sec_id = event->need_token.sec_id,
        .ctx = event->need_token.ctx,
        .error = &err,
    };
    struct buf token;

    buf_init(&token, LIMIT_TOKEN_LEN);
    if (!result.ctx)
        result.status = sspi_ctx_new(end->cred, &params, &result.ctx, &err);
    if (result.status == RPCSEC_OK)
        result.status = sspi_ctx_step(result.ctx, event->need_token.token,
                                      event->need_token.token_len, &token, &result.done, &err);
    result.token = token.data;
    result.token_len = token.len;
    ignore(assoc_token(end->a, &result, p->now_ms));
    buf_done(&token);
}

static void act(struct pair *p, bool server, const struct assoc_event *event)
{
    switch (event->type) {
    case ASSOC_NEED_TOKEN:
        if (server && p->options.no_server_steps)
            sspi_ctx_free(event->need_token.ctx);
        else
            take_step(p, server, event);
        break;
    case ASSOC_CALL:
        if (!p->options.hold_calls)
            ignore(pair_reply(p, event->call.call_id, event->call.stub, event->call.stub_len));
        break;
    default:
        break;
    }
}

void pair_events(struct pair *p, bool server)
{
    struct assoc_event event;

    while (assoc_next(end_of(p, server)->a, &event)) {
        note(p, server, &event);
        act(p, server, &event);
    }
}

/* ---- bytes ---- */

void pair_inject(struct pair *p, bool from_server, const void *data, size_t len)
{
    struct pair_wire *wire = &end_of(p, from_server)->wire;
    uint8_t *grown;

    if (len == 0)
        return;
    if (wire->len + len > wire->cap) {
        grown = mem_resize(wire->data, (wire->len + len) * 2);
        if (!grown) {
            p->status = RPCSEC_NO_MEMORY;
            return;
        }
        wire->data = grown;
        wire->cap = (wire->len + len) * 2;
    }
    memcpy(wire->data + wire->len, data, len);
    wire->len += len;
}

void pair_collect(struct pair *p, bool from_server)
{
    struct assoc *a = end_of(p, from_server)->a;
    struct iovec iov[NUM_IOVECS];
    size_t num;
    size_t len;

    while ((num = assoc_output(a, iov, NUM_IOVECS)) != 0) {
        len = 0;
        for (size_t i = 0; i < num; i++) {
            pair_inject(p, from_server, iov[i].iov_base, iov[i].iov_len);
            len += iov[i].iov_len;
        }
        assoc_consumed(a, len, p->now_ms);
        pair_events(p, from_server);
    }
}

/* Gives bytes to an end as it takes them; false when it takes none. */
static bool feed(struct pair *p, bool to_server, const uint8_t *data, size_t *len)
{
    struct assoc *a = end_of(p, to_server)->a;
    size_t room = 0;
    uint8_t *at = assoc_input(a, &room);

    if (!at) {
        pair_events(p, to_server); /* memory may have ended */
        return false;
    }
    if (*len > room)
        *len = room;
    memcpy(at, data, *len);
    assoc_received(a, *len, p->now_ms);
    pair_events(p, to_server);
    return true;
}

void pair_deliver(struct pair *p, bool from_server, size_t len, size_t piece)
{
    struct pair_wire *wire = &end_of(p, from_server)->wire;
    size_t at = 0;
    size_t part;

    if (len > wire->len)
        len = wire->len;
    while (at < len) {
        part = len - at < piece ? len - at : piece;
        if (!feed(p, !from_server, wire->data + at, &part))
            break;
        at += part;
    }
    if (at != 0)
        memmove(wire->data, wire->data + at, wire->len - at);
    wire->len -= at;
    if (wire->len == 0 && end_of(p, from_server)->eof) {
        assoc_received(end_of(p, !from_server)->a, 0, p->now_ms);
        pair_events(p, !from_server);
    }
}

void pair_run_pieces(struct pair *p, size_t piece)
{
    size_t before;

    do {
        before = p->num_events + p->client.wire.len + p->server.wire.len;
        pair_events(p, false);
        pair_collect(p, false);
        pair_deliver(p, false, SIZE_MAX, piece);
        pair_events(p, true);
        pair_collect(p, true);
        pair_deliver(p, true, SIZE_MAX, piece);
    } while (assoc_queued(p->client.a) != 0 || assoc_queued(p->server.a) != 0 ||
             before != p->num_events + p->client.wire.len + p->server.wire.len);
}

void pair_run(struct pair *p)
{
    pair_run_pieces(p, SIZE_MAX);
}

uint8_t *pair_pdu(struct pair *p, bool from_server, size_t nth, size_t *ret_len)
{
    struct pair_wire *wire = &end_of(p, from_server)->wire;
    size_t at = 0;
    size_t len;

    while (wire->len - at >= PDU_HEADER_LEN) {
        len = wire->data[at + 8] | (size_t)wire->data[at + 9] << 8;
        if (nth-- == 0) {
            *ret_len = len;
            return wire->data + at;
        }
        at += len;
        if (at > wire->len)
            break;
    }
    return NULL;
}

/* ---- intents ---- */

rpcsec_status pair_bind(struct pair *p, const struct rpcsec_syntax *interface,
                        uint16_t *ret_context_id)
{
    rpcsec_status status =
        assoc_bind(p->client.a, interface, &syntax_ndr, 1, ret_context_id, p->now_ms);

    if (status == RPCSEC_OK)
        pair_run(p);
    return status;
}

static void write_stub(struct writer *w, const uint8_t *stub, size_t len)
{
    if (stub) {
        writer_bytes(w, stub, len);
        return;
    }
    for (size_t i = 0; i < len; i++)
        writer_u8(w, (uint8_t)i);
}

rpcsec_status pair_call(struct pair *p, uint16_t context_id, uint16_t opnum,
                        const uint8_t *stub, size_t len, uint32_t *ret_call_id)
{
    const struct assoc_request request = {
        .context_id = context_id, .opnum = opnum, .sec_id = p->options.sec_id};
    struct writer_shape shape;
    struct writer w;
    rpcsec_status status = assoc_request_shape(p->client.a, request.sec_id, false, &shape);

    if (status != RPCSEC_OK)
        return status;
    writer_init(&w, &shape, false);
    write_stub(&w, stub, len);
    status = assoc_call(p->client.a, &request, &w, ret_call_id, p->now_ms);
    writer_done(&w);
    return status;
}

rpcsec_status pair_reply(struct pair *p, uint32_t call_id, const uint8_t *stub, size_t len)
{
    struct writer_shape shape;
    struct writer w;
    rpcsec_status status = assoc_reply_shape(p->server.a, call_id, &shape);

    if (status != RPCSEC_OK)
        return status;
    writer_init(&w, &shape, false);
    write_stub(&w, stub, len);
    status = assoc_reply(p->server.a, call_id, &w, p->now_ms);
    writer_done(&w);
    return status;
}

/* ---- what happened ---- */

const struct pair_event *pair_find(const struct pair *p, bool server,
                                   enum assoc_event_type type, size_t nth)
{
    for (size_t i = 0; i < p->num_events; i++) {
        if (p->events[i].server != server || p->events[i].event.type != type)
            continue;
        if (nth-- == 0)
            return &p->events[i];
    }
    return NULL;
}

size_t pair_count(const struct pair *p, bool server, enum assoc_event_type type)
{
    size_t num = 0;

    while (pair_find(p, server, type, num))
        num++;
    return num;
}
