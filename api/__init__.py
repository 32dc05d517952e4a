"""What everybody may read, for programs and spreadsheets: JSON by pages, whole lists as CSV and NDJSON.

Floor: door. It only reads, through the queries of the rooms below, and knows no person.
Door: the addresses under `/api/v1/`, described at `/api/v1/openapi.json` and, in words, under `/<language>/data/`.
What can be asked for is one file each in `api/endpoints/`.
"""
