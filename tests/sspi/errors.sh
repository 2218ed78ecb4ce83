#!/bin/bash
# SPDX-License-Identifier: MIT
# Each cause of failure in a realm, and the status that it has in SSPI: a row each. Then a password
# is changed by the realm's password server.
#
# Not made here, as a realm of one machine cannot: a ticket that expires at the acceptor
# (tests/unit/test_sspi_expiry.sh). The whole table of codes: tests/unit/test_packages_gssw_status.c.
# shellcheck disable=SC1091,SC2154
. "${srcdir:-.}/tests/realm/lib.sh"
in_realm --principal greeter/server.test

target=greeter/server.test
step=./tests/sspi/step
PATH=$PATH:/usr/sbin

administer() {
    kadmin.local -q "$1" >"$work/kadmin" 2>&1
    ! grep -E 'while|[Uu]sage' "$work/kadmin" || exit 1
}

# row CAUSE STEP STATUS [VARIABLE=VALUE...] COMMAND...: this step ends with this status.
row() {
    local cause=$1 at=$2 status=$3
    shift 3
    timeout 60 env "$@" >"$work/out" 2>"$work/err"
    grep -q "^$at $status" "$work/out"
    check "$cause: $at is $status" [ $? -eq 0 ]
    grep -q "^$at $status" "$work/out" || cat "$work/out" "$work/err"
    if [ "${status#8}" != "$status" ]; then
        grep -qE "^$at $status .{8}" "$work/out"
        check "$cause: a sentence tells why" [ $? -eq 0 ]
    fi
}

# config FILE SED...: a krb5.conf that differs from the realm's.
config() {
    local file=$1
    shift
    sed "$@" "${KRB5_CONFIG%%:*}" >"$file"
}

config "$work/down.conf" -E 's/^( *kdc *= *).*/\1localhost:1/'
row "the KDC is down" init 80090311 "KRB5_CONFIG=$work/down.conf" $step $target
row "nothing is wrong" answer 00000000 $step $target
row "no cache" outbound 8009030e "KRB5CCNAME=FILE:$work/none" $step $target
row "the service is not known" init 80090303 $step nobody/server.test
row "the service's realm is not known" init 80090303 $step "$target@OTHER.TEST"
row "a realm without a KDC" init 80090311 $step $target user=bert realm=NOWHERE.TEST password=x
row "no keytab" inbound 8009030e "KRB5_KTNAME=FILE:$work/none" $step $target
row "garbage" accept 80090308 $step $target accept=garbage
row "a replay" accept 8009030c $step $target accept=twice
row "other bindings" accept 80090346 $step $target bind=here require=there
row "other bindings, the client told" answer 8009030c $step $target bind=here require=there
row "the server's proof is altered" answer 80090322 $step $target answer=altered

administer 'addprinc -pw Secret-of-bert bert'
bert="user=bert realm=RPCSEC.TEST"
# shellcheck disable=SC2086  # arguments are words
{
    row "the right password" answer 00000000 $step $target $bert password=Secret-of-bert
    row "a wrong password" init 8009030c $step $target $bert password=wrong
    administer 'modprinc +requires_preauth bert'
    row "a wrong password, preauthentication" init 8009030c $step $target $bert password=wrong
    administer 'modprinc -pwexpire 2020-01-01 bert'
    row "the password has expired" init 8009030c $step $target $bert password=Secret-of-bert
    administer 'modprinc -pwexpire never -expire 2020-01-01 bert'
    row "the account has expired" init 8009030c $step $target $bert password=Secret-of-bert
    administer 'modprinc -expire never -allow_tix bert'
    row "the account is locked" init 8009030c $step $target $bert password=Secret-of-bert
    administer 'modprinc +allow_tix bert'
}
row "an unknown user" init 8009030c $step $target user=nobody realm=RPCSEC.TEST password=x

administer 'addprinc -randkey other/server.test'
administer "ktadd -k $work/other.keytab other/server.test"
row "a keytab without the service" accept 80090348 "KRB5_KTNAME=$work/other.keytab" $step $target
row "a keytab without the service, the client told" answer 80090322 \
    "KRB5_KTNAME=$work/other.keytab" $step $target
administer 'cpw -randkey other/server.test'
row "a keytab with an old key" accept 80090348 "KRB5_KTNAME=$work/other.keytab" $step other/server.test
administer 'addprinc -pw one twin/server.test'
printf 'addent -password -p twin/server.test -k 1 -e aes256-cts-hmac-sha1-96\ntwo\nwkt %s\nq\n' \
    "$work/twin.keytab" | ktutil >"$work/out" 2>&1
row "a keytab with another key" accept 8009030c "KRB5_KTNAME=$work/twin.keytab" $step twin/server.test
row "a keytab with another key, the client told" answer 80090322 \
    "KRB5_KTNAME=$work/twin.keytab" $step twin/server.test

config "$work/weak.conf" -E 's/^( *permitted_enctypes *= ).*/\1camellia256-cts-cmac/'
row "no common encryption type" init 80090331 "KRB5_CONFIG=$work/weak.conf" $step $target \
    user=bert realm=RPCSEC.TEST password=Secret-of-bert
administer 'addprinc -pw Secret-of-carl carl'
echo Secret-of-carl | KRB5CCNAME=$work/brief kinit -l 2s carl >"$work/out" 2>&1
sleep 3
row "the ticket has expired" init 8009030e "KRB5CCNAME=$work/brief" $step $target
row "the KDC allows no service in a user's name" init 8009030c $step $target s4u=bert
if ! command -v faketime >/dev/null; then
    echo "SKIP: the clocks differ (faketime is not installed)"
elif grep -q 'fsanitize=' Makefile; then
    echo "SKIP: the clocks differ (faketime and a sanitizer do not go together)"
else
    administer 'addprinc -randkey late/server.test'
    row "the clocks differ" init 80090324 faketime -f +20m $step late/server.test
fi

# ---- A password is changed ----

ports=$(python3 -c 'import socket
s = [socket.socket() for i in range(2)]
for each in s: each.bind(("127.0.0.1", 0))
print(*[each.getsockname()[1] for each in s])')
kpasswd=${ports% *}
config "$work/change.conf" -E "s/^( *)kdc *=.*/&\n\1kpasswd_server = localhost:$kpasswd/"
sed -E "s/^( *)database_name *=.*/&\n\1kpasswd_port = $kpasswd\n\1kadmind_port = ${ports#* }/; s|^( *acl_file *= ).*|\1$work/acl|" \
    "$KRB5_KDC_PROFILE" >"$work/kdc.conf"
: >"$work/acl"
KRB5_KDC_PROFILE=$work/kdc.conf kadmind -nofork >"$work/kadmind" 2>&1 &
kadmind=$!
trap 'kill $kadmind; rm -rf "$work"' EXIT
eventually bash -c "exec 3<>/dev/tcp/localhost/$kpasswd" 2>/dev/null
administer 'addpol -minlength 8 long'
administer 'modprinc -policy long carl'
change="KRB5_CONFIG=$work/change.conf"
row "a wrong old password" change 8009030c "$change" $step change carl RPCSEC.TEST wrong Another-of-carl
row "a new password against the rules" change 8009030c "$change" $step change carl RPCSEC.TEST \
    Secret-of-carl short
row "a password is changed" change 00000000 "$change" $step change carl RPCSEC.TEST \
    Secret-of-carl Another-of-carl
row "the new password works" answer 00000000 $step $target user=carl realm=RPCSEC.TEST \
    password=Another-of-carl
row "the old one no more" init 8009030c $step $target user=carl realm=RPCSEC.TEST \
    password=Secret-of-carl
config "$work/nobody.conf" -E "s/^( *)kdc *=.*/&\n\1kpasswd_server = localhost:1/"
row "no password server" change 80090311 "KRB5_CONFIG=$work/nobody.conf" $step change carl \
    RPCSEC.TEST Another-of-carl Third-one-of-carl
finish
