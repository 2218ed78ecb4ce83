#!/bin/sh
# SPDX-License-Identifier: MIT
# test_packages_kerberos in a realm, over each record protector.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
for RPCSEC_RECORD in gss fast; do
    export RPCSEC_RECORD
    check "all tests pass with the $RPCSEC_RECORD record protector" \
        "$RPCSEC" realm --principal greeter/server.test --principal other/server.test -- \
        ./tests/unit/test_packages_kerberos
done
exit $((failures > 0))
