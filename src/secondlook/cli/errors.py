"""What went wrong, in one line.

A module that lets an exception of some library out to the user says here how to put it into words, so that nothing has
to be imported only to recognise an error that cannot have happened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from secondlook.client.errors import NoServer, SecondlookError

TRACEBACK = "SECONDLOOK_TRACEBACK"
"""The variable that shows mistakes of our own with their traceback."""

_words: dict[type[Exception], Callable[[Any], str]] = {}


class CommandError(click.ClickException):
    """Something the user should know, in one line: what, where, and what would be right. Exit code 1."""


def explain(kind: type[Exception], words: Callable[[Any], str] = str) -> None:
    """From now on an exception of this kind is shown to the user as `words(error)`."""
    _words[kind] = words


def explained(error: Exception) -> str | None:
    """The words for an exception, or None if nobody has any: then it is a bug of ours."""
    words_for = next((_words[kind] for kind in type(error).__mro__ if kind in _words), None)
    return words_for(error) if words_for else None


EXTRAS = {
    **dict.fromkeys(("PIL", "numpy", "onnxruntime", "rapidocr"), "models"),
    **dict.fromkeys(("mcp", "pydantic"), "mcp"),
}
"""Packages that not every installation has → the extra that brings them."""


def _missing(error: ModuleNotFoundError) -> str | None:
    package = (error.name or "").split(".")[0]
    extra = EXTRAS.get(package)
    return extra and f"This needs {package}, which is not installed: pip install 'secondlook[{extra}]'"


def _of_the_system(error: OSError) -> str:
    """A full disk, a file system that can only be read, a file of somebody else's."""
    where = f" with {error.filename}" if error.filename else ""
    return f"The system refuses to go on{where}: {error.strerror or error}."


explain(SecondlookError)
explain(NoServer, lambda error: error.naming("--data"))
explain(OSError, _of_the_system)
explain(ModuleNotFoundError, _missing)  # type: ignore[arg-type]
