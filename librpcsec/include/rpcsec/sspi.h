/* SPDX-License-Identifier: MIT
 *
 * rpcsec/sspi.h: the Security Support Provider Interface.
 */
#ifndef RPCSEC_SSPI_H
#define RPCSEC_SSPI_H

#include <rpcsec/rpcsec.h>

#endif
