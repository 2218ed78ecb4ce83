/* SPDX-License-Identifier: MIT
 *
 * rpcsec-compat/tchar.h: the generic text functions: of char, or of wchar_t where UNICODE is
 * defined.
 */
#ifndef RPCSEC_COMPAT_TCHAR_H
#define RPCSEC_COMPAT_TCHAR_H

#include <windows.h>

#define _T(text)  TEXT(text)
#define __T(text) TEXT(text)

#if defined(UNICODE) || defined(_UNICODE)
#define _tprintf    wprintf
#define _ftprintf   fwprintf
#define _sntprintf  swprintf
#define _stprintf_s swprintf
#define _tcslen     wcslen
#define _tcscpy     wcscpy
#define _tcscat     wcscat
#define _tcscmp     wcscmp
#define _tcsicmp    wcscasecmp
#define _tcschr     wcschr
#define _tcsdup     wcsdup
#define _tcstoul    wcstoul
#define _fputts     fputws
#define _tmain      wmain
#else
#define _tprintf    printf
#define _ftprintf   fprintf
#define _sntprintf  snprintf
#define _stprintf_s snprintf
#define _tcslen     strlen
#define _tcscpy     strcpy
#define _tcscat     strcat
#define _tcscmp     strcmp
#define _tcsicmp    strcasecmp
#define _tcschr     strchr
#define _tcsdup     strdup
#define _tcstoul    strtoul
#define _fputts     fputs
#define _tmain      main
#endif

#endif
