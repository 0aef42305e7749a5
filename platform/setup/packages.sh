# SPDX-License-Identifier: Apache-2.0
#
# ensure_packages LIST...: installs what is missing of the packages that the lists name. Sourced by platform/run and
# tests/run, with $top set. Quiet and quick when nothing is missing.

ensure_packages() {
    missing=""
    llvm=$("$top/platform/setup/llvm")
    for list in "$@"; do
        while read -r package why; do
            case "$package" in '' | '#'*) continue ;; *@LLVM@*) package=${package%@LLVM@*}$llvm${package#*@LLVM@} ;; esac
            # dpkg's own files, not dpkg-query: a look-up costs microseconds this way
            if [ ! -e "/var/lib/dpkg/info/$package.list" ] && [ ! -e "/var/lib/dpkg/info/$package:amd64.list" ]; then
                [ -n "$missing" ] || echo "Packages that are missing:" >&2
                printf '  %-24s %s\n' "$package" "$why" >&2
                missing="$missing $package"
            fi
        done <"$list"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        echo "As root, run this once, then start again:" >&2
        echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
        case "$missing" in *linux-source-6.1*)
            echo "(Debian 13 and later: instead of linux-source-6.1 the file that platform/setup/linux-source FOLDER gets)" >&2 ;;
        esac
        return 1
    fi
    echo "Installing them with apt." >&2
    log=$(mktemp)
    # shellcheck disable=SC2086
    if apt-get update >"$log" 2>&1 && missing=$(with_files $missing) &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>"$log" 2>&1; then
        rm -rf "$log" "$log.files"
    else
        tail -n 20 "$log" >&2
        rm -rf "$log" "$log.files"
        echo "apt could not install them." >&2
        return 1
    fi
}

# with_files PACKAGE...: the packages for apt-get install, where the release does not have one of them its file. apt would take
# such a name for a pattern, and install another kernel's source.
with_files() {
    for package in "$@"; do
        if [ "$package" = linux-source-6.1 ] && ! apt-cache pkgnames "$package" | grep -qx "$package"; then
            mkdir -p "$log.files"
            package=$("$top/platform/setup/linux-source" "$log.files") || return 1
        fi
        echo "$package"
    done
}

# configure_and_build BUILD_FOLDER PRESET TARGET...: silent when there is nothing to do. Two of them in one checkout take
# turns; in a checkout that cannot be written, what was built is used as it is.
configure_and_build() {
    build=$1
    preset=$2
    shift 2
    if [ ! -w . ] || { [ -e "$build" ] && [ ! -w "$build" ]; }; then
        [ -x "$build/rk3568-sim" ] && return 0
        echo "$(pwd): expected a checkout that can be written, or one that is built; got neither" >&2
        return 1
    fi
    mkdir -p "$build"
    (
        flock 9
        if [ ! -e "$build/build.ninja" ]; then
            echo "Configuring ($preset)." >&2
            run_quietly cmake --preset "$preset"
        fi
        if [ -t 2 ]; then
            ninja --quiet -C "$build" "$@" >&2
        else
            run_quietly ninja -C "$build" "$@"
        fi
    ) 9>"$build/.lock"
}

# run_quietly COMMAND...: shows what it said only if it fails, errors first.
run_quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    grep -E -A 3 'error:|^FAILED:|CMake Error|undefined (symbol|reference)' "$log" | head -n 60 >&2 || true
    echo "$1 failed; all that it said is in $log" >&2
    return 1
}
