/* SPDX-License-Identifier: MIT
 *
 * harness/fake_package.h: a security package without security, for tests that want to be
 * deterministic and fuzzers that want to get past the cryptography.
 *
 * It behaves like Kerberos in DCE style: tokens in turn, a token per message whose sequence
 * number must be the next, a checksum over all buffers, data changed in place. It keeps no
 * secret: everything can be computed by anyone.
 *
 * Hand &fake_package to sspi_cred_acquire. Its behaviour is written in the credential's
 * principal, "key=value" separated by commas; NULL means all defaults:
 *   legs=N     tokens of the handshake in all, 1..16 (3)
 *   token=N    bytes of each handshake token, 20..65536 (100)
 *   wrap=N     bytes of the token of wrap, at least 28 (76)
 *   mic=N      bytes of the token of mic, at least 28 (28)
 *   fail=N     this side's step number N fails (0: none)
 *   status=N   with this rpcsec_status (26, BAD_TOKEN)
 *   enctype=N  what it says of its keys (18)
 *   drop=N     flags that are not granted, decimal (0)
 *   trust=N    1: checks no hash, number or magic, and changes no data: for fuzzers (0)
 *   expires=N  when its contexts do, in seconds since 1970 (0: never)
 *   quiet=N    from step N on nothing is sent and it is not done (0: never)
 */
#ifndef HARNESS_FAKE_PACKAGE_H
#define HARNESS_FAKE_PACKAGE_H

#include "packages/package.h"

extern const struct pkg_ops fake_package;

/* A token that may come after the handshake's end. */
#define FAKE_LAST_WORD "that is all"

#define FAKE_CLIENT    "ada@FAKE"
#define FAKE_SERVICE   "test/server.example@FAKE"

#endif
