#!/bin/bash
# SPDX-License-Identifier: MIT
# Each client with each server, at each level: ours (an AUTH of ours on libtirpc's CLIENT), own (our
# own CLIENT), stock (libtirpc's authgss_create).
. "$srcdir/tests/realm/lib.sh"
in_realm --principal host/localhost
peer=./tests/onc/onc_peer
spn=host@localhost

# port_of: of the program that wrote $work/listening.
port_of()
{
    eventually grep -q . "$work/listening" || return 1
    port=$(sed -n '1s/^listening .*\[\(.*\)]$/\1/; 1p' "$work/listening")
}

# echoes KIND LEVEL SIZE...
echoes()
{
    local kind=$1 level=$2
    shift 2
    timeout 120 "$peer" call "$kind" "$port" "$spn" "$level" "$@" >"$work/out"
}

# whoami WORDS: what the last one was told.
whoami()
{
    [ "$(cat "$work/out")" = "$*" ] || { echo "told: $(cat "$work/out")"; false; }
}

start_onc()
{
    rm -f "$work/listening"
    "$RPCSEC" serve --onc '127.0.0.1[0]' "$@" >"$work/listening" 2>"$work/server.err" &
    server=$!
    port_of || { echo "FAILED: $(cat "$work/server.err")"; exit 1; }
}

start_onc --least-level none --anonymous
for kind in ours own stock; do
    for level in connect integrity privacy; do
        check "$kind to our server at $level" echoes $kind $level 0 32 60000
        check "$kind is known by name" whoami "ada@RPCSEC.TEST kerberos $level"
    done
done
check "a client without authentication, where policy allows it" echoes stock none 0 32 60000
check "is nobody" whoami " none none"
for kind in ours own; do
    for level in connect integrity privacy; do
        check "1 MiB $kind at $level" echoes $kind $level 1048576
    done
done
threads_share_a_context()
{
    timeout 60 "$peer" bench own "$port" "$spn" privacy 32 1 8 shared >"$work/out" 2>"$work/err"
    [ ! -s "$work/err" ] && [ "$(cat "$work/out")" -gt 100 ] || { cat "$work/out" "$work/err"; false; }
}
check 'threads share a context' threads_share_a_context
check 'SIGTERM ends it with 0' stop_server

start_onc --least-level connect --limit request-bytes=100000000 --limit response-bytes=100000000
for level in connect integrity privacy; do
    check "64 MiB own at $level, where policy allows it" echoes own $level 67108864
done
check '64 MiB ours at privacy' echoes ours privacy 67108864
stop_server

start_onc
check '64 MiB are refused by default' exits 1 "$peer" call own "$port" "$spn" privacy 67108864
check 'privacy by default' echoes stock privacy 32
for level in none connect integrity; do
    check "$level is refused by default" exits 1 "$peer" call stock "$port" "$spn" $level 32
done
check 'and said to be too weak' exits 1 "$peer" call ours "$port" "$spn" integrity 32
check '(with its name)' says AUTH_TOOWEAK
check 'onc-ping tells the server and the enctype' exits 0 "$RPCSEC" onc-ping \
    --spn "$spn" "127.0.0.1[$port]" 0x2fffff01 1
check '(both)' grep -q '^server host/localhost@RPCSEC.TEST, kerberos, privacy, aes256' "$work/out"
check 'onc-ping over SPNEGO' exits 0 "$RPCSEC" onc-ping \
    --spn "$spn" --mech negotiate "127.0.0.1[$port]" 0x2fffff01 1
check 'onc-ping of another program' exits 1 "$RPCSEC" onc-ping --spn "$spn" "127.0.0.1[$port]" 7 1
check 'onc-ping without authentication is denied' exits 4 "$RPCSEC" onc-ping \
    --level none "127.0.0.1[$port]" 0x2fffff01 1
check 'onc-ping of a port where nobody listens' exits 3 "$RPCSEC" onc-ping '127.0.0.1[1]' 1 1
check 'onc-ping without operands is a usage error' exits 2 "$RPCSEC" onc-ping
stop_server

rm -f "$work/listening"
"$peer" server "$spn" >"$work/listening" &
server=$!
port_of || exit 1
for kind in ours own stock; do
    for level in connect integrity privacy; do
        check "$kind to libtirpc's server at $level" echoes $kind $level 0 32 60000
    done
done
kill "$server"
finish
