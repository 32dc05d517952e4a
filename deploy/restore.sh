#!/usr/bin/env bash
# Brings a backup back into an empty place: deploy/restore.sh FILE.tar.gz
# Refuses to overwrite a database that is already there; on PostgreSQL the roles must have their old names.
# Stop the site first; run `manage.py verify_records` after.
set -euo pipefail
cd "$(dirname "$0")/.."
source=${1:?say what to bring back: deploy/restore.sh FILE.tar.gz}
data=${DATA_DIR:-var}
media=${MEDIA_ROOT:-$data/media}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -C "$work" -xzf "$source"

if [ -n "${DATABASE_URL:-}" ]; then
    [ -f "$work/database.dump" ] || { echo "$source holds a SQLite database; unset DATABASE_URL." >&2; exit 1; }
    address=${MIGRATE_DATABASE_URL:-$DATABASE_URL}
    tables=$(psql -XAt -c "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'" "$address")
    [ "$tables" = 0 ] || { echo "The database holds $tables tables already; give an empty one." >&2; exit 1; }
    pg_restore --no-owner --exit-on-error --single-transaction --dbname="$address" "$work/database.dump"
else
    [ -f "$work/database.sqlite3" ] || { echo "$source holds a PostgreSQL database; set DATABASE_URL." >&2; exit 1; }
    [ ! -e "$data/samvad.sqlite3" ] || { echo "$data/samvad.sqlite3 is there already." >&2; exit 1; }
    mkdir -p "$data"
    cp "$work/database.sqlite3" "$data/samvad.sqlite3"
fi
mkdir -p "$media"
cp -R "$work/media/." "$media/"
echo "Brought back from $source."
