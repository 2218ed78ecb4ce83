#!/bin/bash
# SPDX-License-Identifier: MIT
# MIT's kadmind as the server of an AUTH of ours, at all levels, while kadmin works against it.
. "$srcdir/tests/realm/lib.sh"
PATH=$PATH:/usr/sbin
command -v kadmind >/dev/null || skip 'kadmind is not installed (krb5-admin-server)'
in_realm
echo "peer: kadmind $(dpkg-query -W -f '${Version}' krb5-admin-server 2>/dev/null)"

admin()
{
    kadmin.local -q "$1" >/dev/null 2>"$work/err"
}
admin 'addprinc -randkey kadmin/localhost'
admin "ktadd -k $work/ada.keytab -norandkey ada"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
kpasswd=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo 'ada@RPCSEC.TEST *' >>"$RPCSEC_REALM_DIR/acl"
sed "s|^    RPCSEC.TEST = {|&\n kadmind_listen = 127.0.0.1:$port\n kpasswd_listen = 127.0.0.1:$kpasswd|" \
    "$KRB5_KDC_PROFILE" >"$work/kdc.conf"
KRB5_KDC_PROFILE=$work/kdc.conf kadmind -nofork >"$work/kadmind.log" 2>&1 &
kadmind=$!
listens()
{
    "$RPCSEC" onc-ping --level connect --spn kadmin@localhost "127.0.0.1[$port]" 2112 2 >"$work/out" 2>&1
}
eventually listens || tail -n 3 "$RPCSEC_REALM_DIR/kdc.log"
for level in connect integrity privacy; do
    check "the NULL procedure at $level" exits 0 "$RPCSEC" onc-ping --level $level \
        --spn kadmin@localhost "127.0.0.1[$port]" 2112 2
done
kinit -k -t "$work/ada.keytab" -c "$work/admin" -S kadmin/admin ada
check 'kadmin works against it' exits 0 kadmin -c "$work/admin" -s "127.0.0.1:$port" -q 'listprincs'
check 'and lists principals' grep -q '^ada@RPCSEC.TEST' "$work/out"
check 'the NULL procedure after that' listens
kill "$kadmind"
finish
