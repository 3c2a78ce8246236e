"""What goes wrong on this side of the wire."""

from __future__ import annotations


class SecondlookError(Exception):
    """Something its reader should know, in one line: what, where, and what would be right."""


class NoServer(SecondlookError):
    """Nothing says, or not so that it can be understood, which server is meant and with which key."""


class WrongParameter(SecondlookError):
    """A parameter cannot have the value it was given. `violation` is the end of a sentence about it."""

    def __init__(self, name: str, value: object, violation: str) -> None:
        super().__init__(f"{name} {violation}.")
        self.value = value
        self.violation = violation
