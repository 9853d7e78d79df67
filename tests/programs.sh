#!/bin/sh
# Provide the programs that tests and benches drive and pip cannot bring: what is there, else the distribution's package.
# sh tests/programs.sh chromium java
set -u
BIN=${BIN:-.venv/bin}

found() {
    case $1 in
    chromium)
        for name in chromium chromium-browser google-chrome google-chrome-stable; do
            command -v "$name" >/dev/null 2>&1 && return 0
        done
        "$BIN/python" -c '
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())' 2>/dev/null
        ;;
    java) [ -x "${JAVA_HOME:-/nowhere}/bin/java" ] || command -v java >/dev/null 2>&1 ;;
    nginx) command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] ;; # not on the path of every user
    openssl) command -v openssl >/dev/null 2>&1 ;;
    *) echo "tests/programs.sh knows no program $1." >&2; exit 2 ;;
    esac
}

# what needs the program, and the packages of Debian and Ubuntu that hold it
purpose() {
    case $1 in
    chromium) echo "The browser tests need Chromium" ;;
    java) echo "The tests of Spark need Java 17 or newer" ;;
    nginx) echo "The test of deploy/ needs nginx" ;;
    openssl) echo "The test of deploy/ needs openssl" ;;
    esac
}

packages() {
    case $1 in
    chromium) echo "chromium fonts-noto-core" ;;
    java) echo "default-jre-headless" ;;
    nginx) echo "nginx-light" ;;
    openssl) echo "openssl" ;;
    esac
}

provide() {
    found "$1" && return 0
    if [ "$1" = chromium ]; then
        echo "No Chromium found: trying Playwright's download." >&2
        "$BIN/playwright" install chromium >/dev/null 2>&1 && found chromium && return 0
    fi
    wanted=$(packages "$1")
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" != 0 ]; then
            echo "$(purpose "$1"). Run 'sudo apt-get update && sudo apt-get install $wanted', then this target again." >&2
            return 1
        fi
        echo "$(purpose "$1"): installing $wanted." >&2
        # shellcheck disable=SC2086 # several packages
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null && found "$1" && return 0
    fi
    echo "$(purpose "$1") and it could not be installed. Install it (packages '$wanted') and run this target again." >&2
    return 1
}

for program in "$@"; do
    provide "$program" || exit 1
done
