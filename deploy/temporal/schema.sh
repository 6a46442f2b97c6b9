#!/bin/sh
# Creates or updates Temporal's own tables. Safe to run again, needed at each upgrade.
set -eu
SQL_PASSWORD="$(cat /run/secrets/temporal_password)"
export SQL_PASSWORD
versions=/etc/temporal/schema/postgresql/v12

tool() {
    temporal-sql-tool --plugin postgres12 --endpoint temporal-database --port 5432 \
        --user temporal --database "$@"
}

for pair in temporal:temporal temporal_visibility:visibility; do
    database="${pair%%:*}"
    tool "$database" create
    tool "$database" setup-schema --version 0.0
    tool "$database" update-schema --schema-dir "$versions/${pair##*:}/versioned"
done
