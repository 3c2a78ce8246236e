"""What people and pages write in their own words, as it is kept. Pure."""

from __future__ import annotations

LONGEST = 2000
"""Characters that are kept of a reason or a report."""


def kept(text: str) -> str:
    """The text without what no database holds (NUL, half surrogate pairs) and without surrounding space, cut at LONGEST."""
    plain = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return plain.strip()[:LONGEST]
