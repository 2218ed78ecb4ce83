#!/bin/bash
# SPDX-License-Identifier: MIT
# `rpcsec realm` where a program of Kerberos fails: it says which one and why, and leaves nothing.
. "$srcdir/tests/realm/lib.sh"
need_kdc

mkdir "$work/bin" "$work/tmp"
export TMPDIR=$work/tmp
real=$PATH:/usr/sbin

# instead_of PROGRAM TEXT: a script stands before the real program.
instead_of()
{
    rm -f "$work"/bin/*
    printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
    chmod 755 "$work/bin/$1"
}

# fails CODE WORDS...: a realm does not come up, and stderr has these words.
fails()
{
    exits "$1" env PATH="$work/bin:$real" timeout 60 "$RPCSEC" realm -- true && shift && says "$*"
}

leaves_nothing()
{
    [ -z "$(ls -A "$TMPDIR")" ]
}

instead_of kdb5_util 'echo no room on the disk >&2; exit 1'
check 'a database that cannot be made is told' fails 1 'kdb5_util failed: no room on the disk'
instead_of kdb5_util 'exit 0'
check 'a database that is not there is told' fails 1 'kadmin.local failed'
instead_of kadmin.local 'echo the database is locked >&2; exit 1'
check 'an administration that fails is told' fails 1 'kadmin.local failed: the database is locked'
instead_of kadmin.local 'echo Policy does not exist; exit 0'
check 'principals that were not added are told' fails 1 'cannot add the principal ada: Policy does not exist'
instead_of kadmin.local 'kill -KILL $$'
check 'an administration that is killed is told' fails 1 'kadmin.local failed'
instead_of krb5kdc 'echo cannot bind >&2; exit 1'
check 'a KDC that ends is tried on other ports, then told' fails 1 'krb5kdc does not start: cannot bind'
instead_of krb5kdc 'port=$(sed -n "s/.*kdc_tcp_listen = 127.0.0.1:\([0-9]*\).*/\1/p" "$KRB5_KDC_PROFILE")
exec python3 -c "
import socket
listener = socket.create_server((\"127.0.0.1\", $port))
while True:
    listener.accept()[0].close()
"'
check 'a KDC that talks to nobody is told' fails 4 'no ticket for ada'
check 'nothing is left of any of them' leaves_nothing

rm -f "$work"/bin/*
check 'a directory that is no place for a realm is told' \
    exits 1 "$RPCSEC" realm --dir /dev/null/realm -- true
check 'with its name' says '/dev/null/realm'
check 'too many principals are a usage error' \
    exits 2 "$RPCSEC" realm $(seq -f '--principal user%g' 70) -- true
check 'no encryption type is a usage error' exits 2 "$RPCSEC" realm --enctypes ' , ' -- true
check 'a long list of encryption types too' \
    exits 2 "$RPCSEC" realm --enctypes "$(printf 'aes256-cts,%.0s' $(seq 40))" -- true
check 'and a realm without a name' exits 2 "$RPCSEC" realm --realm '' -- true
check 'a command that is no program' exits 126 "$RPCSEC" realm -- /dev/null
check 'with --json names the same exit code' \
    sh -c '"$0" realm --json -- /no/such 2>&1 | grep -q "\"exit\": *127\|\"exit\":127"' "$RPCSEC"
finish
