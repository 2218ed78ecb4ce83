#!/bin/bash
# SPDX-License-Identifier: MIT
# What RPCSEC_GSS of ours guarantees: nothing in plaintext at privacy, hostile streams, errors with their
# cause, many connections.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal host/localhost --principal other/localhost
peer=./tests/onc/onc_peer
python=$(command -v python3) || skip 'python3 is not installed'
hostile="$python $srcdir/tests/onc/hostile.py"
spn=host@localhost

start_onc()
{
    rm -f "$work/listening"
    "$RPCSEC" serve --onc '127.0.0.1[0]' "$@" >"$work/listening" 2>"$work/server.err" &
    server=$!
    eventually grep -q '^listening' "$work/listening" || { cat "$work/server.err"; exit 1; }
    port=$(sed -n 's/.*\[\(.*\)\]/\1/p' "$work/listening")
}

# holds_plaintext SIZE FILE: 16 bytes of what onc_peer echoes, as they stand in the middle.
holds_plaintext()
{
    $python - "$1" "$2" <<'PY'
import sys
size = int(sys.argv[1])
middle = bytes((i * 31 + size) & 255 for i in range(size // 2, size // 2 + 16))
sys.exit(0 if middle in open(sys.argv[2], 'rb').read() else 1)
PY
}

start_onc
check 'hostile streams' $hostile streams "$port"
check 'a thousand connections, half of them silent' $hostile crowd "$port" 1000
check 'others are served after' "$peer" call ours "$port" $spn privacy 32
# shellcheck disable=SC2086 # words
$hostile relay "$port" "$work/wire" >"$work/relay" &
relay=$!
eventually grep -q . "$work/relay"
for kind in ours own stock; do
    : >"$work/wire"
    size=262144
    [ $kind = stock ] && size=60000
    check "$size bytes at privacy from $kind" "$peer" call $kind "$(cat "$work/relay")" $spn privacy $size
    check 'left their trace on the wire' [ "$(wc -c <"$work/wire")" -gt $size ]
    check 'but no plaintext' exits 1 holds_plaintext $size "$work/wire"
done
kill "$relay"
check 'SIGTERM ends it with 0' stop_server

start_onc --least-level integrity
rm -f "$work/relay"
$hostile relay "$port" "$work/wire" >"$work/relay" &
relay=$!
eventually grep -q . "$work/relay"
check 'integrity shows the plaintext (so the test can see it)' "$peer" call ours "$(cat "$work/relay")" \
    $spn integrity 262144
check '(it does)' holds_plaintext 262144 "$work/wire"
kill "$relay"
stop_server

start_onc --limit server-bytes=65536 --limit handshake-ms=5000
check 'clients that do not read' $hostile deaf "$port"
stop_server

start_onc --accept-spn host/localhost
check 'a principal that is not served is refused' exits 1 "$peer" call ours "$port" other@localhost privacy 1
check 'with the major status, and the principal' says 'major 0xd0000.*other@localhost'
stop_server
check 'a server that is gone is a lost connection or none' exits 1 "$peer" call own "$port" $spn privacy 1

finish
