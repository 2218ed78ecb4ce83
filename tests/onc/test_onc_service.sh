#!/bin/bash
# SPDX-License-Identifier: MIT
# test_onc_service in a realm, with its trace.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal host/localhost
export RPCSEC_TRACE=$work/trace
check 'a server and its clients in one program' timeout 600 ./tests/onc/test_onc_service
for event in accepted context denied context_refused too_slow draining closed; do
    check "the trace tells $event" grep -q "onc.*$event" "$work/trace"
done
finish
