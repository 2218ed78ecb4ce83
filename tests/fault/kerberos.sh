#!/bin/bash
# SPDX-License-Identifier: MIT
# The suites here over Kerberos, in a realm of their own.
. "$srcdir/tests/realm/lib.sh"
need_kdc

for suite in memory io; do
    check "fault_$suite over Kerberos" "$RPCSEC" realm -- ./tests/fault/test_fault_$suite kerberos
done
for package in kerberos negotiate; do
    check "fault_handshake over $package" \
        "$RPCSEC" realm -- ./tests/fault/test_fault_handshake $package
done
finish
