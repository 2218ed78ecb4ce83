#!/bin/bash
# SPDX-License-Identifier: MIT
# A realm needs no privilege: the other scripts of this kind once more as an ordinary user.
. "$srcdir/tests/realm/lib.sh"
need_kdc
[ "$(id -u)" -eq 0 ] || { check 'this run is an ordinary user'"'"'s' "$RPCSEC" realm -- klist -s; finish; }
command -v setpriv >/dev/null || skip 'setpriv is not installed (util-linux)'
chmod 755 "$work"

as_user()
{
    setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

as_user test -x "$RPCSEC" -a -r "$srcdir/tests/realm/lib.sh" ||
    skip 'an ordinary user cannot reach the build folder'
check 'an ordinary user has a realm' as_user "$RPCSEC" realm -- klist -s
check 'whose directory is its own' \
    as_user "$RPCSEC" realm -- sh -c '[ "$(stat -c %u "$RPCSEC_REALM_DIR")" = 65534 ]'
check 'and gets a service ticket' as_user "$RPCSEC" realm -- kvno -q host/localhost
check 'another user can neither enter nor read it' "$RPCSEC" realm -- sh -c '
    ! setpriv --reuid 65534 --regid 65534 --clear-groups cat "${KRB5_KTNAME#FILE:}" >/dev/null 2>&1'
finish
