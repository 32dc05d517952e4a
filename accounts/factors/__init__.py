"""The second factor of officials: what of django-allauth stands behind it, and the mark in a session."""
