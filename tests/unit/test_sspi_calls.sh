#!/bin/sh
# SPDX-License-Identifier: MIT
# test_sspi_calls in a realm, for each width of wide text.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
exec "$RPCSEC" realm --principal greeter/server.test -- \
    sh -ec './tests/unit/test_sspi_calls_w32; ./tests/unit/test_sspi_calls_w16'
