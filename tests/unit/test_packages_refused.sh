#!/bin/bash
# SPDX-License-Identifier: MIT
# test_packages_refused in a realm with a user who has a password, known to NTLM too.
# shellcheck disable=SC1091,SC2154
. "${srcdir:-.}/tests/realm/lib.sh"
in_realm --principal greeter/server.test

PATH=$PATH:/usr/sbin kadmin.local -q 'addprinc -pw Secret-of-bert bert' >"$work/kadmin" 2>&1 || {
    cat "$work/kadmin"
    exit 1
}
kadmin_q='modprinc +ok_to_auth_as_delegate greeter/server.test'
PATH=$PATH:/usr/sbin kadmin.local -q "$kadmin_q" >"$work/kadmin" 2>&1 # to act for users
printf 'TEST:bert:Secret-of-bert\n' >"$work/users"
NTLM_USER_FILE=$work/users exec ./tests/unit/test_packages_refused
