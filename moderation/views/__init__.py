"""The public page of rules and counts, and the moderators' desk in the admin."""
