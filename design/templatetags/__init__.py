"""Template tags of the look: `{% load design %}`."""
