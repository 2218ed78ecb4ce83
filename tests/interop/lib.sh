# SPDX-License-Identifier: MIT
# Sourced by the scripts here, which set $here. They run in the build folder, and print TAP.
rpcsec=${RPCSEC:-$(pwd)/librpcsec/tools/rpcsec}
# in_lab "$@": goes on inside a lab of this script's own; says why where there can be none.
in_lab() {
    local reason status
    [ "${1:-}" != inside ] || return 0
    reason=$(mktemp)
    bash "$here/lab" bash "$0" inside | tee "$reason"
    status=${PIPESTATUS[0]}
    if [ "$status" -eq 77 ]; then
        echo "1..0 # SKIP $(sed -n 's/^SKIP: //p' "$reason" | tail -n 1)"
        status=0
    fi
    rm -f "$reason"
    exit "$status"
}

number=0
result() {
    # $1 0 for passed, $2 name; what stands in $LAB_DIR/out is shown on failure
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# /' "$LAB_DIR/out" 2>/dev/null | tail -n 12
    fi
}
skipped() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# start_server OPTION...: our server; sets server_pid and port.
start_server() {
    rm -f "$LAB_DIR/serve.out" # the one before us had another port
    : >"$LAB_DIR/serve.out"
    "$rpcsec" serve --listen "ncacn_ip_tcp:$LAB_SERVER_ADDRESS[0]" --keytab "FILE:$LAB_KEYTAB" "$@" \
        >"$LAB_DIR/serve.out" 2>"$LAB_DIR/serve.err" &
    server_pid=$!
    for _ in $(seq 100); do
        port=$(sed -n 's/^listening .*\[\([0-9]*\)\]$/\1/p' "$LAB_DIR/serve.out" | head -n 1)
        [ -n "$port" ] && return 0
        sleep 0.1
    done
    cat "$LAB_DIR/serve.err"
    return 1
}

# stop_server: SIGTERM must end it with status 0.
stop_server() {
    kill -TERM "$server_pid"
    wait "$server_pid"
    result $? "server ends with status 0 on SIGTERM ($1)"
}

finish() {
    echo "1..$number"
}
