/* SPDX-License-Identifier: MIT
 *
 * onc/hello_procs.c: the service's one procedure, the same before and after.
 */
#include <stdio.h>

#include "hello.h"

char **greet_1_svc(char **name, struct svc_req *request)
{
    static char text[300];
    static char *result = text;

    (void)request;
    snprintf(text, sizeof(text), "Hello %.200s", *name);
    return &result;
}
