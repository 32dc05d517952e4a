"""Outreach tells people, on the channels they use, what an agency asks and answers, and hears replies.

Floor: workshop. It hears the hall's announcements, drafts posts, has a second person approve them, sends each
exactly once, and brings replies back in through the hall. Public door: `outreach.services`; a network is one
file in `outreach/channels/`.
"""
