"""A real Ray cluster on this machine."""
