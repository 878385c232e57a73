#!/bin/sh
# Makes the virtual environment with everything pinned in it. PYTHON names the interpreter, else the first suitable one.
set -eu
cd "$(dirname "$0")/.."
VENV="${VENV:-.venv}"

suitable() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

choose() {
    if [ -n "${PYTHON:-}" ]; then
        suitable "$PYTHON" && { echo "$PYTHON"; return; }
        echo "make: PYTHON=$PYTHON is not Python 3.11 or newer" >&2
        exit 1
    fi
    for name in python3 python3.13 python3.12 python3.11 python; do
        suitable "$name" && { echo "$name"; return; }
    done
    echo "make: Python 3.11 or newer is needed. Debian, Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python" >&2
    exit 1
}

# An environment whose interpreter was removed or is too old is made anew.
if ! suitable "$VENV/bin/python"; then
    python=$(choose)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "make: $python has no venv. Debian, Ubuntu: sudo apt-get install python$version-venv" >&2
        exit 1
    fi
    echo "Making $VENV with $("$python" --version)"
    "$python" -m venv --clear "$VENV"
fi
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
