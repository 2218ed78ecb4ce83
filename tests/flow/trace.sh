#!/bin/bash
# SPDX-License-Identifier: MIT
# What runs untraced runs traced, and every line of RPCSEC_TRACE has its form: time, layer, event, details.
. "$srcdir/tests/realm/lib.sh"
need_kdc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# traced COMMAND...: succeeds, and leaves well-formed lines only, at least one.
traced()
{
    rm -f "$work/trace"
    RPCSEC_TRACE=$work/trace "$@" >"$work/out" 2>&1 || {
        tail -n 20 "$work/out"
        return 1
    }
    [ -s "$work/trace" ] || {
        echo "no trace"
        return 1
    }
    ! grep -vE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z [a-z_]+ [a-z0-9_]+( .*)?$' "$work/trace"
}

for test in flow/test_flow_call flow/test_flow_tamper unit/test_runtime_server unit/test_runtime_client \
    unit/test_sspi_context unit/test_packages_record_gss fault/test_fault_states; do
    check "$test, traced" traced "./tests/$test"
done
check "calls over Kerberos, traced" traced "$RPCSEC" realm --principal service/localhost \
    --principal other/localhost -- ./tests/unit/test_runtime_kerberos
check "contexts over Kerberos, traced" traced "$RPCSEC" realm --principal greeter/server.test \
    --principal other/server.test -- ./tests/unit/test_packages_kerberos
finish
