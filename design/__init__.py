"""The look of the house: page frame, components, styles, icons and the form pack.

Floor: ground. Knows no other room; what belongs to others comes in through slots.
Public door: `base.html`, `components/*.html`, `{% load design %}`, `design.forms.PlainForm`.
"""
