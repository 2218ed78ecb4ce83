/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/address.c: addresses as 'onc_tcp:HOST[PORT]'. Layer: onc/tirpc.
 */
#include "onc/tirpc/address.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define PREFIX "onc_tcp:"

static bool parse(const char *text, struct onc_address *ret)
{
    const char *host = text + strlen(PREFIX);
    const char *open;
    size_t host_len;
    size_t port_len;
    uint64_t port;

    if (strnlen(text, LIMIT_BINDING_LEN) == LIMIT_BINDING_LEN ||
        strncmp(text, PREFIX, strlen(PREFIX)) != 0)
        return false;
    open = strrchr(host, '[');
    if (!open || open[strlen(open) - 1] != ']')
        return false;
    host_len = (size_t)(open - host);
    port_len = strlen(open) - 2;
    if (host_len >= sizeof(ret->host) || port_len >= sizeof(ret->port) ||
        text_number(open + 1, port_len, UINT16_MAX, &port) != RPCSEC_OK)
        return false;
    text_print(ret->host, sizeof(ret->host), "%.*s", (int)host_len, host);
    text_print(ret->port, sizeof(ret->port), "%u", (unsigned)port);
    return true;
}

rpcsec_status onc_address_parse(const char *text, struct onc_address *ret,
                                struct rpcsec_error *err)
{
    if (parse(text, ret))
        return RPCSEC_OK;
    return error_set(err, RPCSEC_BAD_BINDING, RPCSEC_LAYER_ARGUMENT,
                     "'%.200s' is no address: it has the form onc_tcp:HOST[PORT]", text);
}

void onc_address_print(const struct onc_address *address, char out[LIMIT_BINDING_LEN])
{
    text_print(out, LIMIT_BINDING_LEN, PREFIX "%s[%s]", address->host, address->port);
}
