#!/bin/sh
# Makes .venv from .ci/requirements.txt: with uv where it is at hand, else with venv and pip.
# No index is named anywhere: uv and pip use what this machine is configured for.
set -eu
cd "$(dirname "$0")/.."
requirements=.ci/requirements.txt

stop() {
    echo "set-up: $*" >&2
    exit 1
}

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
        "$candidate" -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1); print(sys.executable)' 2>/dev/null && return
    done
    return 1
}

# Whether .venv has a working Python of a version we support (it may have been removed by an upgrade).
venv_works() {
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

with_uv() {
    venv_works || { rm -rf .venv && uv venv --quiet --python "$python" .venv; } || return 1
    uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes "$requirements" || return 1
    uv pip install --quiet --python .venv/bin/python --no-build-isolation --no-deps --editable .
}

# Debian and Ubuntu ship venv apart from Python; root can mend that here, anybody else is told how.
need_venv_module() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "set-up: installing $package"
        export DEBIAN_FRONTEND=noninteractive
        apt-get install -y -qq "$package" >/dev/null 2>&1 </dev/null ||
            { apt-get update -qq && apt-get install -y -qq "$package"; } >/dev/null 2>&1 </dev/null || true
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python cannot make environments; run 'apt-get install $package' as root, or install uv"
}

with_pip() {
    need_venv_module
    if ! { venv_works && .venv/bin/python -m pip --version; } >/dev/null 2>&1; then
        rm -rf .venv
        "$python" -m venv .venv
    fi
    pip=".venv/bin/python -m pip --quiet --disable-pip-version-check --no-input"
    $pip install --require-hashes --prefer-binary --requirement "$requirements"
    $pip install --no-build-isolation --no-deps --editable .
}

python=$(find_python) || stop "no Python 3.11 or newer found; run 'apt-get install python3' as root, or install one from python.org"
if uv --version >/dev/null 2>&1; then
    echo "set-up: .venv with uv and $("$python" --version)"
    # pip may know a mirror that uv does not, so a failure of uv is not the end.
    with_uv || { echo "set-up: uv did not succeed, trying pip" >&2; with_pip; }
else
    echo "set-up: .venv with pip and $("$python" --version) (a minute or two, once)"
    with_pip
fi
# Some environments forbid Python to write what it has compiled; without it every start takes a second more.
.venv/bin/python -m compileall -q adapters audits crawler fixtures >/dev/null
sh .ci/browser.sh
touch .venv/.ready
