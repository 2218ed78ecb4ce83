#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: tests/ndr/samba.sh [-n VALUES] [-s SEED] [-I DIR] [FILE.idl...]
# In a build directory, after `make check` built its programs: random arguments of each operation
# in the files against Samba's Python bindings (samba_check.py says how). Without files: rpcecho and
# mgmt, as we ship them. Skipped where python3-samba is absent.
set -u
src=$(cd "${srcdir:-..}" && pwd)
python=/usr/bin/python3
$python -c 'import samba.ndr' 2>/dev/null || { echo "SKIP python3-samba is not installed"; exit 77; }
num=10 seed=1 include=
while getopts n:s:I: opt; do
	case $opt in
	n) num=$OPTARG ;;
	s) seed=$OPTARG ;;
	I) include="$include -I $OPTARG" ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- "$src/idl/interfaces/echo.idl" "$src/idl/interfaces/mgmt.idl"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
failed=0
for file in "$@"; do
	# shellcheck disable=SC2086
	MAIN=tests/ndr/samba_values.c srcdir=$src "$src/tests/ndr/build_tables.sh" "$out" "$file" $include || {
		failed=1
		continue
	}
	[ -x "$out/run" ] || continue
	$python "$src/tests/ndr/samba_check.py" "$out/run" "$num" "$seed" || failed=1
done
exit $failed
