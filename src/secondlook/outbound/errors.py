"""The two ways in which going out fails."""

from __future__ import annotations


class Refused(Exception):
    """The request was not made: its URL, or the address behind it, is not allowed."""


class Unreachable(Exception):
    """The request was made and did not end well: no connection, too slow, too large, broken off."""
