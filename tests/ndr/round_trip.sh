#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: tests/ndr/round_trip.sh [-n VALUES] [-s SEED] [-I DIR] FILE.idl...
# In a build directory, after `make check` built its programs. Random valid arguments of each
# operation in the files go through NDR little-endian, NDR big-endian and NDR64 and back. Without
# files: those that the project has.
set -u
src=$(cd "${srcdir:-..}" && pwd)
num=20 seed=1 include=
while getopts n:s:I: opt; do
	case $opt in
	n) num=$OPTARG ;;
	s) seed=$OPTARG ;;
	I) include="$include -I $OPTARG" ;;
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
	# shellcheck disable=SC2086
	MAIN=tests/ndr/round_trip_main.c srcdir=$src "$src/tests/ndr/build_tables.sh" "$out" "$file" $include || {
		failed=1
		continue
	}
	[ ! -x "$out/run" ] || "$out/run" "$num" "$seed" || failed=1
done
exit $failed
