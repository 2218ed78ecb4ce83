#!/bin/bash
# SPDX-License-Identifier: MIT
# The rpcsec command where calls of the system and of libraries fail, one at a time: it neither crashes nor
# hangs, a failure is told, and of a realm nothing is left.
. "$srcdir/tests/realm/lib.sh"
in_realm
faulty=$PWD/tests/realm/rpcsec_faults
export RPCSEC_TEST_FAULT_MARK=$work/mark
mkdir "$work/tmp" || exit 1

# ends_well CODE: one of the command's own codes, with words where it is a failure. 143: a server that had
# failed already when it was stopped.
ends_well()
{
    [ "$1" -eq 0 ] && return 0
    [ "$1" -le 4 ] || [ "$1" -eq 143 ] && [ -s "$work/err" ] && return 0
    echo "exit $1; stderr: $(cat "$work/err")"
    return 1
}

# A hardened build calls these under names of glibc's own.
renamed=' vdprintf realpath read poll open openat '

# each NUMBER FUNCTION... -- COMMAND...: with the first calls of each function failing, one in each run. A
# function that is never called would make this test nothing.
each()
{
    local number=$1 functions=() name n code
    shift
    while [ "$1" != -- ]; do
        functions+=("$1")
        shift
    done
    shift
    for name in "${functions[@]}"; do
        for n in $(seq "$number"); do
            rm -f "$work/mark"
            RPCSEC_TEST_FAULT=$name:$n "${runner[@]}" "$@" >"$work/out" 2>"$work/err"
            code=$?
            [ -e "$work/mark" ] || break
            check "$1: call $n of $name fails" ends_well "$code"
        done
        [ -e "$work/mark" ] || [ "$n" -gt 1 ] || [[ $renamed == *" $name "* ]] || check "$1 calls $name" false
    done
}

runner=(env TMPDIR="$work/tmp" timeout 60 "$faulty")
each 12 openat setenv -- realm -- true
each 4 fork open -- realm -- true
each 2 pipe2 socket bind getsockname vdprintf krb5_parse_name krb5_kt_resolve -- realm -- true
each 1 signalfd mkdtemp fstat flock getrandom fdopen opendir krb5_init_context krb5_cc_resolve \
    krb5_cc_initialize krb5_get_init_creds_opt_alloc connect write poll -- realm -- true
check 'nothing is left of any realm' [ -z "$(ls -A "$work/tmp")" ]
each 1 mkdir realpath -- realm --dir "$work/tmp/kept" -- true

# A server is stopped once it listens.
run_server()
{
    local server
    "$faulty" "$@" &
    server=$!
    while kill -0 "$server" 2>/dev/null && ! grep -q '^listening.*onc_tcp\|"onc_tcp' "$work/out"; do
        sleep 0.02
    done
    sleep 0.2
    kill -TERM "$server" 2>/dev/null
    wait "$server"
}
runner=(run_server)
each 2 calloc rpcsec_policy_set_limit -- serve --listen 'ncacn_ip_tcp:127.0.0.1[0]' --onc '127.0.0.1[0]' \
    --limit handshake-ms=5000 --limit call-ms=5000
each 1 rpcsec_policy_new rpcsec_level_parse rpcsec_policy_set_level rpcsec_policy_set_anonymous \
    rpcsec_policy_set_header_signing rpcsec_policy_set_verification_trailer rpcsec_policy_set_keytab \
    rpcsec_policy_accept_spn rpcsec_policy_set_mechanisms rpcsec_server_new rpcsec_server_on_error \
    rpcsec_server_on_audit rpcsec_server_add rpcsec_server_add_mgmt rpcsec_server_add_epm rpcsec_server_run \
    rpcsec_onc_server_new rpcsec_onc_server_add_with pthread_create open krb5_init_context krb5_kt_resolve \
    krb5_parse_name -- serve --listen 'ncacn_ip_tcp:127.0.0.1[0]' --onc '127.0.0.1[0]' --epm --mech kerberos \
    --keytab "$KRB5_KTNAME" --accept-spn host/localhost --audit "$work/audit"
each 1 rpcsec_onc_server_run -- serve --onc '127.0.0.1[0]'

start_server --epm --onc '127.0.0.1[0]'
eventually grep -q onc_tcp "$work/listening"
onc=$(sed -n 's/^listening onc_tcp:\(.*\)/\1/p' "$work/listening")
port=${binding##*[}
runner=(timeout 60 "$faulty")
each 4 rpcsec_policy_set_limit -- map localhost --port "${port%]}"
each 1 rpcsec_policy_new rpcsec_level_parse rpcsec_arena_new -- map localhost --port "${port%]}"
each 2 rpcsec_policy_set_limit rpcsec_arena_new -- ping "$binding" -v
each 1 rpcsec_policy_new rpcsec_level_parse rpcsec_client_bind krb5_init_context krb5_cc_default \
    krb5_cc_get_principal krb5_parse_name krb5_get_credentials krb5_decode_ticket krb5_enctype_to_name \
    -- ping "$binding" -v
each 2 rpcsec_policy_new rpcsec_arena_new read poll send socket connect getaddrinfo -- probe "$binding"
each 1 rpcsec_policy_set_limit rpcsec_policy_set_header_signing rpcsec_policy_set_verification_trailer \
    rpcsec_policy_set_third_leg calloc rpcsec_level_parse rpcsec_client_bind -- probe "$binding"
each 1 rpcsec_policy_new rpcsec_policy_set_limit rpcsec_level_parse socket connect getaddrinfo \
    -- onc-ping "$onc" 0x2fffff01 1 --spn host@localhost
check 'the server is unharmed' exits 0 "$RPCSEC" ping "$binding"
check 'and ends with 0' stop_server
finish
