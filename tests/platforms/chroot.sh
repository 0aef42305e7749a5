# SPDX-License-Identifier: Apache-2.0
#
# A clean Debian in a folder, and commands in it. Sourced, with $top set; as root.

mirror=${RK3568_MIRROR:-http://deb.debian.org}
roots=${RK3568_PLATFORMS:-$top/build/platforms}

stop() {
    echo "$(basename -- "$(dirname -- "$0")")/$(basename -- "$0"): $1" >&2
    exit 2
}

expect_release() {
    case "$1" in bookworm | trixie) ;; *) stop "expected bookworm or trixie, got '$1'" ;; esac
    [ "$(id -u)" = 0 ] || stop "expected to be root, for debootstrap and chroot"
    command -v debootstrap >/dev/null || stop "expected debootstrap: apt-get install debootstrap"
}

# make_root RELEASE FOLDER [PACKAGE,...]: a minimal system, once.
make_root() {
    [ ! -e "$2/etc/apt/sources.list.d/release.list" ] || return 0
    rm -rf "$2"
    mkdir -p "$2"
    debootstrap --variant=minbase --include="ca-certificates${3:+,$3}" "$1" "$2" "$mirror/debian" >"$2.log" 2>&1 || {
        tail -n 20 "$2.log" >&2
        stop "debootstrap failed, see $2.log"
    }
    : >"$2/etc/apt/sources.list"
    for suite in "debian $1" "debian $1-updates" "debian-security $1-security"; do
        echo "deb $mirror/$suite main"
    done >"$2/etc/apt/sources.list.d/release.list"
}

# in_root FOLDER COMMAND...: mounts and processes end with the command. Nothing of the caller's environment gets in.
in_root() {
    unshare --mount --pid --fork --kill-child sh -eu -c '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    exec chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
    ' sh "$@"
}
