"""What the pages of this room show: the values of their templates."""
