#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec map`, bindings without a port, and `rpcsec serve --epm`; and that a mapper which is an
# attacker's gains nothing.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal other/localhost
map=("$RPCSEC" map)

shows()
{
    grep -qE -e "$1" "$work/out" && return 0
    echo "not in: $(cat "$work/out")"
    return 1
}

start_server --epm
port=${binding##*[}
port=${port%]}
check 'a host is mapped' exits 0 "${map[@]}" localhost --port "$port"
check 'rpcecho is listed' \
    shows "^60a15ec5-4de8-11d7-a637-005056a20182 +1\\.0 +ncacn_ip_tcp:localhost\\[$port\\] +rpcecho *\$"
check 'how many there are' shows '^3 entries$'
check 'one at a time too' exits 0 "${map[@]}" localhost --port "$port" --page 1
check 'as many' shows '^3 entries$'
check 'an address is taken' exits 0 "${map[@]}" ::1 --port "$port"
check 'and shown in brackets' shows "ncacn_ip_tcp:\\[::1\\]\\[$port\\]"
check 'a mapper may be asked with Kerberos' \
    exits 0 "${map[@]}" localhost --port "$port" --mech kerberos
check '--json is JSON' exits 0 "${map[@]}" localhost --port "$port" --json
check 'with every entry' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
assert found["host"] == "localhost" and len(found["entries"]) == 3
assert {e["annotation"] for e in found["entries"]} == {"rpcecho", "mgmt", "epm"}
assert all(e["protocol"] == "ncacn_ip_tcp" and e["endpoint"] == sys.argv[2] for e in found["entries"])
' "$work/out" "$port"
check 'a binding without a port finds the server' \
    exits 0 "$RPCSEC" ping "ncacn_ip_tcp:localhost[,epm_port=$port]"
check 'and so it does asking with Kerberos' \
    exits 0 "$RPCSEC" ping "ncacn_ip_tcp:localhost[,epm_port=$port,epm_level=privacy]"
stop_server

check 'a host without a mapper is unreachable' exits 3 "${map[@]}" localhost --port "$port"
check 'a binding without a port and mapper too' \
    exits 3 "$RPCSEC" ping "ncacn_ip_tcp:localhost[,epm_port=$port]"
check 'the mapper is named' says "the endpoint mapper at localhost port $port "
check 'a host is needed' exits 2 "${map[@]}"
check 'one host' exits 2 "${map[@]}" localhost localhost
check 'a level needs a mechanism' exits 2 "${map[@]}" localhost --level privacy
check 'what is no host is refused' exits 2 "${map[@]}" 'local host'

start_server
port=${binding##*[}
port=${port%]}
check 'a server that is no mapper says so' exits 1 "${map[@]}" localhost --port "$port"
check 'by the name of the interface' says "interface 'epm'"
stop_server

# CVE-2025-49760: who answers for the mapper leads clients to a server of his own, which may be
# another service. The client asks for host/localhost, and finds that it is not.
start_server --epm --accept-spn other/localhost
port=${binding##*[}
port=${port%]}
check 'cve_2025_49760: a mapper that leads to another service gains nothing' \
    exits 4 "$RPCSEC" ping "ncacn_ip_tcp:localhost[,epm_port=$port]"
check 'the service itself is found the same way' \
    exits 0 "$RPCSEC" ping "ncacn_ip_tcp:localhost[,epm_port=$port]" --spn other/localhost
stop_server
finish
