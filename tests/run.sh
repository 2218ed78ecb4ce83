#!/bin/sh
# SPDX-License-Identifier: MIT
# Everything from a bare Debian 12 to test results: installs what is missing, builds in build/, runs
# the unit, flow, realm and interoperability tests. The last line is "N passed, N failed, N skipped".
#
#   tests/run.sh              all tests
#   tests/run.sh --no-interop without the peers (Samba, impacket, tshark), which are large packages
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/setup.sh"

interop=yes
case ${1:-} in
--no-interop) interop=no ;;
--help | -h)
    sed -n '3,7s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
'') ;;
*)
    echo "usage: tests/run.sh [--no-interop]" >&2
    exit 2
    ;;
esac

need_packages build realm check || fail "packages that the tests need cannot be installed"
[ "$interop" = no ] || need_packages interop ||
    say "some peers cannot be installed: their tests will be skipped"
build_in "$top/build" --enable-werror

say "running make check (unit, flow and realm tests, lints)"
find "$top/build/tests" "$top/build/examples" -name '*.trs' -exec rm -f {} +
make -s -k -C "$top/build" -j"$(nproc)" check >"$top/build/check.out" 2>&1 || true
[ -f "$top/build/test-suite.log" ] || {
    grep -E 'error|\*\*\*' "$top/build/check.out" | head -n 20
    fail "the tests did not build; see build/check.out"
}

if [ "$interop" = yes ]; then
    say "running make interop (Samba, impacket, tshark as peers)"
    make -s -k -C "$top/build" interop >"$top/build/interop.out" 2>&1 || true
fi

count_results "$top/build" ""
[ "$passed" -gt 0 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
