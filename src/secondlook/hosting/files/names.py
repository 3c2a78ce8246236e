"""Names of files within a model, from an archive's members or objects' keys: hostile until judged. Pure."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from secondlook.hosting.errors import Refused

MOST_FILES = 20_000
"""Files and folders of one model."""

LONGEST_NAME, LONGEST_PATH = 255, 1024
"""Bytes of one name, and of a whole path."""

DEEPEST = 32
"""Folders on the way to a file."""

_LONGEST_SHOWN = 100


class Names:
    """The names of one model as they come, judged by themselves and against those before. `source` is what errors say holds them."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._count = 0
        self._files: dict[str, str] = {}

    def path(self, name: str, *, is_file: bool = True) -> PurePosixPath:
        """Where the file or folder of that name belongs, from the model's directory. Raises Refused.

        Files that some file systems take for one are refused, so that a model is the same wherever it runs.
        """
        self._count += 1
        if self._count > MOST_FILES:
            raise Refused(f"{self._source} holds more than {MOST_FILES:,} files and folders")
        path = PurePosixPath(name)
        if fault := _fault(name, path):
            raise Refused(f"{self._source} holds {shown(name)}, {fault}")
        if is_file:
            self._take(path)
        return path

    def _take(self, path: PurePosixPath) -> None:
        folded = unicodedata.normalize("NFC", str(path)).casefold()
        earlier = self._files.get(folded)
        if earlier is not None:
            alike = (
                "twice" if earlier == str(path) else f"and {shown(earlier)}, which some systems take for one"
            )
            raise Refused(f"{self._source} holds {shown(str(path))} {alike}")
        self._files[folded] = str(path)


def shown(name: str) -> str:
    """A name in quotes for a sentence, whatever is in it."""
    return repr(name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…")


def _fault(name: str, path: PurePosixPath) -> str:
    """What is wrong with a name; empty if nothing."""
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "whose name is not UTF-8"
    if path.is_absolute() or ".." in path.parts:
        return "which leads out of the model: name files from the model's directory"
    if any(unicodedata.category(character) == "Cc" for character in name):
        return "whose name has control characters"
    if size > LONGEST_PATH or any(len(part.encode()) > LONGEST_NAME for part in path.parts):
        return f"whose name is too long: {LONGEST_NAME} bytes for one, {LONGEST_PATH:,} for the whole path"
    if len(path.parts) > DEEPEST:
        return f"which lies deeper than {DEEPEST} folders"
    return ""
