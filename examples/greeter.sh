#!/bin/bash
# SPDX-License-Identifier: MIT
# The greeter in a realm of its own: a call, what -v shows, and what is refused.
. "$srcdir/tests/realm/lib.sh"
need_kdc

if [ $# -eq 0 ]; then
    exec "$RPCSEC" realm --principal greeter/localhost -- "$BASH" "$0" inside
fi

./examples/greeter_server 'ncacn_ip_tcp:127.0.0.1[0]' >"$work/server" 2>&1 &
server=$!
check 'the server says where it listens' eventually grep -q '^listening ' "$work/server"
binding=$(sed -n 's/^listening //p' "$work/server")
spn=greeter/localhost

check 'a call is answered' exits 0 ./examples/greeter_client "$binding" "$spn" Ada
check 'and the answer says who called' \
    [ "$(cat "$work/out")" = 'Hello Ada, you are ada@RPCSEC.TEST' ]
check 'the server saw principal, mechanism, level and enctype' grep -q \
    'saw ada@RPCSEC.TEST: mechanism kerberos, level privacy, enctype aes256' "$work/server"

check '-v works' exits 0 ./examples/greeter_client -v "$binding" "$spn" Ada
for pdu in bind bind_ack alter_context alter_context_resp; do
    check "-v shows the $pdu" grep -q "^leg .* $pdu " "$work/out"
done
sed '/crossed the wire/,$d' "$work/out" >"$work/plain"
sed -n '/crossed the wire/,/^the client saw/p' "$work/out" >"$work/wire"
check 'the plaintext shows the name' grep -q 'Ada' "$work/plain"
check 'the sealed request does not' [ "$(grep -c Ada "$work/wire")" -eq 0 ]
check 'but is there' [ "$(wc -l <"$work/wire")" -gt 5 ]
names=$(seq -s ' ' 200)
# shellcheck disable=SC2086 # a word each
check 'an event loop of its own has many calls at once' \
    exits 0 ./examples/greeter_loop "$binding" "$spn" $names
check 'and each is answered' [ "$(grep -c '^Hello [0-9]*, you are ada@' "$work/out")" -eq 200 ]
check 'a wrong principal is an error' \
    exits 1 ./examples/greeter_client "$binding" nobody/localhost
check 'no arguments are a usage error' exits 2 ./examples/greeter_client

kill -TERM "$server"
wait "$server"
check 'SIGTERM ends the server in order' [ $? -eq 0 ]
finish
