"""The ground: what every other room takes for granted."""
