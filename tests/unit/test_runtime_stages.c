/* SPDX-License-Identifier: MIT
 *
 * One secured call in memory, stage by stage: the table of ARCHITECTURE.md, kept true. Client
 * and server are the library's own over transport_memory_pair; the package is the fake one,
 * which records what it is asked to protect.
 */
#include "harness/test.h"

#include <unistd.h>

#include <rpcsec/ndr.h>

#include "base/alloc.h"
#include "greeter.h"
#include "harness/fake_package.h"
#include "pdu/pdu.h"
#include "runtime/client.h"
#include "runtime/connection.h"

/* The argument of greet("Ada"): count, offset, count, characters (C706 14.3.4). */
static const uint8_t ada[] = {4, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 'A', 'd', 'a', 0};

/* What was seen at each boundary. */
struct seen {
    uint8_t plain[64]; /* stage 3: the stub */
    size_t plain_len;
    uint8_t wire[512]; /* stages 4 to 7: the finished PDU */
    size_t wire_len;
    struct pkg_buffer wrapped[8]; /* stage 7: roles and lengths */
    size_t num_wrapped;
    size_t token_len;
    uint8_t sent[512]; /* stage 8: the last write of the client */
    size_t sent_len;
    uint8_t received[512]; /* stage 9: the last bytes the server read */
    size_t received_len;
    uint8_t opened[256]; /* stage 10: data after it was decrypted */
    size_t opened_len;
    char name_in_record[16];  /* stage 13 */
    char name_in_manager[16]; /* stage 14 */
    char caller[32];
};

static struct seen seen; /* one call at a time, in one thread but for handshake steps */
static bool recording;

/* ---- the package, listened to ---- */

static rpcsec_status record_wrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                 uint8_t *token, size_t token_len)
{
    if (recording && seen.num_wrapped == 0) {
        memcpy(seen.wrapped, buffers, num * sizeof(*buffers));
        seen.num_wrapped = num;
        seen.token_len = token_len;
    }
    return fake_package.wrap(ctx, buffers, num, token, token_len);
}

static rpcsec_status record_unwrap(struct pkg_ctx *ctx, struct pkg_buffer *buffers, size_t num,
                                   uint8_t *token, size_t token_len)
{
    rpcsec_status status = fake_package.unwrap(ctx, buffers, num, token, token_len);

    for (size_t i = 0; recording && seen.opened_len == 0 && i < num; i++) {
        if (buffers[i].kind == PKG_DATA && buffers[i].len <= sizeof(seen.opened)) {
            memcpy(seen.opened, buffers[i].data, buffers[i].len);
            seen.opened_len = buffers[i].len;
        }
    }
    return status;
}

static struct pkg_ops recording_package(void)
{
    struct pkg_ops ops = fake_package;

    ops.wrap = record_wrap;
    ops.unwrap = record_unwrap;
    return ops;
}

/* ---- the transports, listened to ---- */

struct recording_transport {
    struct transport base;
    struct transport *inner;
    struct connection *server; /* the client's end: whom to pump when nothing is there */
};

static struct rpcsec_server *the_server;

static void stop_loop(void *arg)
{
    loop_stop(arg);
}

/* Lets the server read, and run what its threads posted. */
static void pump(struct connection *c)
{
    struct loop *loop = the_server->homes[0].loop;
    struct loop_task task = {.run = stop_loop, .arg = loop};

    connection_ready(c, LOOP_READ);
    loop_post(loop, &task);
    loop_run(loop);
}

static void copy_bytes(uint8_t *out, size_t max, size_t *ret_len, const void *data, size_t len)
{
    assert_in_range(len, 0, max);
    memcpy(out, data, len);
    *ret_len = len;
}

static enum transport_io record_recv(struct transport *t, void *data, size_t len,
                                     size_t *ret_len)
{
    struct recording_transport *r = (struct recording_transport *)t;
    enum transport_io io = r->inner->ops->recv(r->inner, data, len, ret_len);

    while (io == TRANSPORT_WAIT && r->server) {
        pump(r->server);
        io = r->inner->ops->recv(r->inner, data, len, ret_len);
        if (!r->server->num_jobs)
            break;
        usleep(100); /* a handshake step is on another thread */
    }
    if (io == TRANSPORT_DONE && recording && !r->server && seen.received_len == 0)
        copy_bytes(seen.received, sizeof(seen.received), &seen.received_len, data, *ret_len);
    return io;
}

static enum transport_io record_send(struct transport *t, const struct iovec *iov, size_t num,
                                     size_t *ret_len)
{
    struct recording_transport *r = (struct recording_transport *)t;

    if (recording && r->server && seen.sent_len == 0) {
        for (size_t i = 0; i < num; i++) {
            assert_true(seen.sent_len + iov[i].iov_len <= sizeof(seen.sent));
            memcpy(seen.sent + seen.sent_len, iov[i].iov_base, iov[i].iov_len);
            seen.sent_len += iov[i].iov_len;
        }
    }
    return r->inner->ops->send(r->inner, iov, num, ret_len);
}

static int no_descriptor(struct transport *t)
{
    (void)t;
    return -1;
}

static const char *address(struct transport *t)
{
    (void)t;
    return "memory:1";
}

static void close_inner(struct transport *t)
{
    struct recording_transport *r = (struct recording_transport *)t;

    r->inner->ops->close(r->inner);
}

static const struct transport_ops recording_ops = {
    "recording", record_recv, record_send, no_descriptor, address, NULL, close_inner,
};

/* ---- the service, listened to ---- */

static rpcsec_status greet(struct rpcsec_call *call, const char *name, char **ret_text)
{
    const struct rpcsec_peer *peer = rpcsec_call_peer(call);

    strncpy(seen.name_in_manager, name, sizeof(seen.name_in_manager) - 1);
    strncpy(seen.caller, peer->principal, sizeof(seen.caller) - 1);
    *ret_text = rpcsec_call_printf(call, "Hello %s, you are %s", name, peer->principal);
    return *ret_text ? RPCSEC_OK : RPCSEC_NO_MEMORY;
}

static const struct greeter_ops ops = {.greet = greet};

static rpcsec_status record_dispatch(struct rpcsec_call *call, const void *its_ops, void *args)
{
    const struct rpcsec_operation *operation =
        &greeter_interface(&ops).interface->operations[0];
    const char *name;

    memcpy(&name, (const uint8_t *)args + operation->args->args[0].offset, sizeof(name));
    strncpy(seen.name_in_record, name, sizeof(seen.name_in_record) - 1);
    return operation->dispatch(call, its_ops, args);
}

/* ---- the two ends ---- */

struct ends {
    struct pkg_ops package;
    struct rpcsec_interface interface;
    struct rpcsec_operation operation;
    struct recording_transport client_end;
    struct recording_transport server_end;
    struct rpcsec_client *client;
};

static void record_request(void *arg, const uint8_t *plain, size_t plain_len,
                           const uint8_t *wire, size_t wire_len)
{
    (void)arg;
    copy_bytes(seen.plain, sizeof(seen.plain), &seen.plain_len, plain, plain_len);
    copy_bytes(seen.wire, sizeof(seen.wire), &seen.wire_len, wire, wire_len);
}

static void make_server(struct ends *e)
{
    struct rpcsec_service service = greeter_interface(&ops);
    const struct rpcsec_service_options options = {.size = sizeof(options),
                                                   .non_blocking = true};

    e->interface = *service.interface;
    e->operation = service.interface->operations[0];
    e->operation.dispatch = record_dispatch;
    e->interface.operations = &e->operation;
    service.interface = &e->interface;
    assert_ok(rpcsec_server_new(NULL, &the_server, NULL));
    assert_ok(rpcsec_server_add_with(the_server, service, &options, NULL));
    the_server->acceptor.packages[0] = &e->package;
    assert_ok(pool_new(1, &the_server->handshake_pool));
}

static void connect_ends(struct ends *e)
{
    const struct rpcsec_client_options options = {.size = sizeof(options),
                                                  .on_request = record_request};
    struct connection *c;

    e->client_end.base.ops = e->server_end.base.ops = &recording_ops;
    assert_ok(transport_memory_pair(65536, 0, &e->client_end.inner, &e->server_end.inner));
    c = connection_new(the_server, &e->server_end.base, "0");
    assert_non_null(c);
    connection_start(c);
    e->client_end.server = c;
    assert_ok(client_open_over(&e->client_end.base, &e->package, "test/server.example",
                               &options, &e->client, NULL));
}

static int set_up(void **state)
{
    struct ends *e = mem_zalloc(sizeof(*e));

    assert_non_null(e);
    memset(&seen, 0, sizeof(seen));
    recording = false;
    e->package = recording_package();
    make_server(e);
    connect_ends(e);
    *state = e;
    return 0;
}

static int tear_down(void **state)
{
    struct ends *e = *state;

    recording = false;
    rpcsec_client_close(e->client);
    pump(e->client_end.server); /* sees the end of the stream */
    assert_null(the_server->homes[0].connections);
    pool_free(the_server->handshake_pool);
    rpcsec_server_free(the_server);
    mem_free(e);
    return 0;
}

/* ---- the stages ---- */

static void check_stage_1_generated_client(void)
{
    const struct rpcsec_operation *operation = &greeter_client_interface.operations[0];

    print_message("1 generated greeter_c.c: operation table and argument record\n");
    assert_string_equal(operation->name, "greet");
    assert_null(operation->dispatch);
    assert_int_equal(operation->args->num_args, 2);
}

static void check_stages_2_and_3_stub_bytes(void)
{
    print_message("2 runtime/client, 3 ndr: the stub bytes\n");
    assert_int_equal(seen.plain_len, sizeof(ada));
    assert_memory_equal(seen.plain, ada, sizeof(ada));
}

static struct pdu_header check_stages_4_and_5_header(void)
{
    struct pdu_header header;
    struct pdu_request request;

    print_message("4 assoc, 5 pdu: one fragment with its header\n");
    assert_ok(pdu_header_decode(seen.wire, &header));
    assert_int_equal(header.type, PDU_REQUEST);
    assert_int_equal(header.flags & (PDU_FIRST_FRAG | PDU_LAST_FRAG),
                     PDU_FIRST_FRAG | PDU_LAST_FRAG);
    assert_int_equal(header.frag_len, seen.wire_len);
    assert_ok(pdu_request_decode(seen.wire, &header, &request));
    assert_int_equal(request.opnum, 0);
    assert_int_equal(request.body_offset, 24);
    return header;
}

static void check_stage_6_trailer_and_roles(const struct pdu_header *header)
{
    struct pdu_trailer trailer;

    print_message("6 sec: padding, trailer, roles\n");
    assert_ok(pdu_trailer_decode(seen.wire, header, 24, &trailer));
    assert_int_equal(trailer.type, fake_package.auth_type);
    assert_int_equal(trailer.level, RPCSEC_LEVEL_PRIVACY);
    assert_int_equal((trailer.offset - 24) % 16, 0);
    assert_int_equal(seen.num_wrapped, 3);
    assert_int_equal(seen.wrapped[0].kind, PKG_SIGN_ONLY);
    assert_int_equal(seen.wrapped[0].len, 24);
    assert_int_equal(seen.wrapped[1].kind, PKG_DATA);
    assert_int_equal(seen.wrapped[1].len, trailer.offset - 24);
    assert_int_equal(seen.wrapped[2].kind, PKG_SIGN_ONLY);
    assert_int_equal(seen.wrapped[2].len, 8);
}

static void check_stage_7_sealed_in_place(const struct pdu_header *header)
{
    print_message("7 sspi, package: sealed in place, and a token\n");
    assert_memory_not_equal(seen.wire + 24, ada, sizeof(ada));
    assert_null(memmem(seen.wire, seen.wire_len, "Ada", 3));
    assert_int_equal(header->auth_len, seen.token_len);
}

static void check_stages_8_and_9_wire(void)
{
    print_message("8 transport: one write; 9 transport, assoc: one PDU\n");
    assert_int_equal(seen.sent_len, seen.wire_len);
    assert_memory_equal(seen.sent, seen.wire, seen.wire_len);
    assert_int_equal(seen.received_len, seen.wire_len);
    assert_memory_equal(seen.received, seen.wire, seen.wire_len);
}

static void check_stages_10_to_12_opened(void)
{
    static const uint8_t magic[] = {0x8a, 0xe3, 0x13, 0x71, 0x02, 0xf4, 0x36, 0x71};

    print_message("10 sec, 11 pdu: verified and decrypted in place\n");
    assert_int_equal(seen.opened_len, seen.wrapped[1].len);
    assert_memory_equal(seen.opened, ada, sizeof(ada));
    /* The first call carries a verification trailer; the decoder (13) would refuse it. */
    print_message("12 assoc: the stub without its verification trailer\n");
    assert_non_null(memmem(seen.opened, seen.opened_len, magic, sizeof(magic)));
}

static void check_stages_13_and_14_manager(void)
{
    print_message("13 runtime/server, ndr: the argument record; 14 the manager function\n");
    assert_string_equal(seen.name_in_record, "Ada");
    assert_string_equal(seen.name_in_manager, "Ada");
    assert_string_equal(seen.caller, FAKE_CLIENT);
}

static void a_secured_call_passes_every_stage(void **state)
{
    struct ends *e = *state;
    struct rpcsec_arena *arena = rpcsec_arena_new(0);
    struct rpcsec_error err = RPCSEC_ERROR_INIT;
    struct pdu_header header;
    rpcsec_status status;
    char *text = NULL;

    status = rpcsec_client_bind(e->client, &greeter_client_interface, &err);
    recording = true;
    if (status == RPCSEC_OK)
        status = greeter_greet(e->client, arena, "Ada", &text, &err);
    recording = false;
    if (status)
        print_message("%s\n", rpcsec_error_text(&err));
    assert_ok(status);
    check_stage_1_generated_client();
    check_stages_2_and_3_stub_bytes();
    header = check_stages_4_and_5_header();
    check_stage_6_trailer_and_roles(&header);
    check_stage_7_sealed_in_place(&header);
    check_stages_8_and_9_wire();
    check_stages_10_to_12_opened();
    check_stages_13_and_14_manager();
    assert_string_equal(text, "Hello Ada, you are " FAKE_CLIENT);
    rpcsec_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_secured_call_passes_every_stage, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
