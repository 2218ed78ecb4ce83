#!/bin/sh
# SPDX-License-Identifier: MIT
# From a bare Debian 12 to a sealed Kerberos call: installs what is missing, builds in build/, starts a
# throw-away Kerberos realm, the greeter's server and its client, and shows what happened.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/setup.sh"

case ${1:-} in
'') ;;
--help | -h)
    sed -n '3,4s/^# //p' "$0"
    exit 0
    ;;
*)
    echo "usage: examples/demo.sh" >&2
    exit 2
    ;;
esac

need_packages build realm || fail "packages that the demo needs cannot be installed"
if [ -f "$top/build/configure.args" ]; then
    # shellcheck disable=SC2046  # words
    build_in "$top/build" $(cat "$top/build/configure.args")
else
    build_in "$top/build" --without-tests
fi
