#!/bin/bash
# SPDX-License-Identifier: MIT
# The service of rpcgen before and after: what differs, and that both run, with an rpcbind of their own.
. "$srcdir/tests/realm/lib.sh"
dir=$srcdir/examples/onc

# added SIDE: lines that `after` has and `before` has not, but for blank ones and declarations.
added()
{
    diff "$dir/before_$1.c" "$dir/after_$1.c" | grep '^>' | grep -vE '^> *(#include.*|struct .*;)?$'
}
check 'the client gains two lines and a header' [ "$(added client | wc -l)" -le 2 ]
check 'the server gains four lines, a header and a declaration' [ "$(added server | wc -l)" -le 4 ]
[ "$failures" -eq 0 ] || { added client; added server; }

command -v rpcbind >/dev/null || PATH=$PATH:/usr/sbin
command -v rpcbind >/dev/null || { echo "SKIP hello.sh: rpcbind is not installed"; finish; }
unshare -nm true 2>/dev/null || { echo "SKIP hello.sh: network namespaces need root"; finish; }
need_kdc
cat >"$work/run" <<'RUN'
set -u
rpcbind -f & rpcbind=$!
for _ in $(seq 100); do [ -S /run/rpcbind.sock ] && break; sleep 0.05; done
code=0
for which in before after; do
    ./examples/onc/${which}_server & server=$!
    for _ in $(seq 100); do rpcinfo -p 127.0.0.1 2>/dev/null | grep -q 805306114 && break; sleep 0.05; done
    text=$(timeout 20 ./examples/onc/${which}_client 127.0.0.1 Ada)
    [ "$text" = 'Hello Ada' ] || { echo "$which: $text"; code=1; }
    [ $which = before ] || timeout 20 ./examples/onc/before_client 127.0.0.1 Ada && {
        [ $which = before ] || { echo 'after: served without security'; code=1; }
    }
    kill $server
    wait $server 2>/dev/null
    rpcinfo -d 805306114 1 2>/dev/null
done
kill $rpcbind
exit $code
RUN
cat >"$work/alone" <<ALONE
ip link set lo up && mount -t tmpfs none /run && mkdir /run/rpcbind &&
    exec $RPCSEC realm --principal host/localhost -- bash $work/run
ALONE
check 'both versions greet, the second with security only' unshare -nm bash "$work/alone"
finish
