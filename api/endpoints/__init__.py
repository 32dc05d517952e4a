"""One file for each noun: what can be asked about it."""
