#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec onc-ping`: what it prints, and what it says of wrong operands and of servers of each wrong kind; wrong
# command lines of the other commands.
. "$srcdir/tests/realm/lib.sh"
command -v python3 >/dev/null || skip 'python3 is not installed'
in_realm
ping=("$RPCSEC" onc-ping)
program=0x2fffff01
"$RPCSEC" onc-ping --help | grep -q 'NULL procedure' || skip 'this build has no ONC RPC'

shows()
{
    grep -qE -e "$1" "$work/out" && return 0
    echo "not in: $(cat "$work/out")"
    return 1
}

is_json()
{
    python3 -m json.tool "$1" >/dev/null
}

"$RPCSEC" serve --json --onc 'localhost[0]' --least-level none --anonymous >"$work/listening" 2>"$work/server.err" &
server=$!
check 'serve --json tells its address' eventually grep -q '{"listening":"onc_tcp:localhost\[' "$work/listening"
host=$(sed -n '1s/.*"onc_tcp:\(.*\)"}/\1/p' "$work/listening")
for mech in kerberos negotiate; do
    for level in connect integrity privacy; do
        check "$mech at $level" exits 0 "${ping[@]}" "$host" $program 1 --mech $mech --level $level
        check 'who is proved is shown' shows "^server host/localhost@RPCSEC.TEST, $mech, $level, aes256"
    done
done
check 'three calls are timed' [ "$(grep -c '^call ' "$work/out")" -eq 3 ]
check 'and summed up' shows '3 calls: .* \(least/average/greatest\)$'
check 'no level is no authentication' exits 0 "${ping[@]}" "$host" $program 1 --level none --count 1
check 'and it is said' shows '^server not authenticated$'
check '--json is JSON' exits 0 "${ping[@]}" "$host" $program 1 --json --count 20
check 'with all of it' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
assert found["peer"] == "host/localhost@RPCSEC.TEST" and found["program"] == 0x2fffff01, found
trip = found["round_trip"]
assert trip["least_ms"] <= trip["average_ms"] <= trip["greatest_ms"], trip
' "$work/out"
check '--json without authentication' exits 0 "${ping[@]}" "$host" $program 1 --json --level none
check 'names no peer' shows '"peer":"","mechanism":"none"'
check 'a version that is not there' exits 1 "${ping[@]}" "$host" $program 9
check 'the same without authentication' exits 1 "${ping[@]}" "$host" $program 9 --level none
check 'is told in the words of ONC RPC' says 'the call failed: .*version'
check 'a program that is not there, as JSON' exits 1 "${ping[@]}" "$host" 7 1 --json --level none
check 'is JSON' is_json "$work/err"
check 'a principal that is not there' exits 4 "${ping[@]}" "$host" $program 1 --spn host@nowhere
check 'and is named' says nowhere
stop_server

for wrong in '' '[1]' 'localhost[' 'localhost[]' 'localhost[0]' 'localhost[65536]' 'localhost[123456]' \
    'localhost[1' 'localhost[x]' "$(printf 'h%.0s' $(seq 300))"; do
    check "no host: ${wrong:0:30}" exits 2 "${ping[@]}" "$wrong" $program 1
done
for wrong in x -1 '' 1x 4294967296 99999999999999999999; do
    check "no program: $wrong" exits 2 "${ping[@]}" -- localhost "$wrong" 1
    check "no version: $wrong" exits 2 "${ping[@]}" -- localhost 1 "$wrong"
done
check 'an unknown host' exits 3 "${ping[@]}" 'nowhere.invalid[1]' 1 1
check 'without rpcbind' exits 3 "${ping[@]}" localhost 0x2fffff77 1 --timeout 2
check 'the way around it is told' says 'goes without rpcbind'

# Servers that are none: one closes, one says nothing, one speaks HTTP.
python3 - "$work" <<'PYTHON' &
import os, socket, sys, threading

def serve(name, answer):
    s = socket.create_server(("127.0.0.1", 0))
    with open(sys.argv[1] + "/new." + name, "w") as f:
        f.write(str(s.getsockname()[1]))
    os.rename(sys.argv[1] + "/new." + name, sys.argv[1] + "/" + name)
    kept = []
    while True:
        c = s.accept()[0]
        if answer is None:
            kept.append(c)
            continue
        if answer:
            c.recv(4096)
            c.sendall(answer)
        c.close()

for name, answer in (("closes", b""), ("silent", None), ("http", b"HTTP/1.1 400 Bad Request\r\n\r\n")):
    threading.Thread(target=serve, args=(name, answer)).start()
PYTHON
none=$!
for kind in closes silent http; do
    eventually [ -s "$work/$kind" ]
    port=$(cat "$work/$kind")
    for level in none privacy; do
        checks=$((checks + 1))
        timeout 60 "${ping[@]}" "127.0.0.1[$port]" 1 1 --level $level --spn host@localhost --timeout 1 \
            >"$work/out" 2>"$work/err"
        code=$?
        if [ $code -ge 1 ] && [ $code -le 4 ] && [ -s "$work/err" ]; then
            echo "ok: a server that is none ($kind) at $level"
        else
            echo "FAILED: a server that is none ($kind) at $level: exit $code, $(cat "$work/err")"
            failures=$((failures + 1))
        fi
    done
done
kill $none

check 'no command is a usage error' exits 2 "$RPCSEC"
check 'and one that is not there' exits 2 "$RPCSEC" dance
check 'is named' says "there is no command 'dance'"
for help in --help -h; do
    check "$help lists the commands" exits 0 "$RPCSEC" $help
    check '(onc-ping among them)' shows '^  onc-ping '
done
check '--version' exits 0 "$RPCSEC" --version
check 'tells it' shows '^rpcsec [0-9]'
check '--version on a full disk' sh -c '"$@" >/dev/full 2>"$0/err"; [ $? -eq 1 ]' "$work" "$RPCSEC" --version
for command in map probe ping; do
    check "$command without an operand" exits 2 "$RPCSEC" $command
    check "$command with a wrong option" exits 2 "$RPCSEC" $command --dance
    check "$command --help" exits 0 "$RPCSEC" $command --help
done
check 'map of a host that is too long' exits 2 "$RPCSEC" map "$(printf 'h%.0s' $(seq 300))"
check 'realm: a principal that is too long' exits 2 "$RPCSEC" realm --principal "$(printf 'p%.0s' $(seq 201))" -- true
for wrong in '' -p /h h/ a/b/c 'a b'; do
    check "realm: no principal: '$wrong'" exits 2 "$RPCSEC" realm "--principal=$wrong" -- true
done

serve=("$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]')
check 'serve: an operand is a usage error' exits 2 "${serve[@]}" more
check 'serve: an unknown mechanism' exits 2 "${serve[@]}" --mech digest
check 'serve: a mechanism twice' exits 2 "${serve[@]}" --mech kerberos --mech kerberos
for wrong in '' x 1x -1 256; do
    check "serve: no node: '$wrong'" exits 2 "${serve[@]}" "--node=$wrong"
done
check 'serve: an audit file that cannot be' exits 1 "${serve[@]}" --audit "$work/none/audit"
check 'is named' says "none/audit"
check 'serve: descriptors that nobody passed' exits 2 "$RPCSEC" serve --listen fd:front
check 'serve: an address of ONC RPC that is none' exits 2 "$RPCSEC" serve --onc 'localhost[x]'
check 'serve: one that is not ours' exits 1 "$RPCSEC" serve --onc '192.0.2.1[0]' --json
check 'as JSON' is_json "$work/err"
check 'serve: limits have names' exits 2 "${serve[@]}" --limit handshake-ms
check 'serve: a principal that is no name' exits 4 timeout 10 "${serve[@]}" --accept-spn 'a@b@c'
check 'serve: a full disk' sh -c '"$@" >/dev/full 2>"$0/err"; [ $? -eq 1 ]' "$work" timeout 10 "${serve[@]}"
check 'is told' says 'cannot write to stdout'
audited=$work/audited
ln -s /dev/full "$audited"
start_server --audit "$audited"
check 'a full audit file does not stop calls' exits 0 "$RPCSEC" ping "$binding"
stop_server
check 'and is told' grep -q 'audit file cannot be written' "$work/server.err"
start_server --audit -
check 'the audit on stdout' exits 0 "$RPCSEC" ping "$binding"
kill -HUP "$server"
stop_server
check 'has its line' grep -q '"verdict":"accepted"' "$work/listening"
finish
