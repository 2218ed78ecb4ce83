#!/bin/bash
# SPDX-License-Identifier: MIT
# A peer of bench_call: 32 bytes echoed by libtirpc alone, krb5p, both ends on one CPU; the median
# of several runs, as microseconds a call. Runs inside the realm of `make bench`.
set -u
peer=./tests/onc/onc_peer
rounds=5
if [ ! -x "$peer" ]; then
    echo "missing peer: libtirpc (built without ONC RPC)" >&2
    exit 0
fi
taskset -p -c "$(taskset -p -c $$ | sed 's/.*: //; s/[-,].*//')" $$ >/dev/null
exec 3< <("$peer" server host@localhost & echo $!; wait)
read -r -u 3 server
read -r -u 3 port
for _ in $(seq "$rounds"); do
    "$peer" bench stock "$port" host@localhost privacy 32 0.5 1 each
done | sort -n | awk '{v[NR] = $1} END {printf "call.tirpc\t%.3f\tus\n", 1e6 / v[int((NR + 1) / 2)]}'
kill "$server"
