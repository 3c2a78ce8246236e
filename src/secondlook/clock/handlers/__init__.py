"""What the clock does: one module for each kind of duty, or for a few that belong together."""
