/* SPDX-License-Identifier: MIT
 *
 * base/network.c: blocks of IP addresses. Layer: base. Documents: RFC 4632 3.1, RFC 4291 2.3.
 */
#include "base/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/text.h"

#define MAPPED_BITS 96 /* ::ffff:0:0/96, RFC 4291 2.5.5.2 */
#define ALL_BITS    128

static void map_ipv4(uint8_t out[16], const void *ipv4)
{
    memset(out, 0, 10);
    memset(out + 10, 0xFF, 2);
    memcpy(out + 12, ipv4, 4);
}

/* The address, and the bits that stand before its own. */
static bool parse_address(const char *text, uint8_t ret_address[16], unsigned *ret_before)
{
    uint8_t ipv4[4];

    *ret_before = 0;
    if (inet_pton(AF_INET6, text, ret_address) == 1)
        return true;
    if (inet_pton(AF_INET, text, ipv4) != 1)
        return false;
    map_ipv4(ret_address, ipv4);
    *ret_before = MAPPED_BITS;
    return true;
}

/* Whether two addresses agree in their first bits. */
static bool agree(const uint8_t a[16], const uint8_t b[16], unsigned bits)
{
    unsigned whole = bits / 8;
    unsigned mask = 0xFF00U >> bits % 8 & 0xFF;

    if (memcmp(a, b, whole) != 0)
        return false;
    return mask == 0 || ((a[whole] ^ b[whole]) & mask) == 0;
}

static bool has_host_bits(const struct network *network)
{
    for (unsigned bit = network->prefix_len; bit < ALL_BITS; bit++)
        if (network->address[bit / 8] & (0x80U >> bit % 8))
            return true;
    return false;
}

rpcsec_status network_parse(const char *text, struct network *ret_network)
{
    struct network network;
    char address[INET6_ADDRSTRLEN];
    size_t len = text ? strcspn(text, "/") : 0;
    unsigned before;
    uint64_t prefix_len;

    if (len == 0 || len >= sizeof(address))
        return RPCSEC_INVALID_ARGUMENT;
    text_print(address, sizeof(address), "%.*s", (int)len, text);
    if (!parse_address(address, network.address, &before))
        return RPCSEC_INVALID_ARGUMENT;
    prefix_len = ALL_BITS - before;
    if (text[len] &&
        text_number(text + len + 1, strlen(text + len + 1), prefix_len, &prefix_len))
        return RPCSEC_INVALID_ARGUMENT;
    network.prefix_len = before + (unsigned)prefix_len;
    if (has_host_bits(&network))
        return RPCSEC_INVALID_ARGUMENT;
    *ret_network = network;
    return RPCSEC_OK;
}

bool network_holds(const struct network *network, const struct sockaddr_storage *address)
{
    uint8_t bytes[16];

    if (address->ss_family == AF_INET)
        map_ipv4(bytes, &((const struct sockaddr_in *)address)->sin_addr);
    else if (address->ss_family == AF_INET6)
        memcpy(bytes, &((const struct sockaddr_in6 *)address)->sin6_addr, sizeof(bytes));
    else
        return false;
    return agree(network->address, bytes, network->prefix_len);
}
