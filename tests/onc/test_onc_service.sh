#!/bin/bash
# SPDX-License-Identifier: MIT
# test_onc_service and test_onc_meddled in a realm, with their trace.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal host/localhost
export RPCSEC_TRACE=$work/trace
check 'a server and its clients in one program' timeout 600 ./tests/onc/test_onc_service
check 'records that are changed, contexts that end' timeout 600 ./tests/onc/test_onc_meddled
for event in accepted context denied context_refused too_slow draining closed; do
    check "the trace tells $event" grep -q "onc.*$event" "$work/trace"
done
finish
