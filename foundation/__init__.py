"""The ground: small tools that every other room stands on, and that know no room themselves.

Floor: ground (beside `design`).
Door: its modules: errors, clock, registry, slots, announce, audit, approvals, claims, locks, outbox, http,
languages, triggers.
Its only tables are Approval, Writer, Outbox, Lease and BlockedContent; people are plain integer keys in them.
"""
