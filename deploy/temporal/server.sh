#!/bin/sh
# The server reads its database password from a variable only; take it from the file.
set -eu
POSTGRES_PWD="$(cat /run/secrets/temporal_password)"
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
