#!/bin/sh
# SPDX-License-Identifier: MIT
# test_packages_record_krb5fast in a realm of each AES encryption type; what is said on the command
# line is handed on ("sweep": every size, some minutes).
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
for enctype in aes128-cts-hmac-sha1-96 aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha256-128 \
    aes256-cts-hmac-sha384-192; do
    check "krb5fast and gss agree with $enctype" \
        "$RPCSEC" realm --enctypes $enctype --principal greeter/server.test -- \
        ./tests/unit/test_packages_record_krb5fast "$@"
done
exit $((failures > 0))
