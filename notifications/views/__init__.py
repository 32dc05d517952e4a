"""Pages about letters: the way out of them, the desk of the stuck ones, and a developer's mailbox."""
