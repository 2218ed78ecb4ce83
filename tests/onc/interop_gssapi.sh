#!/bin/bash
# SPDX-License-Identifier: MIT
# Both ways with a peer on python3-gssapi, which shares no code with the library: Kerberos and SPNEGO,
# void bodies, and what our server refuses.
. "$srcdir/tests/realm/lib.sh"
/usr/bin/python3 -c 'import gssapi' 2>/dev/null || skip "python3-gssapi is not installed"
in_realm --principal host/localhost
peer=$srcdir/tests/onc/gss_peer.py
echo "peer: python3-gssapi $(dpkg-query -W -f '${Version}' python3-gssapi 2>/dev/null)"

"$RPCSEC" serve --onc '127.0.0.1[0]' --least-level connect >"$work/listening" 2>"$work/server.err" &
server=$!
check 'our server starts' eventually grep -q '^listening ' "$work/listening"
port=$(sed -n 's/.*\[\(.*\)\]/\1/p' "$work/listening")
check 'its client, our server' timeout 60 /usr/bin/python3 "$peer" client "$port" host@localhost
check 'our server is unharmed' stop_server

/usr/bin/python3 "$peer" server >"$work/port" 2>"$work/server.err" &
server=$!
check 'its server starts' eventually grep -q . "$work/port"
port=$(cat "$work/port")
for kind in ours own; do
    for level in connect integrity privacy; do
        check "our client ($kind) at $level, its server" timeout 60 \
            ./tests/onc/onc_peer call $kind "$port" host@localhost $level 0 32 60000
    done
done
for mech in kerberos negotiate; do
    for level in connect integrity privacy; do
        check "a void call over $mech at $level, its server" timeout 60 "$RPCSEC" onc-ping \
            --spn host@localhost --mech $mech --level $level "127.0.0.1[$port]" 0x2fffff01 1
    done
done
kill "$server"
cat "$work/server.err"
finish
