#!/bin/bash
# SPDX-License-Identifier: MIT
# --dir: a realm that is kept and used again, and the directories that are refused.
. "$srcdir/tests/realm/lib.sh"
need_kdc
dir=$work/kept

check 'a named directory is made' exits 0 "$RPCSEC" realm --dir "$dir" -- true
check 'it is kept, mode 0700' [ "$(stat -c %a "$dir")" = 700 ]
first=$(klist -kt "$dir/keytab" | tail -1)
check 'it is used again: the keys are the same' exits 0 "$RPCSEC" realm --dir "$dir" -- true
check 'and stayed' [ "$(klist -kt "$dir/keytab" | tail -1)" = "$first" ]
check 'a principal is added to it' \
    "$RPCSEC" realm --dir "$dir" --principal rpcsec/localhost -- kvno -q rpcsec/localhost
check 'and is there the next time' "$RPCSEC" realm --dir "$dir" -- kvno -q rpcsec/localhost
check 'another realm name is refused' \
    exits 1 "$RPCSEC" realm --dir "$dir" --realm OTHER.TEST -- true
check 'and the message names the realm' says 'holds the realm RPCSEC.TEST'

check 'two realms run at once' "$RPCSEC" realm --principal a/localhost -- \
    "$RPCSEC" realm --principal b/localhost -- sh -c 'kvno -q b/localhost && ! kvno -q a/localhost 2>/dev/null'
check 'one directory serves one realm at a time' \
    "$RPCSEC" realm --dir "$dir" -- sh -c '! "$0" realm --dir "$1" -- true 2>"$2"' \
    "$RPCSEC" "$dir" "$work/err"
check 'and the message says so' says 'in use by another'

mkdir -m 755 "$work/open"
check 'a directory open to others is refused' exits 1 "$RPCSEC" realm --dir "$work/open" -- true
mkdir -m 700 "$work/full" && touch "$work/full/letter"
check 'a directory with other things is refused' \
    exits 1 "$RPCSEC" realm --dir "$work/full" -- true
check 'and nothing is added to it' [ "$(ls "$work/full")" = letter ]
ln -s "$dir" "$work/link"
check 'a symbolic link is refused' exits 1 "$RPCSEC" realm --dir "$work/link" -- true
check 'a directory that cannot be made is refused' \
    exits 1 "$RPCSEC" realm --dir "$work/no/such" -- true
if [ "$(id -u)" -eq 0 ]; then
    mkdir -m 700 "$work/theirs" && chown 65534 "$work/theirs"
    check 'a directory of another user is refused' \
        exits 1 "$RPCSEC" realm --dir "$work/theirs" -- true
fi
finish
