"""The content types of the toolkit (`content_types.py`)."""

JSON = "application/json"
CSV = "text/csv"
NPY = "application/x-npy"

TEXTS = frozenset({JSON, CSV})
"""Those whose bodies a script is handed as text; all others are bytes."""
