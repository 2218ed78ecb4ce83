#!/bin/sh
# SPDX-License-Identifier: MIT
# What rpcsec-idl makes builds without a warning as C11, and its headers as C++, with each
# compiler that is here, for 64 and (where its headers are installed) 32 bits.
set -u
src=$(cd "${srcdir:-..}" && pwd)
idl=idl/compiler/rpcsec-idl
out=tests/idl/compile.out
flags="-Wall -Wextra -Wconversion -Werror -I$src/librpcsec/include -I$out"
rm -rf $out && mkdir -p $out || exit 1
$idl -o $out "$src/examples/greeter.idl" "$src/idl/interfaces/echo.idl" \
	"$src/idl/interfaces/epm.idl" "$src/idl/interfaces/mgmt.idl" "$src/tests/idl/made_up.idl" \
	"$src/tests/idl/wide.idl" "$src/tests/idl/wide_import.idl" "$src/tests/idl/const.idl" || exit 1
# What it leaves out it says; the rest is made.
$idl -o $out "$src/tests/idl/mixed.idl" "$src/tests/idl/serial.idl" 2>/dev/null || exit 1

failed=0
try() {
	"$@" || { echo "FAIL: $*"; failed=1; }
}

num=0
for cc in gcc clang; do
	command -v $cc >/dev/null || { echo "no $cc: left out"; continue; }
	bits=-m64
	echo '#include <stdint.h>' | $cc -m32 -x c -fsyntax-only - 2>/dev/null && bits="-m64 -m32"
	for m in $bits; do
		for f in $out/*.c; do
			try $cc $m -std=c11 $flags -c -o $out/object.o "$f"
			num=$((num + 1))
		done
	done
done
for cxx in g++ clang++; do
	command -v $cxx >/dev/null || { echo "no $cxx: left out"; continue; }
	for f in $out/*.h; do
		echo "#include \"${f##*/}\"" >$out/user.cc
		try $cxx -std=c++11 $flags -fsyntax-only $out/user.cc
		num=$((num + 1))
	done
done
rm -rf $out
[ $num -gt 0 ] || { echo "no compiler"; exit 77; }
exit $failed
