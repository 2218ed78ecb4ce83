#!/bin/bash
# SPDX-License-Identifier: MIT
# ncalrpc: `rpcsec serve --listen ncalrpc:[NAME]` and `rpcsec ping`, by the kernel's word and by
# Kerberos; and a second user, who makes a socket beforehand, a link, another directory: the client
# refuses each. Root is needed to be that user.
. "$srcdir/tests/realm/lib.sh"
in_realm --principal local/service
chmod 755 "$work"
run=$work/run
ping=("$RPCSEC" ping 'ncalrpc:[echo]' --local-directory "$run")

start_server --listen 'ncalrpc:[echo]' --local-directory "$run" --mech local --mech kerberos
check 'a server says that it listens there' grep -qx 'listening ncalrpc:\[echo\]' "$work/listening"
check 'it is reached by the kernels word' exits 0 "${ping[@]}"
check 'which names the user' grep -q "uid:$(id -u)" "$work/out"
check 'the level is privacy' grep -q privacy "$work/out"
check 'Kerberos works there too' \
    exits 0 "${ping[@]}" --mech kerberos --spn local/service
check 'and proves the service' exits 4 "${ping[@]}" --mech kerberos --spn no/service
check 'Kerberos needs a principal' exits 2 "${ping[@]}" --mech kerberos
check 'a host is refused' exits 2 "$RPCSEC" ping 'ncalrpc:localhost[echo]' --local-directory "$run"
check 'a path is refused' exits 2 "$RPCSEC" ping 'ncalrpc:[../echo]' --local-directory "$run"
check 'the mechanism is for ncalrpc' exits 2 "$RPCSEC" ping "$binding" --mech local
check 'an owner is a number' exits 2 "${ping[@]}" --local-owner root
check 'the server ends well' stop_server
check 'and takes its socket along' test ! -e "$run/echo"
check 'so that nobody serves there' exits 3 "${ping[@]}"
check 'which is told' says 'nobody serves ncalrpc:\[echo\]'

start_server --listen 'ncalrpc:[echo]' --local-directory "$run"
check 'without the mechanism a server does not go by the kernels word' \
    grep -q . <("${ping[@]}" --mech local 2>&1)
kill -KILL "$server"
wait "$server" 2>/dev/null
check 'a killed server leaves its socket' test -S "$run/echo"
start_server --listen 'ncalrpc:[echo]' --local-directory "$run" --mech local
check 'which its successor replaces' exits 0 "${ping[@]}"
stop_server

other=65534
as_other() { setpriv --reuid="$other" --regid="$other" --clear-groups "$@"; }
# Not one of a user's own, which nobody else may run.
python=/usr/bin/python3
if [ "$(id -u)" -ne 0 ] || ! as_other "$python" -c pass 2>/dev/null; then
    [ "$failures" -eq 0 ] || finish
    skip "a second user: root, setpriv and $python are needed"
fi
# Listens on PATH for an hour, as one who would like to be the server.
impostor()
{
    as_other "$python" -c '
import os, socket, sys, time
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(8)
os.chmod(sys.argv[1], 0o777)
time.sleep(3600)' "$1" &
    impostors+=($!)
    eventually test -S "$1"
}
impostors=()
end_impostors()
{
    [ ${#impostors[@]} -eq 0 ] || kill "${impostors[@]}" 2>/dev/null
    impostors=()
}
trap 'end_impostors; rm -rf "$work"' EXIT
theirs=$work/theirs
install -d -o "$other" -g "$other" -m 755 "$theirs"
check 'the other user listens' impostor "$theirs/echo"

refuses()
{
    exits 4 "$RPCSEC" ping 'ncalrpc:[echo]' --local-directory "$1" && says "$2"
}
check 'a directory of another user is refused' refuses "$theirs" 'its directory belongs to another user'
ln -s "$theirs" "$work/link"
check 'a link to it is refused' refuses "$work/link" 'its directory is a link'
ln -sfn "$theirs/echo" "$run/echo"
check 'a link in the right directory is refused' refuses "$run" 'it is a link'
rm -f "$run/echo"
chmod 1777 "$run"
check 'the other user makes a socket beforehand' impostor "$run/echo"
check 'which is refused' refuses "$run" 'others may write to its directory'
chmod 755 "$run"
check 'also when the directory is closed behind it' \
    refuses "$run" 'the socket belongs to another user'
chown root "$run/echo"
check 'and when its file was given away' refuses "$run" 'the process that listens there is another'
check 'a server does not replace it' \
    exits 1 "$RPCSEC" serve --listen 'ncalrpc:[echo]' --local-directory "$run" --mech local
end_impostors
rm -f "$run/echo"

# A directory that is swapped under a client again and again: it meets the server or refuses, and
# never talks to the other user. (The swap is root's: nobody else could.)
start_server --listen 'ncalrpc:[echo]' --local-directory "$run" --mech local
rm -f "$theirs/echo"
impostor "$theirs/echo"
"$python" - "$run" "$theirs" <<'PY' &
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
while True:
    libc.renameat2(-100, sys.argv[1].encode(), -100, sys.argv[2].encode(), 2)
PY
swapper=$!
met=0 refused=0 wrong=0
for _ in $(seq 60); do
    timeout 10 "$RPCSEC" ping 'ncalrpc:[echo]' --local-directory "$run" -c 1 >"$work/out" 2>"$work/err"
    case $? in
    0) met=$((met + 1)); grep -q "uid:0" "$work/out" || wrong=$((wrong + 1)) ;;
    4) refused=$((refused + 1)) ;;
    *) wrong=$((wrong + 1)); cat "$work/err" ;;
    esac
done
kill "$swapper"
wait "$swapper" 2>/dev/null
echo "a swapped directory: met $met, refused $refused, wrong $wrong"
check 'a swapped directory leads to the server or is refused' test "$wrong" -eq 0
check 'and both happened' test "$met" -gt 0 -a "$refused" -gt 0
[ -S "$run/echo" ] && [ "$(stat -c %u "$run")" -eq 0 ] || mv -T --exchange "$run" "$theirs" 2>/dev/null
stop_server

as_other "$RPCSEC" --version >/dev/null 2>&1 || {
    echo "SKIP the server of another user: $RPCSEC is not reachable for uid $other"
    finish
}
# The other way round: a server of the other user, whom a client of ours has to name.
install -d -o "$other" -g "$other" -m 755 "$work/served"
as_other env KRB5_KTNAME=/dev/null "$RPCSEC" serve --listen 'ncalrpc:[echo]' \
    --local-directory "$work/served" --mech local >"$work/listening" 2>"$work/server.err" &
server=$!
check 'another user serves in a directory of his own' eventually grep -q listening "$work/listening"
check 'unknown users are refused' refuses "$work/served" 'belongs to another user'
check 'the one that was named is not' \
    exits 0 "$RPCSEC" ping 'ncalrpc:[echo]' --local-directory "$work/served" --local-owner "$other"
check 'and is shown' grep -q "uid:$other" "$work/out"
stop_server
finish
