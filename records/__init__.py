"""The public register: one line for each act of state, chained by hashes, only ever added to.

Floor: threshold. It knows the ground, and not who its callers are.
Door: `records.services.enter` writes a line in the caller's transaction, `records.services.head` names the newest;
`/records/records.ndjson` and `/records/verify.py` let anybody check the whole of it on their own machine.
"""
