/* SPDX-License-Identifier: MIT
 *
 * tools/probe_bind.c: binds by hand, each on a connection that is closed after the answer:
 * which transfer syntaxes and features there are, and whether NTLM is taken up. Layer: tools.
 * Documents: C706 12.6.4.3, MS-RPCE 2.2.2.4, 2.2.2.14, 2.2.2.15, MS-NLMP 2.2.1.1.
 */
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <rpcsec/sspi.h>

#include "base/uuid.h"
#include "pdu/pdu.h"
#include "probe.h"

#define AUTH_NTLM     10
#define AUTH_KERBEROS 16
#define FRAG_LEN      5840

/* MS-NLMP 2.2.1.1: NEGOTIATE_MESSAGE without names; it asks for signing, sealing, NTLM,
 * extended session security, 128 bits and a key exchange. */
static const uint8_t ntlm_negotiate[] = {
    'N',  'T',  'L',  'M',  'S', 'S', 'P', 0, 1, 0, 0, 0, 0x35, 0x82, 0x08, 0x60,
    0x00, 0x00, 0x00, 0x00, 0,   0,   0,   0, 0, 0, 0, 0, 0x00, 0x00, 0x00, 0x00,
};

/* ---- The socket ---- */

/* The address that the client found: "127.0.0.1:7001" or "[::1]:7001". */
static int connect_to(const char *address)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char host[128];
    char *port;
    int fd;

    snprintf(host, sizeof(host), "%s", address[0] == '[' ? address + 1 : address);
    port = strrchr(host, ':');
    if (!port)
        return -1;
    *port = '\0';
    if (port > host && port[-1] == ']')
        port[-1] = '\0';
    if (getaddrinfo(host, port + 1, &hints, &found))
        return -1;
    fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    return fd;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All of it, or false: the peer closed, or the time is over. */
static bool read_all(int fd, uint8_t *at, size_t len, int64_t until_ms)
{
    while (len) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int64_t left_ms = until_ms - now_ms();
        ssize_t got;

        if (left_ms <= 0 || poll(&ready, 1, (int)left_ms) != 1)
            return false;
        got = read(fd, at, len);
        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

/* ---- The bind ---- */

/* A first leg; without a token the bind is not authenticated. */
struct leg {
    uint8_t auth_type;
    const uint8_t *token;
    size_t token_len;
};

/* What the answer to one bind says. */
struct answer {
    bool acknowledged;
    bool accepted; /* the transfer syntax */
    bool multiplexing;
    bool with_token;
    uint16_t features;
};

/* The interface with one transfer syntax, and the features. A server may take one syntax of an
 * interface only, so each is asked for alone. */
static void encode_bind(const struct probe *probe, const struct rpcsec_syntax *transfer,
                        const struct leg *leg, struct buf *out)
{
    const struct rpcsec_syntax features =
        pdu_feature_syntax(PDU_FEATURE_SECURITY_CONTEXTS | PDU_FEATURE_KEEP_ON_ORPHAN);
    struct pdu_context_elem elems[] = {
        {0, probe->interface, 1, {*transfer}},
        {1, probe->interface, 1, {features}},
    };
    const struct pdu_bind bind = {FRAG_LEN, FRAG_LEN, 0, 2, elems};
    struct pdu_header header = {.type = PDU_BIND, .call_id = 1};
    const struct pdu_trailer trailer = {leg->auth_type, RPCSEC_LEVEL_PRIVACY, 0, 1, 0, NULL, 0};
    uint8_t *at;

    buf_zeros(out, PDU_HEADER_LEN);
    pdu_bind_encode(out, &bind);
    if (leg->token_len && (at = buf_reserve(out, PDU_TRAILER_LEN)) != NULL) {
        pdu_trailer_store(at, &trailer, false);
        buf_bytes(out, leg->token, leg->token_len);
    }
    if (buf_status(out))
        return;
    header.flags =
        PDU_FIRST_FRAG | PDU_LAST_FRAG | PDU_CONC_MPX | (leg->token_len ? PDU_HEADER_SIGN : 0);
    header.frag_len = (uint16_t)out->len;
    header.auth_len = (uint16_t)leg->token_len;
    pdu_header_store(out->data, &header);
}

static void take_ack(const uint8_t *pdu, const struct pdu_header *header, struct answer *answer)
{
    struct pdu_context_result results[2];
    struct pdu_bind_ack ack;

    if (pdu_bind_ack_decode(pdu, header, results, 2, &ack) || ack.num_results != 2)
        return;
    answer->acknowledged = true;
    answer->accepted = results[0].result == PDU_RESULT_ACCEPTANCE;
    if (results[1].result == PDU_RESULT_NEGOTIATE_ACK)
        answer->features = results[1].reason;
    answer->multiplexing = (header->flags & PDU_CONC_MPX) != 0;
    answer->with_token = header->auth_len > 0;
}

static void take_answer(int fd, int64_t until_ms, struct answer *answer)
{
    uint8_t pdu[LIMIT_PDU_LEN];
    struct pdu_header header;

    if (!read_all(fd, pdu, PDU_HEADER_LEN, until_ms) || pdu_header_decode(pdu, &header))
        return;
    if (!read_all(fd, pdu + PDU_HEADER_LEN, (size_t)header.frag_len - PDU_HEADER_LEN, until_ms))
        return;
    if (header.type == PDU_BIND_ACK)
        take_ack(pdu, &header, answer);
}

/* A server that answers otherwise, or not, acknowledges nothing. */
static rpcsec_status try_bind(const struct probe *probe, const struct rpcsec_syntax *transfer,
                              const struct leg *leg, struct answer *ret_answer)
{
    int64_t until_ms = now_ms() + (int64_t)probe->client.timeout_s * 1000;
    int fd = connect_to(probe->address);
    struct buf pdu;
    rpcsec_status status;

    memset(ret_answer, 0, sizeof(*ret_answer));
    if (fd < 0)
        return RPCSEC_CONNECT_FAILED;
    buf_init(&pdu, LIMIT_PDU_LEN);
    encode_bind(probe, transfer, leg, &pdu);
    status = buf_status(&pdu);
    if (!status && send(fd, pdu.data, pdu.len, MSG_NOSIGNAL) == (ssize_t)pdu.len)
        take_answer(fd, until_ms, ret_answer);
    buf_done(&pdu);
    close(fd);
    return status;
}

/* Both transfer syntaxes, each with a leg of its own: a token that comes twice is a replay. */
static rpcsec_status ask(const struct probe *probe, const struct leg legs[2],
                         struct probe_offer *ret_offer)
{
    struct answer ndr;
    struct answer ndr64;
    rpcsec_status status = try_bind(probe, &syntax_ndr, &legs[0], &ndr);

    if (!status)
        status = try_bind(probe, &syntax_ndr64, &legs[1], &ndr64);
    if (!status)
        *ret_offer = (struct probe_offer){
            .answered = ndr.acknowledged && ndr64.acknowledged,
            .ndr = ndr.accepted,
            .ndr64 = ndr64.accepted,
            .multiplexing = ndr.multiplexing,
            .features = ndr.features,
        };
    return status;
}

/* ---- With a Kerberos token ---- */

static bool make_leg(const struct probe *probe, CredHandle *cred, struct leg *ret_leg)
{
    SecBuffer token = {.BufferType = SECBUFFER_TOKEN};
    SecBufferDesc out = {SECBUFFER_VERSION, 1, &token};
    CtxtHandle context;
    ULONG granted;
    SECURITY_STATUS status = InitializeSecurityContext(
        cred, NULL, probe->principal,
        ISC_REQ_MUTUAL_AUTH | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT |
            ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_USE_DCE_STYLE |
            ISC_REQ_ALLOCATE_MEMORY,
        0, 0, NULL, 0, &context, &out, &granted, NULL);

    if (status != SEC_I_CONTINUE_NEEDED && status != SEC_E_OK)
        return false;
    *ret_leg = (struct leg){AUTH_KERBEROS, token.pvBuffer, token.cbBuffer};
    DeleteSecurityContext(&context);
    return true;
}

static void bind_with_tokens(struct probe *probe, CredHandle *cred)
{
    struct leg legs[2] = {{0, NULL, 0}, {0, NULL, 0}};

    if (make_leg(probe, cred, &legs[0]) && make_leg(probe, cred, &legs[1])) {
        rpcsec_status ignored = ask(probe, legs, &probe->offer);

        (void)ignored; /* it was not answered, then */
    }
    for (int n = 0; n < 2; n++)
        if (legs[n].token)
            FreeContextBuffer((void *)(uintptr_t)legs[n].token);
}

/* For servers that take no bind without authentication. */
static void ask_authenticated(struct probe *probe)
{
    CredHandle cred;

    if (!probe->principal[0] ||
        AcquireCredentialsHandle(NULL, "Kerberos", SECPKG_CRED_OUTBOUND, NULL, NULL, NULL, NULL,
                                 &cred, NULL) != SEC_E_OK)
        return;
    bind_with_tokens(probe, &cred);
    FreeCredentialsHandle(&cred);
}

int probe_offers(struct probe *probe)
{
    const struct leg none[2] = {{0, NULL, 0}, {0, NULL, 0}};
    const struct leg ntlm = {AUTH_NTLM, ntlm_negotiate, sizeof(ntlm_negotiate)};
    struct answer answer;

    if (ask(probe, none, &probe->offer) || try_bind(probe, &syntax_ndr, &ntlm, &answer))
        return tool_fail(probe->tool, TOOL_UNREACHABLE, "cannot connect to %s again",
                         probe->address);
    probe->ntlm_offered = answer.acknowledged && answer.with_token;
    if (!probe->offer.answered)
        ask_authenticated(probe);
    return TOOL_OK;
}
