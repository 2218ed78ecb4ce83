#!/bin/bash
# SPDX-License-Identifier: MIT
# The association suite over Kerberos, in a realm of its own.
. "$srcdir/tests/realm/lib.sh"
need_kdc

for suite in call tamper; do
    check "flow_$suite over Kerberos" "$RPCSEC" realm -- ./tests/flow/test_flow_$suite kerberos
done
finish
