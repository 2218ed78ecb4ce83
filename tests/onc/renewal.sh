#!/bin/bash
# SPDX-License-Identifier: MIT
# Tickets that live for seconds and are renewed, and a client that calls all the while: calls go on, with our
# server and with libtirpc's. Then the ticket is not renewed any more: calls end with the cause.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal host/localhost --lifetime 6 --clockskew 1
peer=./tests/onc/onc_peer
spn=host@localhost
PATH=$PATH:/usr/sbin

kadmin.local -q "ktadd -k $work/ada.keytab -norandkey ada" >/dev/null 2>&1 || skip 'no keytab of ada'
renew()
{
    kinit -k -t "$work/ada.keytab" -c "$work/new" ada && KRB5CCNAME=$work/new kvno -q host/localhost &&
        cp "$work/new" "${KRB5CCNAME#FILE:}.new" && mv "${KRB5CCNAME#FILE:}.new" "${KRB5CCNAME#FILE:}"
}
keep_renewing()
{
    while sleep 1.5; do renew; done
}

# calls_go_on KIND [NAME]: 9 s of calls, over more than one life of a ticket, without one that fails.
calls_go_on()
{
    local name=$1$#
    "$peer" bench "$1" "$port" $spn privacy 32 9 1 each >"$work/out.$name" 2>"$work/err.$name"
    [ ! -s "$work/err.$name" ] && [ "$(cat "$work/out.$name")" -gt 0 ] || { cat "$work/err.$name"; false; }
}

check 'a ticket can be renewed' renew
keep_renewing &
renewer=$!
"$RPCSEC" serve --onc '127.0.0.1[0]' >"$work/ours" &
ours=$!
"$peer" server $spn >"$work/stock" &
stock=$!
"$peer" server $spn >"$work/stock2" &
stock2=$!
eventually grep -q . "$work/stock2"
eventually grep -q . "$work/ours"
eventually grep -q . "$work/stock"
port=$(sed -n 's/.*\[\(.*\)\]/\1/p' "$work/ours")
calls_go_on own &
first=$!
port=$(cat "$work/stock2")
calls_go_on own stock2 &
second=$!
port=$(cat "$work/stock")
check 'calls go on: AUTH of ours, libtirpc'"'"'s server' calls_go_on ours
wait $first
check 'calls go on: CLIENT of ours, our server' [ $? -eq 0 ]
wait $second
check 'calls go on: CLIENT of ours, libtirpc'"'"'s server' [ $? -eq 0 ]
kill $renewer
wait $renewer 2>/dev/null
renew
port=$(sed -n 's/.*\[\(.*\)\]/\1/p' "$work/ours")
"$peer" bench ours "$port" $spn privacy 32 9 1 each >"$work/out" 2>"$work/err"
check 'without a ticket they end' says 'a call failed'
kill $ours $stock $stock2
finish
