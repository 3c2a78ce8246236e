"""Where writers get what an item is about: only its size, or its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from secondlook.client.formats.annotations import Size
from secondlook.client.formats.items import Item, Record
from secondlook.client.formats.tally import Tally

NO_SIZE = (
    "the size of the picture is not known: its answer has none, and its object is no picture that can be read"
)
NO_OBJECT = "the object is not there any more, or may not be read"


class Pictures(Protocol):
    def size(self, item: Item) -> Size | None:
        """In stored pixels; None where nobody knows."""

    def fetch(self, item: Item, target: Path) -> bool:
        """Write the object's bytes to the file `target`; False, with no file, where it cannot be read."""


def size_of(record: Record, pictures: Pictures) -> Size | None:
    """As the tool saw it, else as the object says."""
    return record.size or pictures.size(record.item)


def fetched(record: Record, pictures: Pictures, target: Path | None, tally: Tally) -> bool:
    """Whether the picture is in `target`, or need not be, which None says."""
    if target is None or pictures.fetch(record.item, target):
        return True
    tally.leave_out(NO_OBJECT)
    return False
