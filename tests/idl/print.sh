#!/bin/sh
# SPDX-License-Identifier: MIT
# --print: what it prints compiles to the same C, and is printed as it is. Over all files of these tests,
# and those of a directory in RPCSEC_IDL_CORPUS. --dump-types prints what is sent.
set -u
src=$(cd "${srcdir:-..}" && pwd)
idl=$(pwd)/idl/compiler/rpcsec-idl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/once" "$work/twice" "$work/c1" "$work/c2"
failed=0
num=0

fail() {
	echo "FAIL: $*"
	failed=1
}

for file in "$src"/examples/*.idl "$src"/idl/interfaces/*.idl "$src"/tests/idl/*.idl "$src"/tests/idl/errors/*.idl \
	${RPCSEC_IDL_CORPUS:+"$RPCSEC_IDL_CORPUS"/*.idl}; do
	name=$(basename "$file")
	[ "$name" != serial.idl ] || cp "$src/tests/idl/serial.acf" "$work/once/"
	options="-I $(dirname "$file") -I ${RPCSEC_IDL_CORPUS:-.}/h --import-map ms-%=%"
	# shellcheck disable=SC2086  # options are words
	"$idl" $options --print "$file" >"$work/once/$name" 2>/dev/null || continue # it has errors
	# shellcheck disable=SC2086
	"$idl" $options --print "$work/once/$name" >"$work/twice/$name" 2>"$work/err" || {
		fail "$name cannot be read again"
		cat "$work/err"
	}
	cmp -s "$work/once/$name" "$work/twice/$name" || fail "$name is printed otherwise the second time"
	# shellcheck disable=SC2086
	"$idl" $options -o "$work/c1" "$file" 2>/dev/null && "$idl" $options -o "$work/c2" "$work/once/$name" 2>/dev/null
	num=$((num + 1))
done
diff -r "$work/c1" "$work/c2" >"$work/err" || {
	fail "other C is made of what was printed"
	head -n 20 "$work/err"
}
cat >"$work/a.idl" <<END
// first
[uuid(00000000-0000-0000-0000-000000000001),version(1.0)] interface a{
  typedef enum{A,/* one */B=2}e; // behind

  /* a
     comment */
  #define LONG long
  void f( [in]LONG x,[in , string]wchar_t*name,[in,size_is(x*2)]byte*data,[out]long*result,[in]e one ) ; };
END
cat >"$work/a.expect" <<END
// first
[uuid(00000000-0000-0000-0000-000000000001), version(1.0)]
interface a
{
    typedef enum {
        A, /* one */
        B=2
    } e; // behind

    /* a
     comment */
#define LONG long
    void f([in] LONG x, [in, string] wchar_t*name, [in, size_is(x*2)] byte*data,
        [out] long*result, [in] e one);
};
END
"$idl" --print "$work/a.idl" >"$work/a.got" || fail "a.idl"
diff -u "$work/a.expect" "$work/a.got" || fail "a.idl is printed otherwise"
"$idl" --dump-types "$src/tests/idl/made_up.idl" | grep -q '^    in n: u32$' || fail "--dump-types shows no parameter"
echo "$num files"
[ "$num" -ge 20 ] && exit $failed
