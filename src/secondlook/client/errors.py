"""What goes wrong on this side of the wire."""

from __future__ import annotations


class SecondlookError(Exception):
    """Something its reader should know, in one line: what, where, and what would be right."""


class NoServer(SecondlookError):
    """Nothing says, or not so that it can be understood, which server is meant and with which key; or it does not answer.

    `{data}` in `text` stands for how the reader names a server's directory.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        super().__init__(self.naming("data=DIR"))

    def naming(self, data: str) -> str:
        """The message for those who name a directory by `data`, as in `--data`."""
        return self._text.replace("{data}", data)


class Refused(SecondlookError):
    """The server answers with an error, whose code is AWS's: `ResourceNotFound`, `ThrottlingException`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class WrongParameter(SecondlookError):
    """A parameter cannot have the value it was given. `violation` is the end of a sentence about it."""

    def __init__(self, name: str, value: object, violation: str) -> None:
        super().__init__(f"{name} {violation}.")
        self.value = value
        self.violation = violation
