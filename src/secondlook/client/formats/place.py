"""An export is there whole, or not at all: it is written beside its place and renamed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secondlook.client.errors import SecondlookError


class Taken(SecondlookError):
    """Something is there already."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} is there already: name another place, or remove it first.")


@contextmanager
def whole(place: Path) -> Iterator[Path]:
    """A path in a new folder beside `place`, where the block makes a file or a folder; it becomes `place` when all went well.

    Raises Taken before anything is done where `place` exists.
    """
    if place.exists() or place.is_symlink():
        raise Taken(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{place.name[:60]}.", suffix=".unfinished", dir=place.parent))
    try:
        yield unfinished / "export"
        if place.exists():  # made meanwhile; `rename` would replace a file
            raise Taken(place)
        (unfinished / "export").rename(place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
