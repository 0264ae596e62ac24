# Installs Debian packages without letting any of them start a server or make a database cluster.
# Arguments: ROOT PACKAGE...   ROOT comes before every path; it is empty except in tests.
# Everything that is changed for the time of the installation is put back as it was, whatever
# happens; what an earlier, killed run left behind is put back first.
set -eu
root=$1
shift

mark='# written by cargo xtask for the time of one installation'
policy=$root/usr/sbin/policy-rc.d
kept=$policy.kept-by-xtask
settings=$root/etc/postgresql-common/createcluster.d
setting=$settings/xtask.conf
made_settings=no

there() { [ -e "$1" ] || [ -L "$1" ]; }
ours() { [ -f "$1" ] && grep -q "$mark" "$1"; }

put_back() {
    if ours "$policy"; then rm -f "$policy"; fi
    if there "$kept"; then mv -f "$kept" "$policy"; fi
    if ours "$setting"; then rm -f "$setting"; fi
    if [ $made_settings = yes ]; then rmdir "$settings" 2>/dev/null || :; fi
}

forbid_starting() {
    mkdir -p "$root/usr/sbin"
    if there "$policy"; then mv "$policy" "$kept"; fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
    chmod 755 "$policy"
}

forbid_cluster() {
    if [ ! -d "$settings" ]; then made_settings=yes; fi
    mkdir -p "$settings"
    printf '%s\ncreate_main_cluster = false\n' "$mark" >"$setting"
    chmod 644 "$setting"
}

refresh() {
    echo "refreshing the list of packages"
    apt-get -qq update
    refreshed=yes
}

fetch() {
    apt-get -qq --yes --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        "$@" >/dev/null
}

put_back
trap put_back EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
forbid_starting
case " $*" in *' postgresql'*) forbid_cluster ;; esac

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
refreshed=no
if ! fetch --simulate install "$@" 2>/dev/null; then refresh; fi
if ! fetch install "$@"; then
    # An earlier installation was cut short, or the list of packages is so old that it names
    # files which the mirror no longer has: both are mended, then there is one more attempt.
    dpkg --configure -a >/dev/null || :
    if [ $refreshed = no ]; then refresh; fi
    fetch install "$@"
fi
