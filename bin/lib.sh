# Shared by bin/*: what every script of the project does the same way. Sourced, never run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '\n== %s\n' "$*"; }
fail() { printf '\n!! %s\n' "$*" >&2; exit 1; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# need_packages LIST...: installs what is missing of packaging/packages/LIST.txt, and says so; nothing to do costs nothing.
# A Node that is already there (in any version from 18 on) is used instead of Debian's.
need_packages() {
    local wanted missing=() package list
    for list in "$@"; do
        wanted=$(grep -vE '^\s*(#|$)' "packaging/packages/$list.txt")
        for package in $wanted; do
            case $package in nodejs) command -v node >/dev/null && continue ;; npm) command -v npm >/dev/null && continue ;; esac
            dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
        done
    done
    [ ${#missing[@]} = 0 ] && return 0
    say "installing ${#missing[@]} packages: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# compile PRESET [TARGET...]
compile() {
    local preset=$1; shift
    # Paths are kept relative, so that the cache of one checkout serves the next.
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" ${CMAKE_EXTRA:-} >/dev/null
    cmake --build --preset "$preset" ${*:+--target "$@"}
}

# with_postgres: starts the PostgreSQL of this working copy unless it runs, and exports its URL as MITEINANDER_TEST_POSTGRES. Whoever
# started it stops it at the end of the script; a server that ran before is left alone.
with_postgres() {
    [ -n "${MITEINANDER_TEST_POSTGRES:-}" ] && return 0
    local url
    url=$(bin/postgres-for-tests url)
    if ! psql -qAt "$url" -c 'select 1' >/dev/null 2>&1; then
        bin/postgres-for-tests start >/dev/null
        trap 'bin/postgres-for-tests stop' EXIT
    fi
    export MITEINANDER_TEST_POSTGRES=$url
}
