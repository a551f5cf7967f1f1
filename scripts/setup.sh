# Sourced by ./run and ./test: installs what is missing from the distribution, once.
# need_packages NAME...  installs those of the Debian or Ubuntu packages that are not there yet.

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || echo "$name"
    done
}

need_packages() {
    if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
        local program missing=""
        for program in cmake ninja g++ pkg-config; do
            command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
        done
        if [ -z "$missing" ] && pkg-config --exists Qt6Core Qt6WebSockets libsodium 2>/dev/null; then
            return 0
        fi
        say "This system has no apt, so the packages can't be installed for you."
        say "Please install what these Debian packages hold, then start again:"
        printf '  %s\n' "$@" >&2
        exit 1
    fi
    local missing
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "Installing:" $missing
    local sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "Neither root nor sudo: please install these packages, then start again:"
            printf '  %s\n' $missing >&2
            exit 1
        fi
        sudo=sudo
    fi
    local options="-y --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300"
    # An index that is too old is the usual reason for a failure: refresh it and try once more.
    if ! DEBIAN_FRONTEND=noninteractive $sudo apt-get -qq install $options $missing >/dev/null 2>&1; then
        $sudo apt-get -qq update
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install $options $missing >/dev/null || {
            say "The packages above could not be installed. Please install them by hand, then start again."
            exit 1
        }
    fi
}

build_packages=(
    g++ cmake ninja-build pkg-config
    qt6-base-dev qt6-base-dev-tools libgl-dev qt6-websockets-dev qt6-svg-dev
    libqt6sql6-sqlite libqt6svg6 qt6-qpa-plugins
    libsqlite3-dev libsodium-dev libarchive-dev libxml2-dev libqrencode-dev libhunspell-dev
    qtkeychain-qt6-dev libfontconfig-dev
    qt6-multimedia-dev qt6-image-formats-plugins libavformat-dev libavcodec-dev libswscale-dev
    fonts-noto-color-emoji fonts-inter
)

# A desktop without a screen, as a person would have one: window manager, accessibility, fonts.
screen_packages=(
    xvfb openbox xdotool wmctrl x11-utils imagemagick dbus dbus-x11 at-spi2-core python3-pyatspi
    fonts-noto-core pulseaudio
)

# configure_and_build PRESET [targets...]
configure_and_build() {
    local preset=$1
    shift
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build-$preset.log" 2>&1 || {
        cat "build-$preset.log" >&2
        exit 1
    }
    rm -f "build-$preset.log"
    cmake --build --preset "$preset" "$@"
}
