#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec realm`: a realm comes up, its tickets and keys are good, COMMAND's status comes back.
. "$srcdir/tests/realm/lib.sh"
need_kdc

export TMPDIR=$work # to see the directories of this script alone

start=$(date +%s%N)
check 'a realm starts and runs a command' exits 0 "$RPCSEC" realm -- true
took=$((($(date +%s%N) - start) / 1000000))
check "a realm takes 2 s at most where nothing else runs ($took ms)" [ "$took" -lt 20000 ]

check 'ada has a ticket' \
    "$RPCSEC" realm -- sh -c 'klist | grep -q "Default principal: ada@RPCSEC.TEST"'
check 'the host service has keys, AES only' "$RPCSEC" realm -- sh -c '
    klist -ket | grep -q "host/localhost@RPCSEC.TEST (aes256-cts" &&
    ! klist -ket | grep "@RPCSEC.TEST" | grep -v "(aes"'
check 'the KDC gives a ticket that opens with the keytab' \
    "$RPCSEC" realm -- sh -c 'kvno -k "${KRB5_KTNAME#FILE:}" host/localhost >/dev/null'
check '--principal adds services and users' \
    "$RPCSEC" realm --principal greeter/localhost --principal bob -- sh -c '
    kvno -q greeter/localhost && klist | grep -q "principal: bob@" &&
    klist "$RPCSEC_REALM_DIR/ada.ccache" | grep -q "principal: ada@"'
check '--enctypes chooses the type of keys and tickets' \
    "$RPCSEC" realm --enctypes aes256-cts-hmac-sha384-192 -- sh -c '
    kvno -q host/localhost && klist -e | grep -q "Etype.*: aes256-cts-hmac-sha384-192, aes256-cts-hmac-sha384-192"'
check '--lifetime shortens tickets' \
    "$RPCSEC" realm --lifetime 1 -- sh -c 'klist -s && sleep 2.1 && ! klist -s'
check 'the directory is 0700 and its files 0600' "$RPCSEC" realm -- sh -c '
    [ "$(stat -c %a "$RPCSEC_REALM_DIR")" = 700 ] &&
    [ -z "$(find "$RPCSEC_REALM_DIR" -type f ! -perm 600)" ]'
check 'the command keeps the umask it would have without a realm' \
    sh -c 'umask 027; [ "$("$0" realm -- sh -c umask)" = 0027 ]' "$RPCSEC"
check 'the replay cache is a file of the realm' \
    "$RPCSEC" realm -- sh -c '[ "$KRB5RCACHENAME" = "file2:$RPCSEC_REALM_DIR/rcache" ]'
check 'the KDC listens on loopback only' "$RPCSEC" realm -- sh -c '
    grep -q "kdc_tcp_listen = 127.0.0.1:" "$KRB5_KDC_PROFILE"'

check 'the status of the command comes back' exits 37 "$RPCSEC" realm -- sh -c 'exit 37'
check 'a command killed by a signal gives 128 + its number' \
    exits 143 "$RPCSEC" realm -- sh -c 'kill -TERM $$'
check 'a command that does not exist gives 127' exits 127 "$RPCSEC" realm -- /no/such/command
check 'stdin reaches the command' \
    [ "$(echo word | "$RPCSEC" realm -- cat)" = word ]
check 'what the command left running ends with the realm' \
    timeout 20 "$RPCSEC" realm -- sh -c 'sleep 600 & setsid sleep 600 & true'

check 'no command is a usage error' exits 2 "$RPCSEC" realm
check 'RC4 is refused' exits 2 "$RPCSEC" realm --enctypes arcfour-hmac -- true
check 'a principal with a line break is refused' \
    exits 2 "$RPCSEC" realm --principal $'a\ndelprinc ada' -- true
hide='mount --bind /dev/null "$(PATH=$PATH:/usr/sbin command -v krb5kdc)"'
if unshare --mount true 2>/dev/null; then
    check 'a missing KDC is a failure' \
        exits 1 unshare --mount bash -c "$hide"'; "$0" realm -- true' "$RPCSEC"
    check 'and the message names its package' says 'krb5kdc not found: install krb5-kdc'
fi
check '--json gives one error object' exits 2 "$RPCSEC" realm --json --lifetime 0 -- true
check 'the error object is JSON' python3 -m json.tool "$work/err" "$work/pretty"
check 'no directory stays' [ -z "$(ls -d "$work"/rpcsec-realm-* 2>/dev/null)" ]
finish
