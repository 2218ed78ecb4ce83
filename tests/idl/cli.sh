#!/bin/sh
# SPDX-License-Identifier: MIT
# Options, exit statuses and files of the rpcsec-idl command.
set -u
src=$(cd "${srcdir:-..}" && pwd)
idl=$(pwd)/idl/compiler/rpcsec-idl
out=$(pwd)/tests/idl/cli.out
rm -rf "$out" && mkdir -p "$out/in/sub" "$out/made" || exit 1
cd "$out/in" || exit 1
failed=0

fail() {
	echo "FAIL: $*"
	failed=1
}

# expect STATUS COMMAND...
expect() {
	want=$1
	shift
	"$@" >"$out/stdout" 2>"$out/stderr"
	got=$?
	[ $got = "$want" ] || { fail "exit $got, not $want: $*"; cat "$out/stderr"; }
}

cat >one.idl <<END
import "two.idl";
[uuid(00000000-0000-0000-0000-000000000001), version(1.0)]
interface one { void f([in] two x, [in] long y[NUM]); }
END
echo 'typedef short two;' >sub/two.idl

expect 2 "$idl"
expect 2 "$idl" --nonsense one.idl
expect 2 "$idl" -D =3 one.idl
expect 2 "$idl" -MX one.idl
expect 0 "$idl" --help
grep -q '^usage: rpcsec-idl' "$out/stdout" || fail "--help has no usage"
expect 0 "$idl" --version
grep -q '^rpcsec-idl [0-9]' "$out/stdout" || fail "--version has no version"

expect 1 "$idl" -o "$out/made" none.idl
grep -q "cannot find 'none.idl'" "$out/stderr" || fail "no word of the missing file"
expect 1 "$idl" -o "$out/made" one.idl
[ -z "$(ls "$out/made")" ] || fail "files were made in spite of errors"
expect 1 "$idl" -I sub -D NUM=3 -o "$out/none" one.idl

expect 0 "$idl" -I sub -D NUM=3 -o "$out/made" one.idl
[ "$(ls "$out/made" | tr '\n' ' ')" = "one.h one_c.c one_s.c " ] || fail "other files"
grep -q 'const int32_t y\[3\]' "$out/made/one.h" || fail "-D has no effect"
grep -q '#include "two.h"' "$out/made/one.h" || fail "the import is not included"

rm "$out"/made/*
expect 0 "$idl" -Isub -DNUM --header -o "$out/made" one.idl
[ "$(ls "$out/made")" = "one.h" ] || fail "--header makes more"
rm "$out"/made/*
expect 0 "$idl" -Isub -DNUM --client --server -o "$out/made" one.idl
[ "$(ls "$out/made" | tr '\n' ' ')" = "one_c.c one_s.c " ] || fail "--client --server"
expect 0 "$idl" -Isub -DNUM --prefix my_ -o "$out/made" one.idl
grep -q 'rpcsec_status my_one_f(' "$out/made/one.h" || fail "--prefix has no effect"

rm "$out"/made/*
expect 0 "$idl" -Isub -DNUM -MD -o "$out/made" one.idl
grep -q 'one_c.c .*one_s.c: ' "$out/made/one.d" || fail "-MD writes no rule"
grep -q 'sub/two.idl' "$out/made/one.d" || fail "-MD does not name the import"
expect 0 "$idl" -Isub -DNUM -MF "$out/made/deps" -o "$out/made" one.idl
grep -q 'sub/two.idl:' "$out/made/deps" || fail "-MF has no effect"
printf 'all: %s/made/one.h\ninclude %s/made/deps\n' "$out" "$out" >Makefile
make -n >/dev/null 2>&1 || fail "make cannot read the rule"

cd "$out/.." && rm -rf "$out"
exit $failed
