"""Ways to show that an address is one's own: one method per file, found because it is there."""
