#!/bin/sh
# SPDX-License-Identifier: MIT
# test_sspi_expiry in a realm whose tickets live for seconds.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
exec "$RPCSEC" realm --lifetime 5 --clockskew 1 --principal greeter/server.test -- \
    ./tests/unit/test_sspi_expiry
