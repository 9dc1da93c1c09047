#!/bin/sh
# Fill .venv from a lock file: with uv where it is there, else with venv and pip.
set -eu
lock=$1

python=
for candidate in python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done

if command -v uv >/dev/null 2>&1; then
    echo "— .venv (uv)"
    uv venv --quiet --allow-existing --python "${python:-3.11}" .venv
    uv pip install --quiet --python .venv --require-hashes -r "$lock"
    uv pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
elif [ -n "$python" ] && "$python" -c 'import ensurepip' 2>/dev/null; then
    echo "— .venv ($python, pip) : quelques minutes la première fois / a few minutes the first time"
    "$python" -m venv .venv
    install=".venv/bin/python -m pip install -qq --disable-pip-version-check"
    $install --require-hashes -r "$lock"
    $install --no-deps --no-build-isolation --editable .
else
    echo "Il faut Python 3.11 ou plus récent avec son module venv (Debian : python3.11-venv)." >&2
    echo "Python 3.11 or newer with its venv module is needed (Debian: python3.11-venv)." >&2
    exit 1
fi
