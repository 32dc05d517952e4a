"""Finding: what everybody may read, by words, in any language and script, on either database.

Floor: door. It knows the hall and below, and of the workshops their addresses.
Door: `search.queries.search` and `search.queries.similar` read, `search.services` keeps the index. What can be found
is one file each in `search/documents/`. Every hit is asked for again before it is shown: may it still be read?
"""
