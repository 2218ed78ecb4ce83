/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/rpcbind.c: telling rpcbind where a program is. Layer: onc/tirpc. Document: RFC
 * 1833.
 */
#include "onc/tirpc/server.h"

#include <netinet/in.h>

#include "base/error.h"

static bool set_one(const struct onc_program *program, const struct netconfig *netconfig,
                    const struct onc_listener *listener)
{
    const struct netbuf address = {
        .maxlen = listener->address_len,
        .len = listener->address_len,
        .buf = (void *)(uintptr_t)&listener->address,
    };

    /* What a server that crashed left there must not be in the way. */
    (void)rpcb_unset(program->prog, program->vers, netconfig);
    return rpcb_set(program->prog, program->vers, netconfig, &address);
}

static struct netconfig *netconfig_of(const struct onc_listener *listener)
{
    return getnetconfigent(listener->address.ss_family == AF_INET6 ? "tcp6" : "tcp");
}

rpcsec_status onc_register(struct rpcsec_onc_server *server,
                           const struct onc_listener *listener, struct rpcsec_error *err)
{
    struct netconfig *netconfig;
    bool good;

    if (!(listener->flags & RPCSEC_REGISTER))
        return RPCSEC_OK;
    netconfig = netconfig_of(listener);
    good = netconfig != NULL;
    for (const struct onc_program *p = server->programs; p && good; p = p->next)
        good = set_one(p, netconfig, listener);
    if (netconfig)
        freenetconfigent(netconfig);
    if (good)
        return RPCSEC_OK;
    return error_set(err, RPCSEC_NOT_FOUND, RPCSEC_LAYER_REMOTE,
                     "rpcbind does not take the registration of %s: is it running, and may "
                     "this user register?",
                     listener->binding);
}

void onc_unregister(struct rpcsec_onc_server *server)
{
    for (const struct onc_listener *l = server->listeners; l; l = l->next) {
        struct netconfig *netconfig;

        if (!(l->flags & RPCSEC_REGISTER))
            continue;
        netconfig = netconfig_of(l);
        for (const struct onc_program *p = server->programs; p && netconfig; p = p->next)
            (void)rpcb_unset(p->prog, p->vers, netconfig);
        if (netconfig)
            freenetconfigent(netconfig);
    }
}
