#!/bin/bash
# SPDX-License-Identifier: MIT
# What `rpcsec serve` lets through: levels, anonymous clients, principals, and how it ends.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal greeter/localhost
echo_client=${ECHO_CLIENT:-./tests/realm/echo_client}
spn=host/localhost

# calls CODE LEVEL: all of rpcecho at this level ends with this code.
calls()
{
    exits "$1" "$echo_client" "$binding" "$spn" "$2" all
}

start_server
check 'rpcecho at privacy' calls 0 privacy
for level in none connect packet integrity; do
    check "rpcecho at $level is refused by default" calls 4 "$level"
done
check 'the server is unharmed' calls 0 privacy
check 'SIGTERM ends it with 0' stop_server

start_server --least-level integrity
check 'integrity is enough where it is the least level' calls 0 integrity
check 'packet is as good as integrity' calls 0 packet
check 'connect is not enough' calls 4 connect
stop_server

start_server --least-level none
check 'connect is enough with --least-level none' calls 0 connect
check 'no authentication is refused all the same' calls 4 none
stop_server

start_server --least-level none --anonymous
check 'anonymous calls with --least-level none --anonymous' calls 0 none
check 'and privacy all the same' calls 0 privacy
stop_server

start_server --anonymous
check '--anonymous alone opens nothing of rpcecho' calls 4 none
stop_server

start_server --accept-spn greeter/localhost
check '--accept-spn refuses other principals' exits 4 "$RPCSEC" ping "$binding" --spn host/localhost
check '--accept-spn serves its own' exits 0 "$RPCSEC" ping "$binding" --spn greeter/localhost
stop_server

start_server --header-signing accepted --verification-trailer accepted
check 'demands can be lowered' calls 0 privacy
stop_server

start_server --keytab "$KRB5_KTNAME" --listen 'ncacn_ip_tcp:127.0.0.1[0]'
check '--keytab names the keys' calls 0 privacy
binding=$(sed -n '2s/^listening //p' "$work/listening")
check 'the second address is printed' [ -n "$binding" ]
check 'and serves' exits 0 "$RPCSEC" ping "$binding" --spn host/localhost
stop_server

start_server
"$echo_client" "$binding" "$spn" privacy sleep 2 >"$work/slept" 2>&1 &
sleeper=$!
sleep 0.7
begun=$(date +%s%N)
check 'SIGTERM during a call ends the server with 0' stop_server
took=$((($(date +%s%N) - begun) / 1000000))
check "after the call was finished ($took ms)" [ "$took" -gt 500 ]
wait "$sleeper"
check 'whose answer arrived' [ $? -eq 0 ]
check 'nobody listens any more' exits 3 "$RPCSEC" ping "$binding"

: >"$work/closed"
chmod 0 "$work/closed"
: >"$work/empty"
check 'an unknown limit is a usage error' \
    exits 2 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --limit patience=1
check 'and says where the names are' says 'rpcsec(3) LIMITS'
check 'a limit out of its range is a usage error' \
    exits 2 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --limit handshake-ms=9
check 'no number is a usage error' \
    exits 2 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --limit handshake-ms=1s
check 'a principal without a key is an authentication failure' \
    exits 4 timeout 10 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --accept-spn host/nowhere
check 'and is named' says 'host/nowhere.* has no key for it'
check 'a keytab that cannot be read is an authentication failure' \
    exits 4 timeout 10 setpriv --bounding-set -dac_override,-dac_read_search \
    "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --keytab "FILE:$work/closed"
check 'and says so' says 'closed: it cannot be read'
check 'an empty keytab is an authentication failure' \
    exits 4 timeout 10 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --keytab "FILE:$work/empty"
check 'and says so too' says 'empty: it '
check 'no address is a usage error' exits 2 "$RPCSEC" serve
check 'a broken address is a usage error' exits 2 "$RPCSEC" serve --listen 'localhost:7001'
check 'an address that is not ours is a failure' \
    exits 1 timeout 10 "$RPCSEC" serve --listen 'ncacn_ip_tcp:192.0.2.1[0]'
check 'a keytab that is not there is an authentication failure' \
    exits 4 timeout 10 "$RPCSEC" serve --listen 'ncacn_ip_tcp:localhost[0]' --keytab "FILE:$work/none"
finish
