#!/bin/bash
# SPDX-License-Identifier: MIT
# Programs over SSPI in a realm: one in the shape of Windows', random calls, and MIT's GSS-API at
# the other end.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
in_realm --principal greeter/server.test

for letter in a w; do
    for package in Kerberos Negotiate; do
        check "a Windows program, $letter, $package" exits 0 \
            ./tests/sspi/windows_shape_$letter $package greeter/server.test
        check "it knows its client" grep -q '^client ada@RPCSEC.TEST' "$work/out"
        ! grep -q 'Mutual Auth not set' "$work/out"
        check "the server proved itself" [ $? -eq 0 ]
    done
done
check "random calls on random handles from eight threads" exits 0 \
    ./tests/sspi/handles "${SSPI_OPERATIONS:-20000}" greeter/server.test
for mech in kerberos negotiate; do
    for style in plain dce; do
        check "MIT's GSS-API accepts from us, and we from it: $mech, $style" exits 0 \
            ./tests/sspi/gss_peer $mech $style greeter/server.test
        tail -n 3 "$work/err"
    done
done
finish
