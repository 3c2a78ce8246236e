"""The console: pages for the people who run the place. Open to admins only."""
