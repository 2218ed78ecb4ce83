#!/bin/bash
# SPDX-License-Identifier: MIT
# ONC RPC: ours beside libtirpc alone, alternating in each round, pinned to one CPU. Prints calls per
# second (medians) and the ratio ours/stock. `make bench-onc`; ROUNDS, SECONDS_EACH, CPU.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal host/localhost
peer=./tests/onc/onc_peer
spn=host@localhost
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-2}
cpu=${CPU:-0}
taskset -p -c "$cpu" $$ >/dev/null

"$RPCSEC" serve --onc '127.0.0.1[0]' --least-level connect >"$work/ours" &
ours=$!
stock_start()
{
    "$peer" server "$spn" >"$work/stock" &
    stock=$!
    eventually grep -q . "$work/stock"
    stock_port=$(cat "$work/stock")
}
eventually grep -q . "$work/ours"
ours_port=$(sed -n 's/.*\[\(.*\)\]/\1/p' "$work/ours")

median()
{
    sort -n "$1" | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

# compare NAME OURS_KIND LEVEL SIZE THREADS shared|each
compare()
{
    : >"$work/a"
    : >"$work/b"
    : >"$work/r"
    for _ in $(seq "$rounds"); do
        stock_start
        b=$("$peer" bench stock "$stock_port" "$spn" "$3" "$4" "$seconds" "$5" "$6")
        kill "$stock"
        wait "$stock" 2>/dev/null
        a=$("$peer" bench "$2" "$ours_port" "$spn" "$3" "$4" "$seconds" "$5" "$6")
        echo "$a" >>"$work/a"
        echo "$b" >>"$work/b"
        echo "$a $b" | awk '{print ($2 > 0 ? $1 / $2 : 0)}' >>"$work/r"
    done
    printf '%-44s ours %8s  stock %8s  ratio %s\n' "$1" "$(median "$work/a")" \
        "$(median "$work/b")" "$(median "$work/r")"
}

compare 'echo 32 B, 1 client, krb5p' ours privacy 32 1 each
compare 'echo 32 B, 1 own CLIENT, krb5p' own privacy 32 1 each
compare 'echo 32 B, 8 clients, krb5p' ours privacy 32 8 each
compare 'sink 60000 B, 1 client, krb5i' ours integrity 60000 1 each
compare 'sink 60000 B, 1 client, krb5p' ours privacy 60000 1 each
compare 'contexts' ours privacy 0 1 each
compare 'echo 32 B, 16 threads on one CLIENT, krb5p' own privacy 32 16 shared
kill "$ours"
