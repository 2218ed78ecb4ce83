#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec probe` tells servers of several configurations apart, and what in each is weaker than asked.
. "$srcdir/tests/realm/lib.sh"
in_realm
probe=("$RPCSEC" probe)

shows()
{
    grep -qE -e "$1" "$work/out" && return 0
    echo "not in: $(cat "$work/out")"
    return 1
}

# row MECHANISM LEVEL WORDS: the row of the matrix.
row()
{
    shows "^$1 +$2 +$(echo "$3" | sed 's/ / +/g') *\$"
}

start_server
check 'a server with the defaults passes' exits 0 "${probe[@]}" "$binding"
check 'and it is said' shows '^nothing weaker than asked for is served$'
check 'who was proved is shown' shows ': host/localhost@RPCSEC.TEST$'
check 'the echo interface is probed' shows '^probed: 60a15ec5-4de8-11d7-a637-005056a20182 version 1\.0'
check 'that nothing was changed is said' shows 'nothing was changed$'
check 'both transfer syntaxes are seen' shows '^transfer syntaxes: NDR, NDR64; '
check 'NTLM is not offered' shows '^NTLM: not offered$'
check 'privacy with all protections is taken' row kerberos privacy 'yes no yes no no no no no'
check 'in SPNEGO too, which has no auth3' row negotiate privacy 'yes no - - no no - -'
check 'integrity is refused' row kerberos integrity 'no no no no no no no no'
check 'connect is refused' row kerberos connect '- - - - - no - no'
check 'no authentication is refused' row none none '- - - - - no - -'
check 'an interface that is not there is said' \
    exits 1 "${probe[@]}" "$binding" -i 12345778-1234-abcd-ef00-0123456789ac
check 'by name' says 'does not say that it has the interface'
stop_server

start_server --least-level integrity
check 'integrity is weaker than privacy' exits 1 "${probe[@]}" "$binding"
check 'and told' shows '^weaker: calls at level integrity are served, asked for is privacy$'
check 'packet protects as integrity does' row kerberos packet 'yes no yes no no no no no'
check 'it is what was asked' exits 0 "${probe[@]}" "$binding" --least-level integrity
stop_server

start_server --header-signing accepted --verification-trailer accepted
check 'signing and trailers that may be left out are weaker' exits 1 "${probe[@]}" "$binding" --json
check 'and told as JSON' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
assert found["weaker"] == ["calls without a verification trailer are served",
                           "calls whose headers are not signed are served"], found["weaker"]
assert found["principal"] == "host/localhost@RPCSEC.TEST"
taken = [c for c in found["matrix"] if c["accepted"]]
assert len(found["matrix"]) == 40 and len(taken) == 12, len(taken)
assert all(c["level"] == "privacy" for c in taken)
assert all(c["text"] for c in found["matrix"] if not c["accepted"])
' "$work/out"
check 'they are what was asked' \
    exits 0 "${probe[@]}" "$binding" --header-signing accepted --verification-trailer accepted
stop_server

start_server --header-signing off --verification-trailer accepted --mech negotiate
check 'a server that signs no headers can be probed' \
    exits 1 "${probe[@]}" "$binding" --verification-trailer accepted
check 'it takes no call with signed headers' row negotiate privacy 'no no - - yes yes - -'
check 'nor bare Kerberos' row kerberos privacy 'no no no no no no no no'
stop_server

start_server --least-level none --anonymous
check 'a server that is open to all fails' exits 1 "${probe[@]}" "$binding"
check 'calls without authentication are told' \
    shows '^weaker: calls at level none are served, asked for is privacy$'
check 'calls at level connect are told' shows '^weaker: calls at level connect are served'
check 'none at least is what was asked' exits 0 "${probe[@]}" "$binding" --least-level none
stop_server

check 'a server that is gone cannot be probed' exits 3 "${probe[@]}" "$binding"
check 'a binding is needed' exits 2 "${probe[@]}"
check 'an interface is a UUID' exits 2 "${probe[@]}" "$binding" -i echo
start_server --least-level integrity
KRB5CCNAME=FILE:/nonexistent check 'a ticket is needed' exits 4 "${probe[@]}" "$binding"
stop_server
finish
