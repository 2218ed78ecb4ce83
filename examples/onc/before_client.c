/* SPDX-License-Identifier: MIT
 *
 * A client of rpcgen.
 */
#include "hello.h"
#include <stdio.h>

int main(int argc, char **argv)
{
    CLIENT *clnt = argc == 3 ? clnt_create(argv[1], HELLO, V1, "tcp") : NULL;
    char **text;

    if (!clnt)
        return 1;
    text = greet_1(&argv[2], clnt);
    puts(text ? *text : clnt_sperror(clnt, argv[1]));
    auth_destroy(clnt->cl_auth);
    clnt_destroy(clnt);
    return text ? 0 : 1;
}
