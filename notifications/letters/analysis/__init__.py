"""Letters about what a workshop does; they are there only where analysis is installed."""
