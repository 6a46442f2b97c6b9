#!/bin/sh
# Makes the random passwords that compose.yaml mounts, once. Existing ones stay.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
for name in superuser owner acts record ledger temporal; do
    file="secrets/${name}_password"
    [ -e "$file" ] && continue
    head -c 24 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_' > "$file"
    # The directory is closed; inside a container the file belongs to another account.
    chmod 0444 "$file"
done
