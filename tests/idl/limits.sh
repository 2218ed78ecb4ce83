#!/bin/sh
# SPDX-License-Identifier: MIT
# Input that is large, deep or not meant for us ends soon and with the right words.
set -u
idl=$(pwd)/idl/compiler/rpcsec-idl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

# refused NAME MESSAGE: NAME.idl is refused with it, and soon.
refused() {
	timeout 60 "$idl" -o . "$1.idl" >"$1.out" 2>&1
	status=$?
	if [ $status != 1 ] || ! grep -qF "$2" "$1.out"; then
		echo "FAIL: $1: status $status, not \"$2\""
		cut -c1-200 "$1.out" | head -n 5
		failed=1
	fi
}

# repeat NUMBER FORMAT: printf's format, with the number and the next one.
repeat() {
	seq 0 $(($1 - 1)) | awk -v f="$2" '{ printf f, $1, $1 + 1 }'
}
head='[uuid(00000000-0000-0000-0000-000000000001)] interface x {'

{ printf 'typedef '; repeat 100000 'struct { '; printf 'long a;'; repeat 100000 ' } a;'; } >deep.idl
refused deep "nested too deeply"
{ repeat 60000 'struct s%d { struct s%d a; };'; echo 'struct s60000 { long a; };'; } >inside.idl
refused inside "more than 64 types are inside each other"
{ echo 'typedef long s0;'; repeat 60000 'typedef s%d s%d; '; } >chain.idl
refused chain "more than 256 types stand for each other"
{ printf '%s' "$head"; repeat 65537 'void f%d();'; echo '}'; } >operations.idl
refused operations "more than 65536 operations"
{ printf 'typedef struct {'; repeat 9000 'long f%d;'; echo '} s;'; } >members.idl
refused members "more than 8192 members"
{ printf 'typedef union switch (long t) u {'; repeat 5000 'case %d: '; echo 'long a; } s;'; } >cases.idl
refused cases "more than 4096 cases"
echo "$head void f([in] long a[0x100000000]); void g([in] char b[2147483648][2147483648]); }" >array.idl
refused array "the array's bound is not from 1 to 2147483647"
{ echo '#define TWO(x) x x'; repeat 70 '#define A%d TWO(A%d)
'; echo 'const long x = A0;'; } >bomb.idl
refused bomb "macros expand too deeply"
{ echo '#define F(x) x x x x x x x x'; printf 'const long x = '; repeat 20 'F('; printf 1; repeat 20 ')'; echo ';'; } >calls.idl
refused calls "macros expand too deeply"
{ printf '/* '; head -c 8400000 /dev/zero | tr '\0' x; echo ' */'; } >file.idl
refused file "'file.idl' is larger than 8388608 bytes"
i=0
while [ $i -lt 520 ]; do
	echo >"i$i.idl"
	i=$((i + 1))
done
repeat 520 'import "i%d.idl";' >files.idl
refused files "too many files, or files that ask for each other too deeply"
echo 'import "../../../../../../../../etc/passwd"; import "/dev/zero"; import "/dev/stdin"; import "/";' >odd.idl
refused odd "cannot find '/dev/zero'"
exit $failed
