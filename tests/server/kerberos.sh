#!/bin/bash
# SPDX-License-Identifier: MIT
# test_runtime_kerberos in a realm of its own.
. "$srcdir/tests/realm/lib.sh"
need_kdc
"$RPCSEC" realm --principal service/localhost --principal other/localhost \
    -- ./tests/server/test_server_kerberos
