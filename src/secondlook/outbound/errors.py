"""The ways in which going out fails."""

from __future__ import annotations


class OutboundError(Exception):
    """A request to elsewhere failed."""


class NotAllowed(OutboundError):
    """The request was not made: its URL, or the address behind it, is not allowed."""


class Unreachable(OutboundError):
    """The request was made and did not end well: no connection, too slow, too large, broken off."""
