/* SPDX-License-Identifier: MIT
 *
 * onc/onc_service.c: the echo program's procedures, as an rpcgen program has them.
 */
#include "onc_service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rpcsec/onc.h>

bool_t echo_1_svc(blob *argument, blob *result, struct svc_req *request)
{
    (void)request;
    result->blob_len = argument->blob_len;
    result->blob_val = malloc(argument->blob_len + 1);
    if (result->blob_val && argument->blob_len > 0)
        memcpy(result->blob_val, argument->blob_val, argument->blob_len);
    return result->blob_val != NULL;
}

/* Over a server of libtirpc's there is no peer of ours. */
bool_t whoami_1_svc(void *argument, text *result, struct svc_req *request)
{
    const struct rpcsec_peer *peer = rpcsec_onc_peer(request);
    char line[1024];

    (void)argument;
    snprintf(line, sizeof(line), "%s %s %s", peer ? peer->principal : "unknown",
             peer ? rpcsec_mechanism_name(peer->mechanism) : "unknown",
             peer ? rpcsec_level_name(peer->level) : "unknown");
    *result = strdup(line);
    return *result != NULL;
}

bool_t sink_1_svc(blob *argument, u_int *result, struct svc_req *request)
{
    (void)request;
    *result = argument->blob_len;
    return TRUE;
}

bool_t source_1_svc(u_int *len, blob *result, struct svc_req *request)
{
    (void)request;
    result->blob_len = *len;
    result->blob_val = calloc(1, (size_t)*len + 1);
    return result->blob_val != NULL;
}

int echo_prog_1_freeresult(SVCXPRT *transport, xdrproc_t filter, caddr_t result)
{
    (void)transport;
    xdr_free(filter, result);
    return 1;
}
