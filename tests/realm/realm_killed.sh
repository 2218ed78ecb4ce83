#!/bin/bash
# SPDX-License-Identifier: MIT
# Whatever kills `rpcsec realm`, its KDC, its command and its directory go with it.
. "$srcdir/tests/realm/lib.sh"
need_kdc
export TMPDIR=$work # to see the directories of this script alone

gone()
{
    ! kill -0 "$1" 2>/dev/null
}

no_directory()
{
    [ -z "$(ls -d "$work"/rpcsec-realm-* 2>/dev/null)" ]
}

kdc_of()
{
    for pid in $(ps -o pid= --ppid "$1"); do
        [ "$(ps -o comm= -p "$pid")" = krb5kdc ] && echo "$pid"
    done
}

# Starts a realm in a session of its own; its command is a shell with a child. Sets front,
# keeper, command, child and kdc.
start()
{
    rm -f "$work/pids"
    setsid "$RPCSEC" realm -- \
        sh -c 'sleep 600 & echo $$ $! >"$0.new"; mv "$0.new" "$0"; wait' "$work/pids" \
        2>"$work/err" &
    front=$!
    eventually [ -s "$work/pids" ] || { echo 'FAILED: no realm'; exit 1; }
    read -r command child <"$work/pids"
    keeper=$(ps -o ppid= -p "$command" | tr -d ' ')
    kdc=$(kdc_of "$keeper")
    check 'a KDC runs' kill -0 "$kdc"
}

nothing_stays()
{
    check "$1: the command is gone" eventually gone "$command"
    check "$1: its child is gone" eventually gone "$child"
    check "$1: the KDC is gone" eventually gone "$kdc"
    check "$1: the directory is gone" eventually no_directory
}

start
kill -KILL "$front"
wait "$front" 2>/dev/null
nothing_stays 'SIGKILL of the front'

start
kill -KILL "$keeper"
wait "$front"
check 'SIGKILL of the keeper is a failure' [ $? -eq 1 ]
nothing_stays 'SIGKILL of the keeper'

start
kill -TERM "$front"
wait "$front"
check 'SIGTERM reaches the command' [ $? -eq 143 ]
nothing_stays 'SIGTERM'

start
kill -KILL "$command"
wait "$front"
check 'SIGKILL of the command is its status' [ $? -eq 137 ]
nothing_stays 'SIGKILL of the command'

start
kill -KILL -- "-$front"
wait "$front" 2>/dev/null
nothing_stays 'SIGKILL of the whole process group'

# The commands of a script that run in the background ignore SIGINT, hence env.
env --default-signal=INT "$RPCSEC" realm -- \
    perl -e '$SIG{INT} = sub { exit 5 }; open(F, ">", $ARGV[0]); close F; sleep 1 while 1' \
    "$work/ready" &
front=$!
eventually [ -e "$work/ready" ]
kill -INT "$front"
wait "$front"
check 'SIGINT reaches the handler of the command' [ $? -eq 5 ]
check 'SIGINT: the directory is gone' eventually no_directory
finish
