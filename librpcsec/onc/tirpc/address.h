/* SPDX-License-Identifier: MIT
 *
 * onc/tirpc/address.h: addresses as 'onc_tcp:HOST[PORT]'. Layer: onc/tirpc.
 */
#ifndef ONC_TIRPC_ADDRESS_H
#define ONC_TIRPC_ADDRESS_H

#include <rpcsec/rpcsec.h>

#include "base/limits.h"

struct onc_address {
    char host[256]; /* empty: any of ours */
    char port[6];
};

/* BAD_BINDING. */
RPCSEC_MUST_USE rpcsec_status onc_address_parse(const char *text, struct onc_address *ret,
                                                struct rpcsec_error *err);
void onc_address_print(const struct onc_address *address, char out[LIMIT_BINDING_LEN]);

#endif
