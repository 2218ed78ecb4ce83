/* SPDX-License-Identifier: MIT
 *
 * transport/lookup.c: host names to addresses, for connecting and listening. Layer: transport.
 * Documents: getaddrinfo(3), RFC 6761 6.3. It must not be asked for a server's identity.
 */
#include "transport/transport.h"

#include <netdb.h>
#include <strings.h>

int transport_look_up(const char *host, const char *port, bool passive,
                      struct addrinfo **ret_list)
{
    struct addrinfo hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_NUMERICSERV | (passive ? AI_PASSIVE : 0),
    };

    /* RFC 6761 6.3: localhost is the loopback address whatever the system's tables say; a
     * system without /etc/hosts knows none. */
    if (host && strcasecmp(host, "localhost") == 0) {
        hints.ai_flags = AI_NUMERICSERV;
        host = NULL;
    }
    return getaddrinfo(host, port, &hints, ret_list);
}
