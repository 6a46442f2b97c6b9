#!/bin/sh
# Makes the passwords and keys that compose.yaml mounts, once. Existing ones stay.
# The ledger's key is made by our own image, which must be built before.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
image="${ESTAFETTE_IMAGE:-localhost/estafette:latest}"
keygen="${KEYGEN:-podman run --rm $image python -m runtime.new_ledger_key}"

random() {
    head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}

keep() { # keep NAME COMMAND ...: its output, whole or not at all
    file="secrets/$1"
    shift
    [ -e "$file" ] && return
    "$@" > "$file.new"
    # The directory is closed; inside a container the file belongs to another account.
    chmod 0444 "$file.new"
    mv "$file.new" "$file"
}

for name in superuser owner acts record ledger link temporal; do
    keep "${name}_password" random 24
done
keep payload_key random 32
# shellcheck disable=SC2086  # a command with its arguments
keep ledger_key $keygen
