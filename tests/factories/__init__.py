"""Things that tests need ready-made, each made the way the site makes it: by services, with two people."""
