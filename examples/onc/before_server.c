/* SPDX-License-Identifier: MIT
 *
 * A service of rpcgen.
 */
#include "hello.h"

void hello_1(struct svc_req *request, SVCXPRT *transport);

int main(void)
{
    if (!svc_create(hello_1, HELLO, V1, "tcp"))
        return 1;
    svc_run();
    return 1;
}
