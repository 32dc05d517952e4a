"""Pages of the room: lists, one idea with its talk, proposing, supporting, commenting."""
