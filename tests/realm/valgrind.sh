#!/bin/sh
# SPDX-License-Identifier: MIT
# A client and a server run under valgrind: no leak, no invalid access. Run by `make valgrind`.
set -eu
if [ "${1:-}" != inside ]; then
    command -v valgrind >/dev/null 2>&1 || {
        echo "SKIP: valgrind is not installed"
        exit 77
    }
    exec ./librpcsec/tools/rpcsec realm --principal greeter/localhost -- sh "$0" inside
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
check="./libtool --mode=execute valgrind --quiet --suppressions=${srcdir:-.}/tests/valgrind.supp --leak-check=full --show-leak-kinds=definite,indirect,possible --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99"

# shellcheck disable=SC2086  # words
$check ./examples/greeter_server 'ncacn_ip_tcp:127.0.0.1[0]' >"$work/server" 2>&1 &
server=$!
tries=0
until grep -q '^listening ' "$work/server"; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || {
        cat "$work/server"
        exit 1
    }
    sleep 0.1
done
binding=$(sed -n 's/^listening //p' "$work/server")
status=0
for arguments in "greeter/localhost Ada" "greeter/localhost Grace" "nobody/localhost Eve"; do
    # shellcheck disable=SC2086  # words
    $check ./examples/greeter_client "$binding" $arguments >"$work/client" 2>&1 || client=$?
    cat "$work/client"
    [ "${client:-0}" -ne 99 ] || status=1
done
kill -TERM "$server"
wait "$server" || status=1
cat "$work/server"
exit $status
