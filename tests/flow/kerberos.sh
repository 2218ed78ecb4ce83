#!/bin/bash
# SPDX-License-Identifier: MIT
# The association suite over Kerberos and over Negotiate, in a realm of its own.
. "$srcdir/tests/realm/lib.sh"
need_kdc

for suite in call tamper client; do
    for package in kerberos negotiate; do
        check "flow_$suite over $package" "$RPCSEC" realm -- ./tests/flow/test_flow_$suite $package
    done
done
finish
