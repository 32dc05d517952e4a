"""What can be found: one source a file. A newcomer is in the index at the next `manage.py reindex`."""
