"""What the state of an assignment means to others. Pure [lifecycle.md, Assignment]."""

from __future__ import annotations

HOLDING = ("active", "paused")
"""The worker may still answer."""

OCCUPYING = (*HOLDING, "submitted")
"""A slot of the loop is taken."""

DONE_WITH = (*OCCUPYING, "declined")
"""The loop is not offered to this worker (again)."""
