#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec serve` and `rpcsec ping` over Kerberos: levels, forms of the third leg, exit codes, JSON.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal greeter/localhost
ping=("$RPCSEC" ping)

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

start_server
for level in connect packet integrity privacy; do
    for form in alter auth3; do
        check "ping at $level, third leg in $form" \
            exits 0 "${ping[@]}" "$binding" --level "$level" --third-leg "$form"
        shown=$level
        check "the peer is proved at $level ($form)" \
            shows "host/localhost@RPCSEC.TEST, kerberos, $shown, aes256-cts-hmac-sha1-96"
    done
done
check 'three calls are the default' shows '^3 calls: least '
check '--count is obeyed' exits 0 "${ping[@]}" "$binding" --count 20
check '20 calls are summed up' shows '^20 calls: least '
check '--spn names another service of the keytab' \
    exits 0 "${ping[@]}" "$binding" --spn greeter/localhost
check 'who is shown' shows 'greeter/localhost@RPCSEC.TEST'
check 'an address needs no name lookup, but a principal' \
    exits 0 "${ping[@]}" "${binding/localhost/127.0.0.1}" --spn host/localhost
check 'mgmt answers without authentication' exits 0 "${ping[@]}" "$binding" --mech none
check 'and says so' shows 'not authenticated'

check '-v shows the handshake' exits 0 "${ping[@]}" "$binding" -v
check 'bind goes out' shows '^leg 1 -> bind +[0-9]+ bytes, token +[0-9]+'
check 'bind_ack comes back' shows '<- bind_ack'
check 'the third leg is an alter_context' shows '-> alter_context '
check 'flags are named' shows 'granted: .*mutual.*dce-style'
check 'the ticket is shown with its kvno' \
    shows '^ticket for host/localhost@RPCSEC.TEST: aes256-cts-hmac-sha1-96, kvno 1$'
check '-v with auth3' exits 0 "${ping[@]}" "$binding" -v --third-leg auth3
check 'the third leg is an auth3' shows '-> auth3 '

check '--json prints one object' exits 0 "${ping[@]}" "$binding" --json --count 2
check 'that is JSON' is_json "$work/out"
check 'with the peer, the legs and the calls' python3 -c '
import json, sys
o = json.load(open(sys.argv[1]))
assert o["peer"]["principal"] == "host/localhost@RPCSEC.TEST", o["peer"]
assert o["peer"]["level"] == "privacy" and o["peer"]["enctype_number"] == 18, o["peer"]
assert isinstance(o["peer"]["expires"], str) and o["peer"]["kvno"] == 1, o["peer"]
assert len(o["calls"]) == 2 and o["calls"][0]["interfaces"] >= 1, o["calls"]
assert [leg["pdu"] for leg in o["legs"]][:2] == ["bind", "bind_ack"], o["legs"]
' "$work/out"
check 'failures are JSON on stderr' exits 4 "${ping[@]}" "$binding" --json --spn host/nowhere
check 'one object' is_json "$work/err"
check 'with the status' says '"status":"TARGET_UNKNOWN"'

check 'an unknown principal is an authentication failure' \
    exits 4 "${ping[@]}" "$binding" --spn host/nowhere
check 'and is named' says 'host/nowhere'
check 'no ticket is an authentication failure' \
    env KRB5CCNAME="FILE:$work/none" bash -c '"$@" 2>/dev/null; [ $? -eq 4 ]' - "${ping[@]}" "$binding"
check 'an address without --spn is a usage error' \
    exits 2 "${ping[@]}" "${binding/localhost/127.0.0.1}"
check 'and says what is missing' says 'spn'
check 'a broken binding is a usage error' exits 2 "${ping[@]}" 'ncacn_np:localhost'
check '--mech none protects nothing' exits 2 "${ping[@]}" "$binding" --mech none --level privacy
check '--level none needs --mech none' exits 2 "${ping[@]}" "$binding" --level none
check 'an unknown host is no connection' \
    exits 3 "${ping[@]}" 'ncacn_ip_tcp:nowhere.invalid[1]' --spn host/localhost
check 'SIGTERM ends the server with 0' stop_server
check 'nobody listens: no connection' exits 3 "${ping[@]}" "$binding"

python3 - "$work/port" <<'PYTHON' &
import os, socket, sys, time
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen()
with open(sys.argv[1] + ".new", "w") as f:
    f.write(str(s.getsockname()[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
PYTHON
silent=$!
eventually [ -s "$work/port" ]
check 'a server that says nothing: timed out' \
    exits 3 "${ping[@]}" "ncacn_ip_tcp:127.0.0.1[$(cat "$work/port")]" --spn host/localhost --timeout 1
kill "$silent"
finish
