#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec epmd` and `rpcsec serve --register`: servers are found through the mapper of the host, are
# forgotten when they are killed, and known to a mapper that was started again; and a second user,
# who cannot take another's interface. Root is needed to be that user.
. "$srcdir/tests/realm/lib.sh"
in_realm
chmod 755 "$work"
run=$work/run

start_mapper()
{
    rm -f "$work/mapper"
    "$RPCSEC" epmd --listen "ncacn_ip_tcp:localhost[${1:-0}]" --local-directory "$run" \
        >"$work/mapper" 2>"$work/mapper.err" &
    mapper=$!
    eventually grep -q 'ncacn_ip_tcp' "$work/mapper" || {
        echo "FAILED: the mapper does not start: $(cat "$work/mapper.err")"
        exit 1
    }
    epm_port=$(sed -n 's/^listening ncacn_ip_tcp.*\[\([0-9]*\)\]$/\1/p' "$work/mapper" | head -n 1)
}

stop_mapper()
{
    kill -TERM "$mapper"
    wait "$mapper"
}

map() { "$RPCSEC" map localhost --port "$epm_port" >"$work/out" 2>"$work/err"; }
lists() { map && grep -q -e "$1" "$work/out"; }
lists_no() { map && ! grep -q -e "$1" "$work/out"; }
found() { exits 0 "$RPCSEC" ping "ncacn_ip_tcp:localhost[,epm_port=$epm_port]" -c 1; }

check 'no operand is needed' exits 2 "$RPCSEC" epmd localhost
check 'a server without a mapper says so' \
    exits 3 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --register --local-directory "$run"
check 'by its name' says 'nobody serves ncalrpc:\[epmapper\]'

start_mapper
check 'its socket is told' grep -qx 'listening ncalrpc:\[epmapper\]' "$work/mapper"
check 'a second one does not start' \
    exits 1 "$RPCSEC" epmd --listen 'ncacn_ip_tcp:localhost[0]' --local-directory "$run"
check 'it knows itself' lists 'ncacn_ip_tcp.* epm'
check 'and no server yet' lists_no rpcecho

start_server --register --listen 'ncalrpc:[echo]' --local-directory "$run"
port=${binding##*[}
port=${port%]}
check 'a server that registers is listed' \
    lists "^60a15ec5-4de8-11d7-a637-005056a20182 .*ncacn_ip_tcp:localhost\\[$port\\] .*rpcecho"
check 'at its local endpoint too' lists 'ncalrpc:.*\[echo\] .*rpcecho'
kill -KILL "$server"
wait "$server" 2>/dev/null
check 'and forgotten when it is killed' eventually lists_no rpcecho

start_server --register --local-directory "$run"
check 'its successor is listed' lists rpcecho
kill -KILL "$mapper"
wait "$mapper" 2>/dev/null
start_mapper "$epm_port"
check 'a mapper that was killed and started again hears of it' eventually lists rpcecho
stop_server
check 'a server that ends is forgotten' eventually lists_no rpcecho
check 'the mapper ends well' stop_mapper
check 'its socket is gone' test ! -e "$run/epmapper"

other=65534
if [ "$(id -u)" -ne 0 ] ||
    ! setpriv --reuid="$other" --regid="$other" --clear-groups "$RPCSEC" --version >/dev/null 2>&1; then
    [ "$failures" -eq 0 ] || finish
    skip "a second user: root is needed, and a command that uid $other may run"
fi
start_mapper
start_server --register --local-directory "$run"
check 'another user cannot take the interface' exits 4 \
    setpriv --reuid="$other" --regid="$other" --clear-groups \
    "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --mech local --register --local-directory "$run"
check 'which he is told' says 'another user serves the interface'
check 'the first one is still listed' lists rpcecho
stop_server
stop_mapper
finish
