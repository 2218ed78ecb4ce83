/* SPDX-License-Identifier: MIT
 *
 * A service of rpcgen.
 */
#include "hello.h"
#include <rpcsec/onc.h>

void hello_1(struct svc_req *request, SVCXPRT *transport);

int main(void)
{
    struct rpcsec_onc_server *server = NULL;

    if (rpcsec_onc_server_new(NULL, &server, NULL) ||
        rpcsec_onc_server_add(server, HELLO, V1, hello_1, NULL) ||
        rpcsec_onc_server_listen(server, "onc_tcp:[0]", RPCSEC_REGISTER, NULL) ||
        rpcsec_onc_server_run(server, 1, NULL))
        return 1;
    return 1;
}
