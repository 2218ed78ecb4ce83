#!/bin/sh
# SPDX-License-Identifier: MIT
# test_packages_kerberos in realms of the other AES encryption types (RFC 3962, RFC 8009).
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
for enctype in aes128-cts-hmac-sha1-96 aes128-cts-hmac-sha256-128 aes256-cts-hmac-sha384-192; do
    RPCSEC_TEST_ENCTYPE=$enctype
    export RPCSEC_TEST_ENCTYPE
    check "all tests pass with $enctype" \
        "$RPCSEC" realm --enctypes $enctype --principal greeter/server.test \
        --principal other/server.test -- ./tests/unit/test_packages_kerberos
done
exit $((failures > 0))
