#!/bin/bash
# SPDX-License-Identifier: MIT
# The socket pair over SSPI: Kerberos and Negotiate.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
in_realm --principal greeter/server.test

for package in Kerberos Negotiate; do
    ./examples/sspi_server $package >"$work/server.out" 2>"$work/server.err" &
    server=$!
    eventually grep -q '^listening ' "$work/server.out"
    port=$(sed -n 's/^listening //p' "$work/server.out")
    check "$package: the client is welcomed" exits 0 \
        ./examples/sspi_client "$port" greeter/server.test "Hello over there" $package
    check "$package: it reads the server's answer" grep -qx Welcome "$work/out"
    check "$package: the server knows the client" eventually grep -qx 'client ada@RPCSEC.TEST' "$work/server.out"
    check "$package: the server reads the message" eventually grep -qx 'said Hello over there' "$work/server.out"
    check "$package: another service is refused" exits 1 \
        ./examples/sspi_client "$port" nobody/server.test Hello $package
    check "$package: and the reason is told" says 'not registered at the KDC'
    kill $server
    wait $server 2>/dev/null
done
finish
