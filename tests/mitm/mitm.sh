#!/bin/bash
# SPDX-License-Identifier: MIT
# test_mitm in a realm of its own.
. "$srcdir/tests/realm/lib.sh"
need_kdc
"$RPCSEC" realm --principal service/localhost -- ./tests/mitm/test_mitm
