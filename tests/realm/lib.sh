# SPDX-License-Identifier: MIT
# Sourced by the scripts here. They run in the build folder; automake gives srcdir.
set -u
RPCSEC=${RPCSEC:-./librpcsec/tools/rpcsec}
failures=0
checks=0

skip()
{
    echo "SKIP $(basename "$0"): $*"
    exit 77
}

need_kdc()
{
    for program in krb5kdc kdb5_util kadmin.local; do
        PATH=$PATH:/usr/sbin command -v "$program" >/dev/null ||
            skip "$program is not installed (krb5-kdc, krb5-admin-server)"
    done
    [ -x "$RPCSEC" ] || skip "the rpcsec command was not built"
}

# check SENTENCE COMMAND...: the command succeeds.
check()
{
    local sentence=$1
    shift
    checks=$((checks + 1))
    if "$@"; then
        echo "ok: $sentence"
    else
        echo "FAILED: $sentence ($*)"
        failures=$((failures + 1))
    fi
}

# exits CODE COMMAND...: the command ends with this code; its output is in $work/out and err.
exits()
{
    local want=$1 got
    shift
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ "$got" -eq "$want" ] && return 0
    echo "exit $got instead of $want; stderr: $(cat "$work/err")"
    return 1
}

says()
{
    grep -q -e "$1" "$work/err" && return 0
    echo "not in: $(cat "$work/err")"
    return 1
}

# eventually COMMAND...: succeeds within 10 s.
eventually()
{
    for _ in $(seq 200); do
        "$@" && return 0
        sleep 0.05
    done
    return 1
}

finish()
{
    echo "$checks checks, $failures failed"
    [ "$failures" -eq 0 ] || exit 1
    exit 0
}


# in_realm OPTION...: goes on inside a realm of this script's own.
in_realm()
{
    [ -z "${RPCSEC_TEST_INSIDE:-}" ] || return 0
    need_kdc
    rm -rf "$work"
    RPCSEC_TEST_INSIDE=1 exec "$RPCSEC" realm "$@" -- bash "$0"
}

# start_server OPTION...: `rpcsec serve` on a free port; sets server and binding.
start_server()
{
    rm -f "$work/listening"
    "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' "$@" \
        >"$work/listening" 2>"$work/server.err" &
    server=$!
    eventually grep -q '^listening ' "$work/listening" || {
        echo "FAILED: the server does not start: $(cat "$work/server.err")"
        exit 1
    }
    binding=$(sed -n '1s/^listening //p' "$work/listening")
    binding=ncacn_ip_tcp:localhost[${binding##*[}
}

# stop_server: asks it to end; 0 when it ends well.
stop_server()
{
    kill -TERM "$server"
    wait "$server"
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
