"""Pages of this room: the analyst's desk, and where an author says whether they were read rightly."""
