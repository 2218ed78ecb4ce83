#!/bin/sh
# SPDX-License-Identifier: MIT
# Every structure and number of our SSPI headers is what mingw-w64's headers have for x86_64.
# Numbers that only one side has are left out, but counted.
set -u
top=${srcdir:-.}
mingw=x86_64-w64-mingw32-gcc
command -v $mingw >/dev/null || {
    echo "SKIP layout.sh: $mingw is not installed (gcc-mingw-w64-x86-64)"
    exit 77
}
[ "$(uname -m)" = x86_64 ] || {
    echo "SKIP layout.sh: layouts are compared on x86_64 only"
    exit 77
}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
marks() {
    sed -n 's/.*\.ascii[[:space:]]*"->\(.*\)".*/\1/p' "$1" | sed 's/\$//' | sort
}
# Member names are macros on both sides, and other ones: they are compared as written here.
${CC:-cc} -S -o "$work/ours.s" -I"$top/librpcsec/include" "$top/tests/sspi/layout.c" || exit 1
$mingw -S -o "$work/theirs.s" "$top/tests/sspi/layout.c" || exit 1
marks "$work/ours.s" >"$work/ours"
marks "$work/theirs.s" >"$work/theirs"
for side in ours theirs; do
    sed 's/ [-0-9]*$//; s/ /_/g' "$work/$side" | sort >"$work/$side.names"
done
ours=$(wc -l <"$work/ours")
shared=$(join -o 1.1 "$work/ours.names" "$work/theirs.names" | wc -l)
# Lines of names that both have, and that differ.
comm -23 "$work/ours" "$work/theirs" | while read -r line; do
    theirs=$(grep -x -- "${line% *} [-0-9]*" "$work/theirs") && echo "ours: $line; mingw-w64: $theirs"
done >"$work/differ"
cat "$work/differ"
echo "$ours sizes, offsets and numbers, $shared of them in mingw-w64 too"
[ "$shared" -gt 500 ] || {
    echo "too few were compared"
    exit 1
}
[ ! -s "$work/differ" ]
