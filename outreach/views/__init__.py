"""Fetch through a query, call a service, answer."""
