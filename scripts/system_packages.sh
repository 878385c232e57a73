#!/bin/sh
# The two programs that pip can't bring: tesseract (plates) and zbar (barcodes).
# Installs them where it may; otherwise prints the command and lets the rest go on without them.
set -u
DEBIAN_PACKAGES="tesseract-ocr tesseract-ocr-rus libzbar0"
BREW_PACKAGES="tesseract tesseract-lang zbar"

has_tesseract() {
    command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx rus
}

has_zbar() {
    for folder in /usr/lib /usr/lib64 /usr/lib/*-linux-gnu* /usr/local/lib /opt/homebrew/lib; do
        for library in "$folder"/libzbar.so.0 "$folder"/libzbar.dylib; do
            [ -e "$library" ] && return 0
        done
    done
    return 1
}

complete() {
    has_tesseract && has_zbar
}

go_on_without() {
    echo "system packages: $1" >&2
    echo "  by hand: $2" >&2
    echo "  until then plates are not read from pictures, barcodes by one program of two; all else works." >&2
    exit 0
}

# Debian and Ubuntu: apt-get as root or by a sudo that asks for no password.
by_apt() {
    command="apt-get install -y --no-install-recommends $DEBIAN_PACKAGES"
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true >/dev/null 2>&1 || go_on_without "no right to install them" "sudo $command"
        as_root="sudo -n"
    fi
    echo "Installing $DEBIAN_PACKAGES"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    $as_root $command >/dev/null 2>&1 || { $as_root apt-get update >/dev/null 2>&1; $as_root $command >/dev/null 2>&1; }
    complete || go_on_without "apt-get could not install them" "sudo apt-get update && sudo $command"
}

by_brew() {
    echo "Installing $BREW_PACKAGES"
    # shellcheck disable=SC2086
    brew install --quiet $BREW_PACKAGES >/dev/null 2>&1
    complete || go_on_without "brew could not install them" "brew install $BREW_PACKAGES"
}

complete && exit 0
if command -v apt-get >/dev/null 2>&1; then
    by_apt
elif command -v brew >/dev/null 2>&1; then
    by_brew
elif command -v dnf >/dev/null 2>&1; then
    go_on_without "they are not installed" "sudo dnf install tesseract tesseract-langpack-rus zbar-libs"
elif command -v pacman >/dev/null 2>&1; then
    go_on_without "they are not installed" "sudo pacman -S tesseract tesseract-data-rus tesseract-data-eng zbar"
else
    go_on_without "they are not installed" "install tesseract with Russian, and the zbar library"
fi
