#!/bin/sh
# SPDX-License-Identifier: MIT
# examples/projects builds with CMake, Meson and autotools against an installed tree, and makes its stubs
# again when a file that the IDL includes changes.
set -u
src=$(cd "${srcdir:-..}" && pwd)
build=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# An installed tree, of links.
mkdir -p "$work/usr/bin" "$work/usr/lib/pkgconfig" "$work/usr/lib/cmake/RpcsecIdl" "$work/usr/share/aclocal" &&
	ln -s "$build/idl/compiler/rpcsec-idl" "$work/usr/bin/rpcsec-idl" &&
	ln -s "$src/librpcsec/include" "$work/usr/include" &&
	cp "$src/idl/projects/RpcsecIdlConfig.cmake" "$work/usr/lib/cmake/RpcsecIdl/" &&
	cp "$src/idl/projects/rpcsec_idl.m4" "$work/usr/share/aclocal/" &&
	sed -e "s|^prefix=.*|prefix=$work/usr|; s|^libdir=.*|libdir=$work/usr/lib|; s|^exec_prefix=.*|exec_prefix=$work/usr|" \
		-e "s|^includedir=.*|includedir=$work/usr/include|; s|^bindir=.*|bindir=$work/usr/bin|" \
		"$build/librpcsec/rpcsec.pc" >"$work/usr/lib/pkgconfig/rpcsec.pc" || exit 1
for lib in "$build"/librpcsec/.libs/librpcsec.so*; do
	[ -e "$lib" ] || { echo "SKIP: no shared library was built"; exit 77; }
	ln -s "$lib" "$work/usr/lib/"
done
if nm -D "$build/librpcsec/.libs/librpcsec.so" | grep -qE ' U __(asan|tsan|ubsan|sanitizer)_'; then
	echo "SKIP: the library is built with a sanitizer, which plain programs cannot be linked with"
	exit 77
fi
export PKG_CONFIG_PATH="$work/usr/lib/pkgconfig" LD_LIBRARY_PATH="$work/usr/lib"
export PATH="$work/usr/bin:$PATH"
[ "$(pkg-config --variable=idlc rpcsec)" = "$work/usr/bin/rpcsec-idl" ] || { echo "FAIL: idlc in rpcsec.pc"; exit 1; }

failed=0
num=0
# The project NAME, laid out as its comment says; its IDL includes words.idl.
lay() {
	mkdir "$work/$1" && cp "$src/examples/projects/$1"/* "$src/examples/greeter.idl" "$src"/examples/greeter_client.c \
		"$src"/examples/greeter_server.c "$work/$1/" && cd "$work/$1" || exit 1
	sed -i '1i #include "words.idl"' greeter.idl
	echo 'const long WORDS = 1;' >words.idl
	num=$((num + 1))
}
# try NAME COMMAND...
try() {
	name=$1
	shift
	"$@" >"$work/log" 2>&1 || {
		echo "FAIL: $name: $*"
		tail -n 20 "$work/log"
		failed=1
	}
}
# again NAME DIRECTORY COMMAND...: what it makes changes with words.idl.
again() {
	name=$1
	directory=$2
	shift 2
	try "$name" "$@"
	sleep 1 # for file systems that count seconds
	echo 'const long WORDS = 22;' >words.idl
	try "$name" "$@"
	grep -rq 'define WORDS 22' --include=greeter.h "$directory" || {
		echo "FAIL: $name: a changed file makes nothing new"
		failed=1
	}
}

if command -v cmake >/dev/null; then
	lay cmake
	try cmake cmake -S . -B build -DCMAKE_PREFIX_PATH="$work/usr"
	again cmake build cmake --build build
else
	echo "no cmake: left out"
fi
if command -v meson >/dev/null && command -v ninja >/dev/null; then
	lay meson
	try meson meson setup build
	again meson build meson compile -C build
else
	echo "no meson: left out"
fi
if command -v autoreconf >/dev/null; then
	lay autotools
	if [ ! -e "$(aclocal --print-ac-dir)/rpcsec_idl.m4" ]; then
		if ACLOCAL_PATH='' autoreconf -i >without.out 2>&1 || ! grep -q RPCSEC_PROG_IDL without.out; then
			echo "FAIL: autotools: a missing rpcsec_idl.m4 is not told"
			failed=1
		fi
	fi
	try autotools autoreconf -i -I "$work/usr/share/aclocal"
	try autotools ./configure
	again autotools . make
else
	echo "no autoreconf: left out"
fi
cd / || exit 1
[ $num -gt 0 ] || exit 77
exit $failed
