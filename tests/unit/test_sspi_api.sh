#!/bin/sh
# SPDX-License-Identifier: MIT
# test_sspi_api in a realm.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
exec "$RPCSEC" realm --principal greeter/server.test --principal other/server.test -- \
    ./tests/unit/test_sspi_api
