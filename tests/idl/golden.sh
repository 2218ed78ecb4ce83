#!/bin/sh
# SPDX-License-Identifier: MIT
# What rpcsec-idl makes of our interfaces is what stands in golden/, and is the same each time.
# UPDATE=1 writes golden/ anew.
set -u
src=$(cd "${srcdir:-..}" && pwd)
golden=$src/tests/idl/golden
idl=idl/compiler/rpcsec-idl
out=tests/idl/golden.out
rm -rf $out && mkdir -p $out/1 $out/2 || exit 1
files="$src/examples/greeter.idl $src/idl/interfaces/echo.idl $src/idl/interfaces/epm.idl
	$src/idl/interfaces/mgmt.idl $src/tests/idl/made_up.idl
	$src/tests/server/locker.idl"
for n in 1 2; do
	$idl -o $out/$n $files || exit 1
done
diff -r $out/1 $out/2 || { echo "FAIL: two runs differ"; exit 1; }
if [ -n "${UPDATE-}" ]; then
	cp $out/1/* "$golden/"
else
	diff -r -u "$golden" $out/1 || { echo "FAIL: see make update-golden"; exit 1; }
fi
rm -rf $out
