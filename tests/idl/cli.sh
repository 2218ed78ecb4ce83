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

# says MESSAGE: the last command printed it.
says() {
	grep -qF -e "$1" "$out/stderr" || fail "not a word of \"$1\""
}

expect 2 "$idl"
says "no input file"
expect 2 "$idl" --nonsense one.idl
expect 2 "$idl" -D =3 one.idl
says "bad -D =3"
expect 2 "$idl" -MX one.idl
says "unknown option -MX"
i=0
dirs=
while [ $i -lt 65 ]; do
	dirs="$dirs -I d"
	i=$((i + 1))
done
# shellcheck disable=SC2086  # options are words
expect 2 "$idl" $dirs one.idl
says "too many -I"
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
grep -q 'sub/two.idl:' "$out/made/one.d" && fail "-MD alone writes rules for imports"
expect 0 "$idl" -Isub -DNUM -MP -MF "$out/made/deps" -o "$out/made" one.idl
grep -q 'sub/two.idl:' "$out/made/deps" || fail "-MP or -MF has no effect"
expect 0 "$idl" -Isub -DNUM -MD --header -o "$out/made" one.idl
grep -q '_c.c' "$out/made/one.d" && fail "-MD names files that are not made"
expect 0 "$idl" -Isub -DNUM -MP -MF "$out/made/deps" -o "$out/made" one.idl
printf 'all: %s/made/one.h\ninclude %s/made/deps\n' "$out" "$out" >Makefile
make -n >/dev/null 2>&1 || fail "make cannot read the rule"

expect 1 "$idl" -Isub -DNUM=3 -UNUM -o "$out/made" one.idl
grep -q "unknown name 'NUM'\|not constant" "$out/stderr" || fail "-U has no effect"
expect 0 "$idl" -Isub -DNUM=3 -DOTHER -U OTHER -o "$out/made" one.idl

# Imports by another name.
echo 'import "ms-two.idl"; typedef two three;' >three.idl
expect 1 "$idl" -I sub -o "$out/made" three.idl
expect 0 "$idl" -I sub --import-map ms-%=% -o "$out/made" three.idl
grep -q '#include "two.h"' "$out/made/three.h" || fail "--import-map: the header's name"
expect 0 "$idl" -I sub --import-map x=y --import-map ms-two.idl=two.idl -o "$out/made" three.idl
expect 2 "$idl" --import-map nothing three.idl
says "--import-map is FROM=TO, with a '%' in both or in none"
expect 2 "$idl" --import-map ms-%=x three.idl
expect 2 "$idl" --import-map =x three.idl

# Attributes from an ACF file: named, or found beside the IDL.
cat >four.idl <<END
typedef long four_t;
[uuid(00000000-0000-0000-0000-000000000004)]
interface four { void f([in] four_t a); void g([in] four_t a); }
END
echo 'interface four { typedef [encode] four_t; [nocode] f(); }' >other.acf
expect 0 "$idl" --acf other.acf -MD -o "$out/made" four.idl
grep -q 'four_t_encode(' "$out/made/four.h" || fail "--acf has no effect"
grep -q 'rpcsec_status four_f(' "$out/made/four.h" && fail "nocode has no effect"
grep -q '(\*f)(' "$out/made/four.h" || fail "nocode takes the server's function away"
grep -q 'other.acf' "$out/made/four.d" || fail "-MD does not name the ACF file"
expect 0 "$idl" -o "$out/made" four.idl
grep -q 'four_t_encode(' "$out/made/four.h" && fail "an ACF file came from nowhere"
mv other.acf four.acf
expect 0 "$idl" -o "$out/made" four.idl
grep -q 'four_t_encode(' "$out/made/four.h" || fail "four.acf is not found"
expect 1 "$idl" --acf none.acf -o "$out/made" four.idl
expect 2 "$idl" --acf four.acf -o "$out/made" four.idl one.idl
says "--acf works with one input file"

cd "$out/.." && rm -rf "$out"
exit $failed
