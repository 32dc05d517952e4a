#!/usr/bin/env bash
# Keeps database and uploads in one file: deploy/backup.sh FILE.tar.gz
# Reads DATABASE_URL, DATA_DIR and MEDIA_ROOT as the site does; may run while the site runs.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?say where to: deploy/backup.sh FILE.tar.gz}
data=${DATA_DIR:-var}
media=${MEDIA_ROOT:-$data/media}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -n "${DATABASE_URL:-}" ]; then
    pg_dump --format=custom --no-owner --file="$work/database.dump" "${MIGRATE_DATABASE_URL:-$DATABASE_URL}"
else
    "${PYTHON:-python3}" - "$data/samvad.sqlite3" "$work/database.sqlite3" <<'PYTHON'
import sqlite3, sys
source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
source.backup(sqlite3.connect(sys.argv[2]))
PYTHON
fi
mkdir -p "$work/media"
if [ -d "$media" ]; then cp -R "$media/." "$work/media/"; fi
tar -C "$work" -czf "$target.part" .
mv "$target.part" "$target"
echo "Kept in $target ($(du -h "$target" | cut -f1))."
