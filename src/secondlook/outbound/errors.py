"""The two ways in which going out fails."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818  (a decision, not an error)
    """The request was not made: its URL, or the address behind it, is not allowed."""


class Unreachable(Exception):  # noqa: N818
    """The request was made and did not end well: no connection, too slow, too large, broken off."""
