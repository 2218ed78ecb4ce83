/* SPDX-License-Identifier: MIT
 *
 * rpcsec/ndr.h: the type tables that rpcsec-idl writes and the engine walks.
 */
#ifndef RPCSEC_NDR_H
#define RPCSEC_NDR_H

#include <rpcsec/dcerpc.h>

#endif
