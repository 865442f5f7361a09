#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: a schema and a login role for each server, closed to the others.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "revoke all on database $POSTGRES_DB from public" \
  -c "revoke all on schema public from public"
for role in access structure potential sampler analysis; do
  eval "password=\$$(echo "$role" | tr '[:lower:]' '[:upper:]')_PASSWORD"
  psql -v ON_ERROR_STOP=1 -v role="$role" -v password="$password" -v database="$POSTGRES_DB" \
    -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role :"role" login nosuperuser nocreatedb nocreaterole password :'password';
alter role :"role" set search_path = :"role";
grant connect, temporary on database :"database" to :"role";
create schema :"role" authorization :"role";
SQL
done
