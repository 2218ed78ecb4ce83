/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/secext.h: GetUserNameEx and its formats.
 */
#ifndef RPCSEC_COMPAT_SECEXT_H
#define RPCSEC_COMPAT_SECEXT_H

#include <windows.h>
#include <rpcsec/sspi.h>

typedef enum {
    NameUnknown = 0,
    NameFullyQualifiedDN = 1,
    NameSamCompatible = 2,
    NameDisplay = 3,
    NameUniqueId = 6,
    NameCanonical = 7,
    NameUserPrincipal = 8,
    NameCanonicalEx = 9,
    NameServicePrincipal = 10,
    NameDnsDomain = 12,
    NameGivenName = 13,
    NameSurname = 14,
} EXTENDED_NAME_FORMAT,
    *PEXTENDED_NAME_FORMAT;

#endif
