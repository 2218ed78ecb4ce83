/* SPDX-License-Identifier: MIT
 *
 * sspi/api_wide32.c: the W forms of the public calls for UTF-32, the wchar_t of Linux. Layer:
 * sspi.
 */
#define WIDE_FORM FORM_W32
#include "sspi/api_wide.h"
