"""The pages around the circle: the opening page, standing pages and news, each released by two people.

Floor: door. It shows what the hall holds and knows nothing of its neighbours.
Door: `cms.services.set_up` (and `manage.py set_up`) readies a new site; its pages are written at the desk.
"""
