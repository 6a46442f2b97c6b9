#!/bin/sh
# Installs what the tests need from Debian where that needs no questions: as root.
# SoftHSM is the token in software that tests of hardware keys run against, Chromium
# without windows the browser, clamd the virus scanner. Elsewhere it says what is
# missing, and those tests are skipped.
set -u

wanted=""
command -v softhsm2-util > /dev/null || wanted="$wanted softhsm2"
command -v chromium-headless-shell > /dev/null \
    || wanted="$wanted chromium-headless-shell"
command -v clamd > /dev/null || wanted="$wanted clamav-daemon"
if [ -z "$wanted" ]; then
    exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    echo "installing$wanted for the tests ..."
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # a list of names
    if apt-get update -qq > /dev/null 2>&1 \
        && apt-get install -qq --no-install-recommends $wanted > /dev/null 2>&1; then
        exit 0
    fi
fi
echo "not installed:$wanted; the tests that need them will be skipped"
