#!/bin/sh
# Finds a Chromium for rendered pages, or installs one where that may be done: root, with apt-get. Tries once a set-up,
# asks nothing and never fails: without a browser the program leaves rendered pages out, and `herkenbaar doctor` says so.
set -u
cd "$(dirname "$0")/.."
tried=.venv/.browser-tried
export DEBIAN_FRONTEND=noninteractive

command -v chromium >/dev/null && exit 0
[ -e "$tried" ] && exit 0

there() {
    .venv/bin/python -c 'import sys
from crawler.config import BrowserSettings
from crawler.net.chromium import find
sys.exit(find(BrowserSettings()) is None)' 2>/dev/null
}

install() {
    timeout 420 apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=60 chromium
}

there && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "set-up: installing chromium (once)"
    { install || { timeout 120 apt-get update -qq && install; }; } >/dev/null 2>&1 </dev/null
    # Ubuntu has it as a snap only; Playwright brings one of its own.
    there || timeout 420 .venv/bin/python -m playwright install --with-deps chromium >/dev/null 2>&1 </dev/null
fi
if ! there; then
    echo "set-up: no browser for rendered pages; herkenbaar doctor says how to get one" >&2
    touch "$tried" 2>/dev/null
fi
exit 0
