#!/bin/bash
# SPDX-License-Identifier: MIT
# The conformance matrix of SSPI in a realm of its own, for each AES enctype; NTLM where it is there.
# shellcheck disable=SC1091
. "${srcdir:-.}/tests/realm/lib.sh"
need_kdc
# Whole stacks: what gss-ntlmssp leaks inside of libcrypto is told from what is ours (tests/leaks).
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}fast_unwind_on_malloc=0
printf 'TEST:ada:secret-of-ada\n' >"$work/users"
export NTLM_USER_FILE=$work/users
packages='Kerberos Negotiate'
./tests/sspi/packages | grep -qx NTLM && packages="$packages NTLM"
for enctype in ${SSPI_ENCTYPES:-aes256-cts-hmac-sha1-96 aes256-cts-hmac-sha384-192}; do
    # shellcheck disable=SC2086  # one word each
    "$RPCSEC" realm --enctypes "$enctype" --principal greeter/server.test -- \
        ./tests/sspi/conformance greeter/server.test $packages >"$work/matrix" 2>&1
    status=$?
    grep -B 1 -A 1 UNEXPLAINED "$work/matrix" | head -n 60
    check "$enctype, $packages: $(tail -n 1 "$work/matrix")" [ $status -eq 0 ]
done
finish
