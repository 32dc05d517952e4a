"""What must hold for the whole house at once: tests that cross the rooms.

`living.py` makes a small living site with one of everything; the tests walk through it as everybody.
"""
