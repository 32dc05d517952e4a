"""A small living site of an invented region: Nadipur, with four agencies, fifteen consultations and its citizens.

Floor: roof. Door: `portal.demo.build.build`, called by `manage.py demo`.
What people say stands in `words/`, a folder for each consultation; everything is done through the rooms' services,
in the order of its days.
"""
