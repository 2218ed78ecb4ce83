#!/bin/sh
# SPDX-License-Identifier: MIT
# From a bare Debian 12 to a sealed Kerberos call: installs what is missing, builds in build/, starts a
# throw-away Kerberos realm, the greeter's server and its client, and shows what happened.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/setup.sh"

# Runs inside the realm: server, client, what each saw.
greet() {
    cd "$top/build"
    output=$(mktemp)
    trap 'rm -f "$output"; kill "$server" 2>/dev/null || true' EXIT
    echo "    user $(klist 2>/dev/null | sed -n 's/^Default principal: //p'), service greeter/localhost, a KDC on a free port of 127.0.0.1"

    say "starting the greeter's server"
    ./examples/greeter_server 'ncacn_ip_tcp:127.0.0.1[0]' >"$output" 2>&1 &
    server=$!
    tries=0
    until binding=$(sed -n 's/^listening //p' "$output") && [ -n "$binding" ]; do
        tries=$((tries + 1))
        kill -0 "$server" 2>/dev/null && [ $tries -lt 100 ] || {
            cat "$output" >&2
            fail "the server did not start"
        }
        sleep 0.1
    done
    echo "    $binding"

    say "calling greeter_greet(\"Ada\"): the handshake leg by leg, the request, and who answered"
    ./examples/greeter_client -v "$binding" greeter/localhost Ada | sed 's/^/    /'

    say "what the server saw"
    sed -n '/^listening /!p' "$output" | sed 's/^/    /'
    kill -TERM "$server"
    wait "$server"
}

case ${1:-} in
'') ;;
inside)
    greet
    exit 0
    ;;
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
say "starting a throw-away Kerberos realm"
"$top/build/librpcsec/tools/rpcsec" realm --principal greeter/localhost -- sh "$0" inside
say "done: the same call again is ./examples/demo.sh; the code is examples/greeter_*.c and greeter.idl"
