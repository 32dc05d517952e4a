"""How days and hours are written, the same in every language of the site."""
