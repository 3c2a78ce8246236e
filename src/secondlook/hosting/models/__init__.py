"""Models: what CreateModel makes, and what of it runs."""
