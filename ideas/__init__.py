"""Ideas: people propose, support what others proposed, and talk about it.

Floor: workshop. It stands on the hall, where every idea and comment is a contribution like any other; this room
adds a title, tags and the pages. It knows no other workshop.
Door: `ideas.services` writes, `ideas.queries` reads.
"""
