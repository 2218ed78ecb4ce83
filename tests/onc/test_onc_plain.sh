#!/bin/bash
# SPDX-License-Identifier: MIT
# test_onc_plain in a realm, over Kerberos and over Negotiate.
. "$srcdir/tests/realm/lib.sh"
need_kdc
for package in kerberos negotiate; do
    check "plain contexts over $package" "$RPCSEC" realm --principal greeter/server.test -- \
        ./tests/onc/test_onc_plain $package
done
finish
