#!/bin/sh
# environment.sh PYTHON VENV: makes the environment, or says which command installs what is missing.
set -eu
python=$1
venv=$2

fail() {
    echo "nhip: $1" >&2
    exit 1
}

command -v "$python" > /dev/null || fail "$python is missing: run \`sudo apt-get install python3 python3-venv\`"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old, 3.11 is the oldest: run \`sudo apt-get install python3.11 python3.11-venv\`, then \`make PYTHON=python3.11 …\`"
"$python" -c 'import ensurepip, venv' 2> /dev/null ||
    fail "the venv module is missing: run \`sudo apt-get install python3-venv\`"

# An environment that was broken off half-way has no pip.
if ! "$venv/bin/python" -m pip --version > /dev/null 2>&1; then
    echo "making the environment in $venv…" >&2
    "$python" -m venv --clear "$venv"
fi
echo "installing what nhip needs (a minute or two the first time)…" >&2
"$venv/bin/pip" install --quiet --disable-pip-version-check -c deploy/constraints.txt -e '.[test]'
# Beside the environment and not in it: it brings another urllib3, which would take the place of the one that is there.
"$venv/bin/pip" install --quiet --disable-pip-version-check -c deploy/constraints.txt \
    --upgrade --target "$venv/grafana" grafana-client
