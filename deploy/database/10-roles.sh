#!/bin/sh
# Creates database and roles on a new server; run by the image, as superuser, once.
# The names are those of runtime/roles.py. Tables are granted by the migrations.
set -eu
secrets="${SECRETS:-/run/secrets}"

run() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
        --username "${POSTGRES_USER:-postgres}" --dbname postgres "$@"
}

for role in owner acts record ledger link; do
    # psql reads the file itself: arguments can be seen by every account.
    run --set file="$secrets/${role}_password" --set role="estafette_$role" <<'SQL'
\set password `cat :'file'`
create role :"role" login password :'password';
SQL
done

run <<'SQL'
create database estafette owner estafette_owner
    template template0 encoding 'UTF8'
    locale_provider builtin builtin_locale 'C.UTF-8' locale 'C';
revoke all on database estafette from public;
grant connect on database estafette
    to estafette_owner, estafette_acts, estafette_record, estafette_ledger,
        estafette_link;
SQL
