# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced. The packages of Debian 12 and Ubuntu 24.04 that Mocoscope needs.
# a|b: the first name that the system knows.

build_packages=(
    g++ cmake ninja-build ccache python3 python3-pip
    qt6-base-dev 'qt6-svg-dev|libqt6svg6-dev' libqcustomplot-dev
    libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev
    libjpeg-dev libarchive-dev libssl-dev libsqlite3-dev libgloo-dev
    libmd4c-dev libmd4c-html0-dev
    nlohmann-json3-dev libcli11-dev libexpected-dev
    qt6-wayland fonts-dejavu-core
)
# The first compiles the translations: without it the window speaks English. The second has Qt's own: the
# names of keys, the buttons of dialogs. Installed along with what is needed, never for their own sake.
optional_packages=(qt6-l10n-tools qt6-translations-l10n)
# A bare system has no git, by which a test of ours learns which files to read; another uses the window
# by keys on a display of its own.
test_packages=(git xvfb xdotool)
check_packages=("${test_packages[@]}" clang-format-14 shellcheck desktop-file-utils appstream mandoc)
# shellcheck disable=SC2034 # used by packaging/make-deb.sh
deb_packages=(dpkg-dev file)
# shellcheck disable=SC2034 # used by ./run
bench_packages=(libbenchmark-dev)

# Prints the names of those that are not installed, one a line.
missing_packages() {
    local installed spec name found
    installed=$'\n'$(dpkg-query -W -f '${binary:Package} ${db:Status-Status}\n' 2>/dev/null |
        sed -n 's/:[a-z0-9]* installed$//p; s/ installed$//p')$'\n'
    for spec in "$@"; do
        found=no
        for name in ${spec//|/ }; do
            if [[ $installed == *$'\n'$name$'\n'* ]]; then found=yes; fi
        done
        if [[ $found == no ]]; then echo "$spec"; fi
    done
}

# Prints the name of each a|b that apt knows; the first where it knows none.
known_names() {
    local spec name known
    for spec in "$@"; do
        known=${spec%%|*}
        for name in ${spec//|/ }; do
            if apt-cache show "$name" >/dev/null 2>&1; then
                known=$name
                break
            fi
        done
        echo "$known"
    done
}

apt_install() { # SUDO-OR-NOTHING NAME…
    local sudo=$1 options=(-y --no-install-recommends -o DPkg::Lock::Timeout=300)
    shift
    local as_root=(env DEBIAN_FRONTEND=noninteractive apt-get)
    if [[ -n $sudo ]]; then as_root=("$sudo" "${as_root[@]}"); fi
    if "${as_root[@]}" "${options[@]}" install "$@"; then return; fi
    # The lists of a fresh system are empty, those of an old one name files that are gone.
    "${as_root[@]}" -o DPkg::Lock::Timeout=300 update
    "${as_root[@]}" "${options[@]}" install "$@"
}

# Asks on the terminal; without one, only root goes on unasked.
may_install() { # NAME…
    if [[ $assume_yes == yes ]]; then return 0; fi
    if ! has_terminal; then return "$((EUID != 0))"; fi
    local answer
    printf '%s\n' "These system packages are missing:" "    $*" >&2
    read -r -p "Install them with apt-get? [Y/n] " answer
    [[ -z $answer || $answer == [Yy]* ]]
}

ensure_packages() { # SPEC…
    local missing names sudo=''
    if [[ $skip_packages == yes ]]; then return; fi
    if ! command -v dpkg-query apt-get >/dev/null; then
        note "not a Debian or Ubuntu: needed are the equivalents of ${*//|/ or }"
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then return; fi
    mapfile -t -O "${#missing[@]}" missing < <(missing_packages "${optional_packages[@]}")
    mapfile -t names < <(known_names "${missing[@]}")
    local advice=("Install them: sudo apt-get install --no-install-recommends ${names[*]}"
        "or, when they come from elsewhere: --skip-packages")
    if ((EUID != 0)); then
        sudo=sudo
        command -v sudo >/dev/null ||
            fail "system packages are missing, and there is neither root nor sudo" "${advice[@]}"
    fi
    may_install "${names[@]}" || fail "system packages are missing" "${advice[@]}"
    if [[ -n $sudo ]] && has_terminal; then sudo -v || fail "sudo refused" "${advice[@]}"; fi
    step packages "Installing system packages: ${#names[@]}" "Try: sudo apt-get update; then again." \
        apt_install "$sudo" "${names[@]}"
}
