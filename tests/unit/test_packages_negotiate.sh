#!/bin/bash
# SPDX-License-Identifier: MIT
# Negotiate in a realm: what is its own, and what it shares with Kerberos.
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc

in_realm()
{
    "$RPCSEC" realm --principal greeter/server.test --principal other/server.test -- "$@"
}
check "Negotiate's own tests" in_realm ./tests/unit/test_packages_negotiate
check "Kerberos' tests over Negotiate" in_realm ./tests/unit/test_packages_kerberos negotiate
finish
