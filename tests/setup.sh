# SPDX-License-Identifier: MIT
# Sourced by tests/run.sh, examples/demo.sh and .ci/run: plain messages, missing packages, the build.
# The caller has set `top`, the source tree. Nothing outside build/ is written, but for the packages.

say() {
    printf '==> %s\n' "$*"
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# The packages of the named sections that are not installed.
missing_packages() {
    for section in "$@"; do
        while read -r name package; do
            [ "$name" = "$section" ] || continue
            dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' ||
                printf '%s ' "$package"
        done <"$top/tests/packages"
    done
}

# Installs what is missing of the named sections. Fails when a package cannot be had.
need_packages() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null 2>&1 ||
        fail "these Debian packages are missing and there is no apt-get: $missing"
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1 ||
        fail "packages are missing and there is no sudo: as root, run: apt-get install $missing"
    say "installing: $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of words
    if ! { as_root apt-get -o DPkg::Lock::Timeout=600 update &&
        as_root apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends $missing; } \
        >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# True unless $directory was configured by these scripts with these arguments, or by somebody else,
# whose choice is left alone.
needs_configure() {
    [ -f "$directory/Makefile" ] || return 0
    [ -f "$directory/configure.args" ] && [ "$(cat "$directory/configure.args")" != "$*" ]
}

# Configures and builds in $1 with the configure arguments that follow; quick when nothing changed.
# The arguments are kept in configure.args.
build_in() {
    directory=$1
    shift
    if [ ! -x "$top/configure" ] || [ "$top/configure.ac" -nt "$top/configure" ]; then
        say "making ./configure"
        "$top/autogen.sh" >"$top/autogen.log" 2>&1 || {
            tail -n 20 "$top/autogen.log" >&2
            fail "autogen.sh failed"
        }
        rm -f "$top/autogen.log"
    fi
    mkdir -p "$directory"
    if needs_configure "$@"; then
        say "configuring in ${directory#"$top"/}"
        (cd "$directory" && "$top/configure" -q "$@" >configure.out 2>&1) || {
            tail -n 20 "$directory/configure.out" >&2
            fail "configure failed; see ${directory#"$top"/}/config.log"
        }
        echo "$*" >"$directory/configure.args"
    fi
    say "building in ${directory#"$top"/}"
    make -s -C "$directory" -j"$(nproc)" all >"$directory/make.out" 2>&1 || {
        grep -E 'error|warning|\*\*\*' "$directory/make.out" | head -n 20 >&2
        fail "the build failed; see ${directory#"$top"/}/make.out"
    }
}

# Adds the results that `make check` left in directory $1 to passed, failed and skipped, and names
# what failed and what was skipped, with its reason.
passed=0
failed=0
skipped=0
count_results() {
    results_in=$1
    label=$2
    for result in $(find "$results_in/tests" "$results_in/examples" -name '*.trs' | sort); do
        log=${result%.trs}.log
        test=${log#"$results_in"/}
        test=${test%.log}
        while read -r kind what; do
            case $kind in
            PASS | XFAIL) passed=$((passed + 1)) ;;
            SKIP)
                skipped=$((skipped + 1))
                case $what in # a TAP line carries its own reason
                *'# SKIP '*) reason=${what#*# SKIP } ;;
                *) reason=$(sed -n '/(exit status: /d; s/^SKIP:* *//p' "$log" | tail -n 1) ;;
                esac
                printf 'skipped %s%s%s: %s\n' "$label" "$test" "${what:+ ${what%%# SKIP*}}" "${reason:-no reason given}"
                ;;
            *)
                failed=$((failed + 1))
                printf 'FAILED %s%s %s (see %s)\n' "$label" "$test" "$what" "$log"
                tail -n 25 "$log" | sed 's/^/    /'
                ;;
            esac
        done <<RESULTS
$(sed -n 's/^:test-result: *//p' "$result")
RESULTS
    done
}
