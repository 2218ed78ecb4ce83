#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: tests/ndr/round_trip.sh [-n VALUES] [-s SEED] [-I DIR] FILE.idl...
# In a build directory, after `make check` built its programs. Random valid arguments of each
# operation in the files go through NDR little-endian, NDR big-endian and NDR64 and back. Without
# files: those that the project has.
set -u
src=$(cd "${srcdir:-..}" && pwd)
num=20 seed=1 include= dirs=
while getopts n:s:I: opt; do
	case $opt in
	n) num=$OPTARG ;;
	s) seed=$OPTARG ;;
	I) include="$include -I $OPTARG" dirs="$dirs $OPTARG" ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- "$src"/idl/interfaces/*.idl "$src/tests/idl/made_up.idl" \
	"$src/tests/idl/wide.idl" "$src/examples/greeter.idl"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
failed=0
for file in "$@"; do
	dir=$(dirname "$file")
	rm -rf "$out/gen" && mkdir "$out/gen"
	# Headers of whatever it may import.
	if [ ! -d "$out/$dir" ]; then
		mkdir -p "$out/$dir"
		# shellcheck disable=SC2086
		for import in $(ls "$dir"/*.idl $(for d in $dirs; do echo "$d/*"; done) 2>/dev/null); do
			# shellcheck disable=SC2086
			idl/compiler/rpcsec-idl $include -I "$dir" -I "$src/idl/interfaces" --header -o "$out/$dir" "$import" 2>/dev/null
		done
	fi
	# shellcheck disable=SC2086
	idl/compiler/rpcsec-idl $include -I "$dir" -I "$src/idl/interfaces" -o "$out/gen" \
		"$file" >"$out/log" 2>&1 || { cat "$out/log"; failed=1; continue; }
	names=$(sed -n 's/^extern const struct rpcsec_interface \([A-Za-z0-9_]*\);.*/ONE(\1)/p' "$out"/gen/*.h)
	[ -n "$names" ] || { echo "$(basename "$file"): no interface"; continue; }
	${CC:-cc} -g -O1 ${ROUND_TRIP_CFLAGS-} -I"$src/librpcsec/include" -I"$src/librpcsec" -I"$src/tests" \
		-I"$out/gen" -I"$out/$dir" -DINTERFACES="$(echo $names)" -o "$out/run" \
		"$src/tests/ndr/round_trip_main.c" "$out"/gen/*_c.c \
		tests/ndr/.libs/libtables.a librpcsec/.libs/librpcsec-internal.a \
		$(pkg-config --libs krb5-gssapi krb5 libuv libcrypto jansson) -lpthread || { failed=1; continue; }
	"$out/run" "$num" "$seed" || failed=1
done
exit $failed
