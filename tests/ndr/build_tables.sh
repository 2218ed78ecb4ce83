#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: MAIN=tests/ndr/WHAT.c build_tables.sh OUT FILE.idl [-I DIR]...
# Builds OUT/run from MAIN and the tables of the interfaces in FILE.idl, which MAIN finds in
# INTERFACES. Without interfaces there is no OUT/run. For scripts of tests/ndr, in a build
# directory.
set -u
src=$(cd "${srcdir:-..}" && pwd)
out=$1 file=$2
shift 2
dir=$(dirname "$file")
compile() {
	idl/compiler/rpcsec-idl -I "$dir" -I "$src/idl/interfaces" "$@"
}
rm -rf "$out/gen" "$out/run" && mkdir "$out/gen" || exit 1
# Headers of whatever it may import, once for a directory.
if [ ! -d "$out/import$dir" ]; then
	mkdir -p "$out/import$dir"
	paths=$dir
	for word in "$@"; do
		[ "$word" = -I ] || paths="$paths $word"
	done
	for path in $paths; do
		for import in "$path"/*.idl "$path"/*.h; do
			[ -f "$import" ] && compile "$@" --header -o "$out/import$dir" "$import" 2>/dev/null
		done
	done
fi
compile "$@" -o "$out/gen" "$file" >"$out/log" 2>&1 || { cat "$out/log"; exit 1; }
names=$(sed -n 's/^extern const struct rpcsec_interface \([A-Za-z0-9_]*\);.*/ONE(\1)/p' "$out"/gen/*.h)
[ -n "$names" ] || { echo "$(basename "$file"): no interface"; exit 0; }
# As the library was built: its sanitizers too.
configured() {
	sed -n "s/^$1 = //p" Makefile
}
# shellcheck disable=SC2086,SC2046,SC2116
$(configured CC) $(configured CFLAGS) $(configured LDFLAGS) -I"$src/librpcsec/include" -I"$src/librpcsec" -I"$src/tests/ndr" \
	-I"$out/gen" -I"$out/import$dir" -D_GNU_SOURCE -DINTERFACES="$(echo $names)" -o "$out/run" \
	"$src/$MAIN" "$out"/gen/*_c.c tests/ndr/.libs/libtables.a librpcsec/.libs/librpcsec-internal.a \
	$(pkg-config --libs krb5-gssapi krb5 libuv libcrypto jansson) -lpthread
