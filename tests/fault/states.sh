#!/bin/sh
# SPDX-License-Identifier: MIT
# The tables of ARCHITECTURE.md are the engine's.
set -eu
doc=$srcdir/ARCHITECTURE.md
begin='<!-- states: as tests/fault/print_states prints them -->'
end='<!-- /states -->'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./tests/fault/print_states >"$work/is"
awk -v b="$begin" -v e="$end" '$0 == e {on = 0} on {print} $0 == b {on = 1}' "$doc" >"$work/says"
[ -s "$work/says" ] || {
    echo "ARCHITECTURE.md has no table of the states"
    exit 1
}
diff -u "$work/says" "$work/is" && echo "ok: ARCHITECTURE.md shows the engine's tables"
