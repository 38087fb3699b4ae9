#!/bin/sh
# browser.sh: makes sure that there is a Chromium for the board's tests, or says which command installs one.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" > /dev/null; then exit 0; fi
done
wanted="apt-get install --yes --no-install-recommends chromium"
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "nhip: a browser is missing, which the board's tests look through: run \`sudo $wanted\`" >&2
    exit 1
fi
echo "installing Chromium for the board's tests…" >&2
export DEBIAN_FRONTEND=noninteractive
$wanted > /dev/null || { apt-get update > /dev/null && $wanted > /dev/null; }
