"""One file per revision, oldest first; `draft` writes them, people finish them."""
