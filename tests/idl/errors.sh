#!/bin/sh
# SPDX-License-Identifier: MIT
# Each errors/*.idl (with the .acf beside it) makes rpcsec-idl print exactly what stands beside it in .expect, and exit
# with 1, or with 0 when there are only warnings. UPDATE=1 writes the .expect files anew.
set -u
build=$(pwd)
dir=$(cd "${srcdir:-..}" && pwd)/tests/idl/errors
idl=$build/idl/compiler/rpcsec-idl
out=$build/tests/idl/errors.out
rm -rf "$out" && mkdir -p "$out" || exit 1
cd "$dir" || exit 1
failed=0
num=0
for f in *.idl; do
	case $f in inc_*) continue ;; esac
	num=$((num + 1))
	"$idl" -o "$out" "$f" >"$out/$f.got" 2>&1
	echo "exit $?" >>"$out/$f.got"
	if [ -n "${UPDATE-}" ]; then
		cp "$out/$f.got" "${f%.idl}.expect"
	elif ! diff -u "${f%.idl}.expect" "$out/$f.got"; then
		echo "FAIL: $f"
		failed=$((failed + 1))
	fi
done
rm -rf "$out"
echo "$num files, $failed failed"
[ "$failed" = 0 ] && [ "$num" -ge 30 ]
