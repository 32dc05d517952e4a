"""A small living site of an invented region: Nadipur, with two agencies, five consultations and forty citizens.

Floor: roof. Door: `portal.demo.build.build`, called by `manage.py demo`.
The words stand in files by language (`pages_en`, `voices_hi`, ...); everything is done through the rooms' services.
"""
