# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by app/run and tests/run: what Tertulia needs from Debian 12 or later, and how to get and build it.
# Everything it says goes to standard error: standard output belongs to the program that is started.

# What compiles Tertulia and what it needs to run. The names are the same on Debian 12 and 13.
build_packages=(
    g++ cmake ninja-build pkg-config
    qt6-base-dev qt6-websockets-dev qt6-httpserver-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libqt6sql6-sqlite libqt6sql6-psql libsodium-dev libssl-dev zlib1g-dev libhiredis-dev libqrcodegencpp-dev libsqlite3-dev
    qt6-translations-l10n fonts-dejavu-core
)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Prints those of the named packages that are not installed. One dpkg-query, so that every later start stays fast.
missing_packages() {
    local installed package
    installed=" $(dpkg-query --show --showformat '${db:Status-Status}=${Package} ' "$@" 2>/dev/null || true)"
    for package in "$@"; do
        [[ $installed == *" installed=$package "* ]] || printf '%s ' "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Debian starts a service as soon as its package is installed. Nothing that Tertulia installs is to be left running,
# so the packages are told so by policy-rc.d, unless this machine already has a policy of its own.
readonly service_policy=/usr/sbin/policy-rc.d
service_policy_is_ours=no

forbid_services() {
    [ -e "$service_policy" ] && return
    service_policy_is_ours=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$service_policy" >/dev/null
    as_root chmod 755 "$service_policy"
}

allow_services() {
    [ "$service_policy_is_ours" = yes ] || return 0
    service_policy_is_ours=no
    as_root rm -f "$service_policy"
}

# Installs those of the named packages that are missing. On a system without apt it leaves that to its user.
install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "Tertulia: this is no Debian system, so nothing is installed; the README names what the build needs."
        return
    fi
    local missing
    read -r -a missing <<<"$(missing_packages "$@")"
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "Tertulia: these Debian packages are missing and installing them needs root or sudo: ${missing[*]}"
    fi
    say "Tertulia: installing these Debian packages: ${missing[*]}"
    local log
    log=$(mktemp)
    trap allow_services EXIT
    forbid_services
    if ! apt_get update >"$log" 2>&1 || ! apt_get install "${missing[@]}" >>"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "Tertulia: the packages could not be installed; apt's last words are above."
    fi
    rm -f "$log"
    allow_services
    trap - EXIT
}

# Waits for another apt instead of failing beside it, and asks nothing.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get --yes --quiet --no-install-recommends \
        --option DPkg::Lock::Timeout=600 --option Dpkg::Use-Pty=0 "$@"
}

# As many compilers as there are cores, but no more than the memory carries: one needs up to a gigabyte.
compiler_jobs() {
    local cores gigabytes
    cores=$(nproc)
    gigabytes=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null || true)
    if [ -n "$gigabytes" ] && [ "$gigabytes" -lt "$cores" ]; then
        cores=$((gigabytes > 0 ? gigabytes : 1))
    fi
    printf '%s' "$cores"
}

# build_preset SOURCE PRESET: configures when that is due, and builds. Two that start at once take turns.
build_preset() (
    cd "$1"
    local directory="build/$2" quiet=()
    mkdir -p build
    exec 9>"build/$2.lock"
    flock 9
    if [ -e "$directory/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$directory/CMakeCache.txt"; then
        rm -rf "$directory" # it was configured where these sources no longer are
    fi
    if [ ! -e "$directory/build.ninja" ] || [ CMakePresets.json -nt "$directory/build.ninja" ]; then
        say "Tertulia: configuring ($2)"
        mkdir -p "$directory"
        if ! cmake --preset "$2" 9>&- >"$directory/configure.log" 2>&1; then
            cat "$directory/configure.log" >&2
            fail "Tertulia: the build could not be configured; CMake's words are above."
        fi
        touch "$directory/build.ninja" # even when CMake had nothing to write, so that it is not due again
    fi
    if [ -x "$directory/app/tertulia" ]; then
        quiet=(-- --quiet)
    else
        say "Tertulia: building ($2); the first time takes a few minutes"
    fi
    cmake --build --preset "$2" --parallel "$(compiler_jobs)" "${quiet[@]}" 9>&- >&2 ||
        fail "Tertulia: the build failed; the compiler's words are above."
)
