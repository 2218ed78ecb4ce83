/* SPDX-License-Identifier: MIT
 *
 * transport/proxy.c: codec of the PROXY protocol's version 2. Layer: transport. Document: The
 * PROXY protocol, section 2.2. Reads no socket.
 */
#include "transport/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/cursor.h"
#include "base/text.h"

#define SIGNATURE_LEN 12
#define VERSION       2

enum proxy_command {
    PROXY_LOCAL = 0,
    PROXY_PROXY = 1,
};

enum proxy_family {
    PROXY_UNSPEC = 0x00,
    PROXY_TCP4 = 0x11,
    PROXY_TCP6 = 0x21,
};

/* Section 2.2: no protocol's first bytes; RPC's first byte is 5. */
static const uint8_t signature[SIGNATURE_LEN] = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D,
                                                 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

rpcsec_status proxy_len(const uint8_t *data, size_t len, size_t *ret_total)
{
    size_t body_len;
    struct cur c;

    if (memcmp(data, signature, len < SIGNATURE_LEN ? len : SIGNATURE_LEN) != 0)
        return RPCSEC_PROTOCOL_ERROR;
    if (len < PROXY_PREFIX_LEN) {
        *ret_total = PROXY_PREFIX_LEN;
        return RPCSEC_OK;
    }
    cur_init(&c, data, len, true);
    cur_skip(&c, SIGNATURE_LEN);
    /* Section 2.2: the receiver drops what has another version or command. */
    if (cur_u8(&c) >> 4 != VERSION)
        return RPCSEC_PROTOCOL_ERROR;
    cur_skip(&c, 1);
    body_len = cur_u16(&c);
    if (body_len > PROXY_MAX_LEN)
        return RPCSEC_LIMIT;
    *ret_total = PROXY_PREFIX_LEN + body_len;
    return cur_status(&c);
}

/* Addresses of source and destination, then their ports. */
static void decode_peer(struct cur *c, int family, char *out)
{
    size_t address_len = family == AF_INET ? 4 : 16;
    const uint8_t *source = cur_bytes(c, address_len);
    char text[INET6_ADDRSTRLEN];
    unsigned port;

    cur_skip(c, address_len);
    port = cur_u16(c);
    cur_skip(c, 2);
    if (cur_status(c) || !inet_ntop(family, source, text, sizeof(text)))
        return;
    text_print(out, PROXY_ADDRESS_LEN, family == AF_INET ? "%s:%u" : "[%s]:%u", text, port);
}

/* Section 2.2.6: none of them concerns us, but all must be whole. */
static void skip_tlvs(struct cur *c)
{
    while (cur_left(c) > 0) {
        cur_skip(c, 1);
        cur_skip(c, cur_u16(c));
    }
}

static rpcsec_status decode_proxied(struct cur *c, uint8_t family, struct proxy_header *header)
{
    if (family == PROXY_UNSPEC) { /* section 2.2: the receiver ignores what follows */
        cur_skip(c, cur_left(c));
        return cur_end(c);
    }
    if (family != PROXY_TCP4 && family != PROXY_TCP6)
        return RPCSEC_UNSUPPORTED;
    header->has_peer = true;
    decode_peer(c, family == PROXY_TCP4 ? AF_INET : AF_INET6, header->peer);
    skip_tlvs(c);
    return cur_end(c);
}

rpcsec_status proxy_decode(const uint8_t *data, size_t len, struct proxy_header *ret_header)
{
    struct proxy_header header = {.has_peer = false};
    size_t total = 0;
    rpcsec_status status = proxy_len(data, len, &total);
    uint8_t command, family;
    struct cur c;

    if (status)
        return status;
    if (len != total)
        return len < total ? RPCSEC_TRUNCATED : RPCSEC_TRAILING_DATA;
    cur_init(&c, data, len, true);
    cur_skip(&c, SIGNATURE_LEN);
    command = cur_u8(&c) & 0x0F;
    family = cur_u8(&c);
    cur_skip(&c, 2);
    if (command != PROXY_LOCAL && command != PROXY_PROXY)
        return RPCSEC_PROTOCOL_ERROR;
    /* Section 2.2: the family of a LOCAL connection, and what follows, is to be ignored. */
    status = decode_proxied(&c, command == PROXY_LOCAL ? PROXY_UNSPEC : family, &header);
    if (status == RPCSEC_OK)
        *ret_header = header;
    return status;
}
