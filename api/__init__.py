"""What everybody may read, for programs: consultations and published contributions, as JSON and as CSV.

Floor: door. It only reads, through the hall's queries, and knows no person.
Door: the addresses under `/api/v1/`, described by themselves at `/api/v1/openapi.json`.
"""
