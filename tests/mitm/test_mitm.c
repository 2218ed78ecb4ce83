/* SPDX-License-Identifier: MIT
 *
 * mitm/test_mitm.c: a man in the middle between our client and our server, on
 * real sockets, with Kerberos and Negotiate. Each row is one thing that he
 * does; it tells which side has to notice, and how the call that was hit ends.
 * Whatever he does, no result is changed, no call runs twice, and a call that
 * is said not to have run has not. Run by mitm.sh in a realm with
 * service/localhost in the keytab.
 */
#include "harness/test.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/cursor.h"
#include "base/uuid.h"
#include "mitm/proxy.h"
#include "pdu/pdu.h"
#include "unit/runtime_service.h"

#define SPN       "service/localhost"
#define BIG       20000 /* bytes: four fragments each way */
#define TO_SERVER 1
#define TO_CLIENT 0

/* The calls that are made, in order. */
enum { FIRST_ADD, ECHO, LAST_ADD, NUM_CALLS };

enum who { NOBODY, SERVER, CLIENT };

/* Offsets count from the start of the PDU, its stub, its auth trailer or its
 * token. */
enum place { HEAD, STUB, TRAILER, TOKEN };

struct row {
    const char *name;
    proxy_meddle *meddle;
    /* The PDU that is hit. */
    unsigned to_server;
    uint8_t type;
    unsigned nth;
    enum place place;
    size_t at;
    uint8_t value;
    uint32_t fault; /* that he forges */
    /* What must come of it. */
    enum who noticed;
    int call; /* the call that is hit */
    rpcsec_status status[3];
    int ran; /* times that the call that was hit ran; -1: 0 or 1 */
    /* The setting. */
    enum rpcsec_demand header_signing; /* at both ends */
    enum rpcsec_level least_level;     /* the server's; DEFAULT: privacy */
    uint32_t deadline_ms;              /* 0: long */
    bool all;                          /* no call of the connection works, and it stays open */
};

/* Further connections are let be. */
static bool is_first(const struct proxy *proxy)
{
    return atomic_load(&proxy->num_connections) == 1;
}

static const struct row *row_of(const struct proxy *proxy)
{
    return proxy->arg;
}

/* This PDU is the one; true once. */
static bool hits(struct proxy *proxy, bool to_server, const uint8_t *pdu)
{
    const struct row *row = row_of(proxy);

    if (proxy->done || to_server != row->to_server || pdu[2] != row->type ||
        proxy->nth[to_server][row->type] != row->nth)
        return false;
    proxy->done = true;
    return true;
}

static bool has_auth(const uint8_t *pdu)
{
    return get_u16(pdu + 10, false) != 0;
}

static size_t trailer_at(const uint8_t *pdu, size_t len)
{
    return len - get_u16(pdu + 10, false) - PDU_TRAILER_LEN;
}

static size_t place_at(const struct row *row, const uint8_t *pdu, size_t len)
{
    switch (row->place) {
    case STUB:
        return PDU_REQUEST_LEN + row->at;
    case TRAILER:
        return trailer_at(pdu, len) + row->at;
    case TOKEN:
        return trailer_at(pdu, len) + PDU_TRAILER_LEN + row->at;
    case HEAD:
        break;
    }
    return row->at;
}

/* ---- what he does to one PDU ---- */

static void flip(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (hits(proxy, to_server, pdu))
        pdu[place_at(row_of(proxy), pdu, len)] ^= row_of(proxy)->value;
    proxy_send(proxy, to_server, pdu, len);
}

static void drop(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (!hits(proxy, to_server, pdu))
        proxy_send(proxy, to_server, pdu, len);
}

static void repeat(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (hits(proxy, to_server, pdu))
        proxy_send(proxy, to_server, pdu, len);
    proxy_send(proxy, to_server, pdu, len);
}

static void hold(struct proxy *proxy, const uint8_t *pdu, size_t len)
{
    proxy->held = malloc(len);
    assert_non_null(proxy->held);
    memcpy(proxy->held, pdu, len);
    proxy->held_len = len;
}

static void release(struct proxy *proxy, bool to_server)
{
    proxy_send(proxy, to_server, proxy->held, proxy->held_len);
    free(proxy->held);
    proxy->held = NULL;
}

/* It goes after the next one of its way. */
static void swap(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (hits(proxy, to_server, pdu)) {
        hold(proxy, pdu, len);
        return;
    }
    proxy_send(proxy, to_server, pdu, len);
    if (proxy->held && to_server == row_of(proxy)->to_server)
        release(proxy, to_server);
}

/* The first of its type is kept, and comes again instead of the one that is
 * hit, under the id of the call that waits now. */
static void replay(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    const struct row *row = row_of(proxy);

    if (to_server == row->to_server && pdu[2] == row->type && !proxy->held)
        hold(proxy, pdu, len);
    if (hits(proxy, to_server, pdu)) {
        memcpy(proxy->held + 12, pdu + 12, 4);
        release(proxy, to_server);
    } else {
        proxy_send(proxy, to_server, pdu, len);
    }
}

static void cut_before(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (hits(proxy, to_server, pdu))
        proxy_cut(proxy);
    else
        proxy_send(proxy, to_server, pdu, len);
}

/* ---- what he forges ---- */

static size_t forge_header(uint8_t *out, uint8_t type, uint8_t flags, const uint8_t *like,
                           size_t len)
{
    const struct pdu_header header = {
        .type = type,
        .flags = (uint8_t)(PDU_FIRST_FRAG | PDU_LAST_FRAG | flags),
        .frag_len = (uint16_t)len,
        .call_id = get_u32(like + 12, false),
    };

    memset(out, 0, len);
    pdu_header_store(out, &header);
    return len;
}

/* An unsigned fault that swears that nothing ran. */
static void send_fault(struct proxy *proxy, const uint8_t *like)
{
    uint8_t fault[PDU_FAULT_LEN];
    size_t len = forge_header(fault, PDU_FAULT, PDU_DID_NOT_EXECUTE, like, sizeof(fault));

    put_u32(fault + 24, row_of(proxy)->fault, false);
    proxy_send(proxy, TO_CLIENT, fault, len);
}

static void fault_instead(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (hits(proxy, to_server, pdu))
        send_fault(proxy, pdu);
    else
        proxy_send(proxy, to_server, pdu, len);
}

static void fault_beside(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    proxy_send(proxy, to_server, pdu, len);
    if (hits(proxy, to_server, pdu))
        send_fault(proxy, pdu);
}

static void nak_instead(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    uint8_t nak[24];

    if (hits(proxy, to_server, pdu)) {
        size_t nak_len = forge_header(nak, PDU_BIND_NAK, 0, pdu, sizeof(nak));

        put_u16(nak + 16, (uint16_t)row_of(proxy)->fault, false);
        nak[18] = 1; /* one version, 5.0 */
        nak[19] = 5;
        proxy_send(proxy, TO_CLIENT, nak, nak_len);
    } else {
        proxy_send(proxy, to_server, pdu, len);
    }
}

/* shutdown, co_cancel, orphaned: a header only, and unsigned. `value` is the
 * type. */
static void bare_before(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    uint8_t bare[PDU_HEADER_LEN];

    if (hits(proxy, to_server, pdu))
        proxy_send(proxy, to_server, bare,
                   forge_header(bare, row_of(proxy)->value, 0, pdu, sizeof(bare)));
    proxy_send(proxy, to_server, pdu, len);
}

static void bare_behind(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    uint8_t bare[PDU_HEADER_LEN];

    proxy_send(proxy, to_server, pdu, len);
    if (hits(proxy, to_server, pdu))
        proxy_send(proxy, to_server, bare,
                   forge_header(bare, row_of(proxy)->value, 0, pdu, sizeof(bare)));
}

/* A request (or response) without protection, of a call of its own, with a
 * number as its stub.
 */
static void inject(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    uint8_t forged[PDU_REQUEST_LEN + 4];

    if (hits(proxy, to_server, pdu)) {
        forge_header(forged, row_of(proxy)->type, 0, pdu, sizeof(forged));
        put_u32(forged + 12, get_u32(pdu + 12, false) + row_of(proxy)->value, false);
        put_u32(forged + PDU_REQUEST_LEN, 7, false);
        proxy_send(proxy, to_server, forged, sizeof(forged));
    }
    proxy_send(proxy, to_server, pdu, len);
}

/* ---- what he does to all PDUs, so that both sides see what they expect ----
 */

static void rewrite_all(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len,
                        size_t at, uint8_t for_server, uint8_t for_client)
{
    if (is_first(proxy) && has_auth(pdu)) {
        pdu[trailer_at(pdu, len) + at] = to_server ? for_server : for_client;
        proxy->done = true;
    }
    proxy_send(proxy, to_server, pdu, len);
}

static void other_level(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    rewrite_all(proxy, to_server, pdu, len, 1, row_of(proxy)->value, RPCSEC_LEVEL_PRIVACY);
}

static void other_context_id(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (is_first(proxy) && has_auth(pdu)) {
        pdu[trailer_at(pdu, len) + 4] ^= 0x40;
        proxy->done = true;
    }
    proxy_send(proxy, to_server, pdu, len);
}

static void strip_everywhere(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (pdu[2] == PDU_BIND || pdu[2] == PDU_BIND_ACK || pdu[2] == PDU_ALTER_CONTEXT ||
        pdu[2] == PDU_ALTER_CONTEXT_RESP) {
        pdu[3] &= (uint8_t)~PDU_HEADER_SIGN;
        proxy->done = true;
    }
    proxy_send(proxy, to_server, pdu, len);
}

/* The first presentation context of a bind or alter_context: id 28, UUID 32,
 * version 48, then the transfer syntax at 52. */
static void other_interface_instead(struct proxy *proxy, bool to_server, uint8_t *pdu,
                                    size_t len)
{
    if (is_first(proxy) && to_server && (pdu[2] == PDU_BIND || pdu[2] == PDU_ALTER_CONTEXT)) {
        uuid_store(pdu + 32, &other_interface.id.uuid, false);
        put_u16(pdu + 48, other_interface.id.major, false);
        proxy->done = true;
    }
    proxy_send(proxy, to_server, pdu, len);
}

/* The first result of a bind_ack or alter_context_resp: behind the secondary
 * address. */
static uint8_t *result_of(uint8_t *pdu)
{
    size_t at = 26 + get_u16(pdu + 24, false);

    return pdu + ((at + 3) & ~(size_t)3) + 4;
}

static void reject(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (hits(proxy, to_server, pdu))
        put_u16(result_of(pdu), PDU_RESULT_PROVIDER_REJECTION, false);
    proxy_send(proxy, to_server, pdu, len);
}

static void other_syntax_instead(struct proxy *proxy, bool to_server, uint8_t *pdu, size_t len)
{
    if (is_first(proxy) && to_server && (pdu[2] == PDU_BIND || pdu[2] == PDU_ALTER_CONTEXT)) {
        uuid_store(pdu + 52, &syntax_ndr64.uuid, false);
        put_u16(pdu + 68, syntax_ndr64.major, false);
        proxy->done = true;
    }
    /* The client must see its own again. */
    if (is_first(proxy) && !to_server &&
        (pdu[2] == PDU_BIND_ACK || pdu[2] == PDU_ALTER_CONTEXT_RESP)) {
        uuid_store(result_of(pdu) + 4, &syntax_ndr.uuid, false);
        put_u16(result_of(pdu) + 20, syntax_ndr.major, false);
    }
    proxy_send(proxy, to_server, pdu, len);
}

/* ---- the rows ---- */

#define IN(pdu, number)      .to_server = TO_SERVER, .type = (pdu), .nth = (number)
#define OUT(pdu, number)     .to_server = TO_CLIENT, .type = (pdu), .nth = (number)
#define BY(side, which, ...) .noticed = (side), .call = (which), .status = {__VA_ARGS__}

static const struct row rows[] = {
    /* The handshake. */
    {"the header-signing bit is stripped from the bind", flip, IN(PDU_BIND, 1), .at = 3,
     .value = PDU_HEADER_SIGN, BY(CLIENT, FIRST_ADD, RPCSEC_POLICY_REFUSED)},
    {"the header-signing bit is stripped from the bind_ack", flip, OUT(PDU_BIND_ACK, 1),
     .at = 3, .value = PDU_HEADER_SIGN, BY(CLIENT, FIRST_ADD, RPCSEC_POLICY_REFUSED)},
    {"the header-signing bit is stripped everywhere, and both ends would do "
     "without it",
     strip_everywhere, .header_signing = RPCSEC_ACCEPTED, .all = true,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"badlock_cve_2016_2118: the level is rewritten to connect", other_level,
     .value = RPCSEC_LEVEL_CONNECT,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT, RPCSEC_BIND_REJECTED)},
    {"badlock_cve_2016_2118: the level is rewritten to integrity, which the "
     "server takes",
     other_level, .value = RPCSEC_LEVEL_INTEGRITY, .least_level = RPCSEC_LEVEL_INTEGRITY,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT, RPCSEC_BIND_REJECTED)},
    {"the level of the bind alone is rewritten", flip, IN(PDU_BIND, 1), .place = TRAILER,
     .at = 1, .value = 3, BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR)},
    {"the level of the bind_ack is rewritten", flip, OUT(PDU_BIND_ACK, 1), .place = TRAILER,
     .at = 1, .value = 3, BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR)},
    {"the security context has another number for each end", other_context_id,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the bind asks for another interface with the same operations", other_interface_instead,
     .all = true, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the bind asks for another transfer syntax", other_syntax_instead, .all = true,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the first token is changed", flip, IN(PDU_BIND, 1), .place = TOKEN, .at = 400, .value = 1,
     BY(SERVER, FIRST_ADD, RPCSEC_BIND_REJECTED, RPCSEC_BAD_TOKEN)},
    {"the server's token is changed", flip, OUT(PDU_BIND_ACK, 1), .place = TOKEN, .at = 60,
     .value = 1, BY(CLIENT, FIRST_ADD, RPCSEC_BAD_TOKEN, RPCSEC_WRONG_PRINCIPAL)},
    {"the third token is changed", flip, IN(PDU_ALTER_CONTEXT, 1), .place = TOKEN, .at = 40,
     .value = 1, BY(SERVER, FIRST_ADD, RPCSEC_BIND_REJECTED, RPCSEC_REMOTE_FAULT)},
    {"a context is rejected by a changed bind_ack, but not by what follows", reject,
     OUT(PDU_BIND_ACK, 1), .ran = 1, BY(NOBODY, FIRST_ADD, RPCSEC_OK)},
    {"a bind_nak 8 is forged", nak_instead, OUT(PDU_BIND_ACK, 1), .fault = 8,
     BY(CLIENT, FIRST_ADD, RPCSEC_BIND_REJECTED)},
    {"a bind_nak 9 is forged", nak_instead, OUT(PDU_BIND_ACK, 1), .fault = 9,
     BY(CLIENT, FIRST_ADD, RPCSEC_BIND_REJECTED)},
    {"a bind_nak is forged in the place of the third leg's answer", nak_instead,
     OUT(PDU_ALTER_CONTEXT_RESP, 1), .fault = 4,
     BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR, RPCSEC_BIND_REJECTED)},
    {"a fault is forged in the place of the bind_ack", fault_instead, OUT(PDU_BIND_ACK, 1),
     .fault = PDU_FAULT_ACCESS_DENIED,
     BY(CLIENT, FIRST_ADD, RPCSEC_BIND_REJECTED, RPCSEC_REMOTE_FAULT)},
    {"a fault is forged in the place of the third leg's answer", fault_instead,
     OUT(PDU_ALTER_CONTEXT_RESP, 1), .fault = PDU_FAULT_ACCESS_DENIED,
     BY(CLIENT, FIRST_ADD, RPCSEC_BIND_REJECTED, RPCSEC_REMOTE_FAULT)},
    {"the bind comes twice", repeat, IN(PDU_BIND, 1),
     BY(SERVER, FIRST_ADD, RPCSEC_BIND_REJECTED, RPCSEC_PROTOCOL_ERROR,
        RPCSEC_CONNECTION_LOST)},
    {"the bind_ack comes twice", repeat, OUT(PDU_BIND_ACK, 1),
     BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR)},
    {"the third leg is lost", drop, IN(PDU_ALTER_CONTEXT, 1), .deadline_ms = 700,
     BY(CLIENT, FIRST_ADD, RPCSEC_TIMED_OUT)},
    {"a shutdown is forged in the handshake", bare_before, OUT(PDU_BIND_ACK, 1),
     .value = PDU_SHUTDOWN, BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR)},
    /* Requests. */
    {"the flags of a request are changed", flip, IN(PDU_REQUEST, 1), .at = 3,
     .value = PDU_MAYBE, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the call id of a request is changed", flip, IN(PDU_REQUEST, 1), .at = 12, .value = 0x10,
     BY(SERVER, FIRST_ADD, RPCSEC_CONNECTION_LOST, RPCSEC_PROTOCOL_ERROR, RPCSEC_REMOTE_FAULT)},
    {"the alloc_hint of a request is changed", flip, IN(PDU_REQUEST, 1), .at = 16, .value = 1,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the presentation context of a request is changed", flip, IN(PDU_REQUEST, 1), .at = 20,
     .value = 1, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the operation of a request is changed", flip, IN(PDU_REQUEST, 1), .at = 22, .value = 1,
     BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the stub of a request is changed", flip, IN(PDU_REQUEST, 1), .place = STUB, .at = 0,
     .value = 1, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the padding length of a request is changed", flip, IN(PDU_REQUEST, 1), .place = TRAILER,
     .at = 2, .value = 4, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the level of a request is changed", flip, IN(PDU_REQUEST, 1), .place = TRAILER, .at = 1,
     .value = 3, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the security context of a request is changed", flip, IN(PDU_REQUEST, 1), .place = TRAILER,
     .at = 4, .value = 1, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"the verifier of a request is changed", flip, IN(PDU_REQUEST, 1), .place = TOKEN, .at = 20,
     .value = 1, BY(SERVER, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"a request comes twice", repeat, IN(PDU_REQUEST, 1), .ran = 1,
     BY(NOBODY, FIRST_ADD, RPCSEC_OK, RPCSEC_REMOTE_FAULT, RPCSEC_CONNECTION_LOST)},
    {"a request comes again instead of a later one", replay, IN(PDU_REQUEST, 6), .ran = 0,
     BY(SERVER, LAST_ADD, RPCSEC_REMOTE_FAULT)},
    {"a request is lost", drop, IN(PDU_REQUEST, 6), .deadline_ms = 700,
     BY(CLIENT, LAST_ADD, RPCSEC_TIMED_OUT)},
    {"a fragment of a request is lost", drop, IN(PDU_REQUEST, 3),
     BY(SERVER, ECHO, RPCSEC_REMOTE_FAULT)},
    {"a fragment of a request comes twice", repeat, IN(PDU_REQUEST, 3),
     BY(SERVER, ECHO, RPCSEC_REMOTE_FAULT)},
    {"two fragments of a request change places", swap, IN(PDU_REQUEST, 3),
     BY(SERVER, ECHO, RPCSEC_REMOTE_FAULT)},
    {"cve_2021_23192: a fragment without protection is slipped into a request", inject,
     IN(PDU_REQUEST, 3), .value = 0, BY(SERVER, ECHO, RPCSEC_REMOTE_FAULT)},
    {"a request without protection is slipped in before", inject, IN(PDU_REQUEST, 6),
     .value = 5, .ran = -1,
     BY(SERVER, LAST_ADD, RPCSEC_CONNECTION_LOST, RPCSEC_REMOTE_FAULT, RPCSEC_PROTOCOL_ERROR)},
    {"the connection is cut before a request", cut_before, IN(PDU_REQUEST, 6),
     BY(CLIENT, LAST_ADD, RPCSEC_CONNECTION_LOST)},
    /* Responses. */
    {"the stub of a response is changed", flip, OUT(PDU_RESPONSE, 1), .place = STUB, .at = 0,
     .value = 1, .ran = 1, BY(CLIENT, FIRST_ADD, RPCSEC_BAD_SIGNATURE)},
    {"the header of a response is changed", flip, OUT(PDU_RESPONSE, 1), .at = 16, .value = 1,
     .ran = 1, BY(CLIENT, FIRST_ADD, RPCSEC_BAD_SIGNATURE)},
    {"the call id of a response is changed", flip, OUT(PDU_RESPONSE, 1), .at = 12, .value = 1,
     .ran = 1, BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR, RPCSEC_BAD_SIGNATURE)},
    {"the verifier of a response is changed", flip, OUT(PDU_RESPONSE, 1), .place = TOKEN,
     .at = 20, .value = 1, .ran = 1,
     BY(CLIENT, FIRST_ADD, RPCSEC_BAD_SIGNATURE, RPCSEC_BAD_TOKEN)},
    {"the level of a response is changed", flip, OUT(PDU_RESPONSE, 1), .place = TRAILER,
     .at = 1, .value = 3, .ran = 1,
     BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR, RPCSEC_BAD_SIGNATURE)},
    {"a response comes again for a later call", replay, OUT(PDU_RESPONSE, 6), .ran = 1,
     BY(CLIENT, LAST_ADD, RPCSEC_BAD_SIGNATURE, RPCSEC_OUT_OF_SEQUENCE)},
    {"a response is lost", drop, OUT(PDU_RESPONSE, 6), .ran = 1, .deadline_ms = 700,
     BY(CLIENT, LAST_ADD, RPCSEC_TIMED_OUT)},
    {"a fragment of a response is lost", drop, OUT(PDU_RESPONSE, 3), .ran = 1,
     BY(CLIENT, ECHO, RPCSEC_OUT_OF_SEQUENCE, RPCSEC_BAD_SIGNATURE)},
    {"a fragment of a response comes twice", repeat, OUT(PDU_RESPONSE, 3), .ran = 1,
     BY(CLIENT, ECHO, RPCSEC_OUT_OF_SEQUENCE, RPCSEC_BAD_SIGNATURE)},
    {"two fragments of a response change places", swap, OUT(PDU_RESPONSE, 3), .ran = 1,
     BY(CLIENT, ECHO, RPCSEC_OUT_OF_SEQUENCE, RPCSEC_BAD_SIGNATURE)},
    {"a response without protection is slipped in", inject, OUT(PDU_RESPONSE, 1), .value = 0,
     .ran = 1, BY(CLIENT, FIRST_ADD, RPCSEC_PROTOCOL_ERROR, RPCSEC_BAD_FORMAT)},
    {"the connection is cut before a response", cut_before, OUT(PDU_RESPONSE, 6), .ran = 1,
     BY(CLIENT, LAST_ADD, RPCSEC_CONNECTION_LOST)},
    /* Forged faults prove nothing: the call may have run, and is not made
       again. */
    {"a fault is forged in the place of a response", fault_instead, OUT(PDU_RESPONSE, 1),
     .fault = PDU_FAULT_UNSPEC, .ran = 1, BY(CLIENT, FIRST_ADD, RPCSEC_REMOTE_FAULT)},
    {"a fault says that the call did not run, and it did", fault_instead, OUT(PDU_RESPONSE, 6),
     .fault = PDU_FAULT_SERVER_TOO_BUSY, .ran = 1, BY(CLIENT, LAST_ADD, RPCSEC_REMOTE_FAULT)},
    {"a fault is forged while a request is on its way", fault_beside, IN(PDU_REQUEST, 6),
     .fault = PDU_FAULT_UNK_IF, .ran = -1, BY(CLIENT, LAST_ADD, RPCSEC_REMOTE_FAULT)},
    {"a shutdown is forged between calls", bare_before, OUT(PDU_RESPONSE, 1),
     .value = PDU_SHUTDOWN, .ran = 1, BY(NOBODY, FIRST_ADD, RPCSEC_OK)},
    {"a cancel is forged behind a request", bare_behind, IN(PDU_REQUEST, 1),
     .value = PDU_CO_CANCEL, .ran = -1,
     BY(NOBODY, FIRST_ADD, RPCSEC_OK, RPCSEC_REMOTE_FAULT, RPCSEC_CONNECTION_LOST)},
    {"an orphan notice is forged behind a request", bare_behind, IN(PDU_REQUEST, 1),
     .value = PDU_ORPHANED, .ran = -1, .deadline_ms = 700,
     BY(NOBODY, FIRST_ADD, RPCSEC_OK, RPCSEC_TIMED_OUT, RPCSEC_CONNECTION_LOST)},
};

/* ---- the two ends ---- */

struct ends {
    const struct row *row;
    struct rpcsec_policy *policy; /* the server's */
    struct rpcsec_server *server;
    struct service_counts counts;
    pthread_t thread;
    unsigned port;
    struct proxy proxy;
    struct rpcsec_client *client;
    /* Of the call that was hit. */
    rpcsec_status status;
    enum rpcsec_outcome outcome;
    unsigned num_good;
    char text[512];
};

static void *serve(void *arg)
{
    struct ends *ends = arg;

    assert_ok(rpcsec_server_run(ends->server, NULL));
    return NULL;
}

static void start_server(struct ends *ends)
{
    const struct row *row = ends->row;

    assert_ok(rpcsec_policy_new(&ends->policy, NULL));
    assert_ok(rpcsec_policy_set_level(ends->policy, row->least_level ? row->least_level
                                                                     : RPCSEC_LEVEL_PRIVACY));
    assert_ok(rpcsec_policy_set_header_signing(ends->policy, row->header_signing));
    assert_ok(rpcsec_server_new(ends->policy, &ends->server, NULL));
    assert_ok(rpcsec_server_add(
        ends->server, (struct rpcsec_service){&service_interface, &ends->counts}, NULL));
    assert_ok(rpcsec_server_add(
        ends->server, (struct rpcsec_service){&other_interface, &ends->counts}, NULL));
    assert_ok(rpcsec_server_listen(ends->server, "ncacn_ip_tcp:127.0.0.1[0]", NULL));
    assert_int_equal(sscanf(rpcsec_server_binding(ends->server, 0),
                            "ncacn_ip_tcp:127.0.0.1[%u]", &ends->port),
                     1);
    assert_int_equal(pthread_create(&ends->thread, NULL, serve, ends), 0);
}

static void stop_server(struct ends *ends)
{
    rpcsec_server_stop(ends->server);
    pthread_join(ends->thread, NULL);
    rpcsec_server_free(ends->server);
    rpcsec_policy_free(ends->policy);
}

static void open_client(struct ends *ends, enum rpcsec_mechanism mechanism)
{
    const uint32_t deadline_ms = ends->row->deadline_ms ? ends->row->deadline_ms : 60000;
    struct rpcsec_client_options options = {.size = sizeof(options), .mechanism = mechanism};
    char binding[64];

    assert_ok(rpcsec_policy_new(&options.policy, NULL));
    assert_ok(rpcsec_policy_set_header_signing(options.policy, ends->row->header_signing));
    assert_ok(rpcsec_policy_set_limit(options.policy, RPCSEC_LIMIT_CALL_MS, deadline_ms));
    snprintf(binding, sizeof(binding), "ncacn_ip_tcp:127.0.0.1[%u]", ends->proxy.port);
    assert_ok(rpcsec_client_open_with(binding, SPN, &options, &ends->client, NULL));
    rpcsec_policy_free(options.policy);
}

/* ---- one row ---- */

static rpcsec_status make_call(struct ends *ends, int call, struct rpcsec_error *err)
{
    uint32_t sum = 0;
    rpcsec_status status;

    if (call == ECHO)
        return do_echo(ends->client, BIG, err); /* compares what comes back */
    status = do_add(ends->client, 41, &sum, err);
    if (status == RPCSEC_OK)
        assert_int_equal(sum, 42);
    return status;
}

/* Every call but the one that was hit must work, those behind it over a new
 * connection; where all of the connection is hit, all end alike. */
static void make_calls(struct ends *ends, enum rpcsec_mechanism mechanism)
{
    for (int call = 0; call < NUM_CALLS; call++) {
        struct rpcsec_error err = RPCSEC_ERROR_INIT;
        rpcsec_status status = make_call(ends, call, &err);

        if (call == ends->row->call || ends->row->all) {
            ends->status = status;
            ends->outcome = err.outcome;
            snprintf(ends->text, sizeof(ends->text), "%s", rpcsec_error_text(&err));
            if (!ends->row->all) {
                rpcsec_client_close(ends->client);
                open_client(ends, mechanism);
            }
            continue;
        }
        if (status)
            print_message("call %d: %s\n", call, rpcsec_error_text(&err));
        assert_ok(status);
        ends->num_good++;
    }
}

static void check_status(const struct ends *ends)
{
    const struct row *row = ends->row;

    for (size_t n = 0; n < NUM_OF(row->status); n++)
        if ((n == 0 || row->status[n]) && row->status[n] == ends->status)
            return;
    assert_string_equal(rpcsec_status_name(ends->status), rpcsec_status_name(row->status[0]));
}

static void check_runs(const struct ends *ends)
{
    unsigned runs = atomic_load(&ends->counts.runs);
    unsigned hit = runs - ends->num_good;

    assert_true(runs >= ends->num_good && hit <= 1);
    if (ends->row->ran >= 0)
        assert_int_equal(hit, ends->row->ran);
    if (ends->status == RPCSEC_OK)
        assert_int_equal(hit, 1);
    else if (ends->outcome == RPCSEC_OUTCOME_NOT_RUN)
        assert_int_equal(hit, 0);
    else if (ends->outcome == RPCSEC_OUTCOME_RAN)
        assert_int_equal(hit, 1);
}

/* The server has refused something, or closed first; or it has not, and the
 * client did. */
static void check_who(struct ends *ends)
{
    bool refused = atomic_load(&ends->proxy.refusal_type) != 0 ||
                   atomic_load(&ends->proxy.end) == PROXY_SERVER_CLOSED;

    if (ends->row->noticed == SERVER)
        assert_true(refused);
    if (ends->row->noticed == CLIENT)
        assert_false(refused);
    /* One attempt for each call, and one more connection for those behind it. */
    assert_true(atomic_load(&ends->proxy.num_connections) <= 2);
}

/* A row over a mechanism: a test of its own. */
struct test {
    const struct row *row;
    enum rpcsec_mechanism mechanism;
    char name[160];
};

static void run_row(void **state)
{
    const struct test *test = *state;
    struct ends ends = {.row = test->row};

    start_server(&ends);
    proxy_start(&ends.proxy, (uint16_t)ends.port, test->row->meddle, test->row);
    open_client(&ends, test->mechanism);
    make_calls(&ends, test->mechanism);
    rpcsec_client_close(ends.client);
    proxy_stop(&ends.proxy);
    stop_server(&ends); /* what still runs ends first */
    print_message("%s: %s\n", rpcsec_status_name(ends.status), ends.text);
    assert_true(ends.proxy.done);
    check_status(&ends);
    check_runs(&ends);
    check_who(&ends);
}

#define NUM_TESTS (2 * NUM_OF(rows))

int main(void)
{
    static struct test tests[NUM_TESTS];
    static struct CMUnitTest run[NUM_TESTS];

    for (size_t n = 0; n < NUM_TESTS; n++) {
        struct test *test = &tests[n];

        test->row = &rows[n / 2];
        test->mechanism = n % 2 ? RPCSEC_MECH_NEGOTIATE : RPCSEC_MECH_KERBEROS;
        snprintf(test->name, sizeof(test->name), "%s (%s)", test->row->name,
                 rpcsec_mechanism_name(test->mechanism));
        run[n] = (struct CMUnitTest){test->name, run_row, NULL, NULL, test};
    }
    return _cmocka_run_group_tests("mitm", run, NUM_TESTS, NULL, NULL);
}
