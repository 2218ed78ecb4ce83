#!/bin/bash
# SPDX-License-Identifier: MIT
# Explicit identities, channel bindings and credentials by path, in a realm with a user who has a
# password. The user's own cache is never touched.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
in_realm --principal greeter/server.test

PATH=$PATH:/usr/sbin kadmin.local -q 'addprinc -pw Secret-of-bert bert' >"$work/kadmin" 2>&1 || {
    cat "$work/kadmin"
    exit 1
}
PATH=$PATH:/usr/sbin kadmin.local -q 'modprinc +ok_to_auth_as_delegate +ok_as_delegate greeter/server.test' \
    >"$work/kadmin" 2>&1
for width in 32 16; do
    check "identities and bindings, wide characters of $width bits" exits 0 \
        ./tests/sspi/credentials_w$width greeter/server.test bert RPCSEC.TEST Secret-of-bert
    grep -A 1 '^FAILED' "$work/out"
    checks=$((checks + $(grep -c '^ok' "$work/out")))
done
klist "$RPCSEC_REALM_DIR/ada.ccache" >"$work/out" 2>&1
check "the user's cache is still the user's" grep -q 'Default principal: ada@RPCSEC.TEST' "$work/out"
! grep -q bert "$work/out"
check "and holds nobody else's ticket" [ $? -eq 0 ]
finish
