"""The pictures that COCO, YOLO and Pascal VOC hold: each with its shapes, its size and a file; the others are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from secondlook.client.formats.annotations import Annotation, Size
from secondlook.client.formats.characters import file_name
from secondlook.client.formats.held import held
from secondlook.client.formats.items import Record
from secondlook.client.formats.pictures import NO_SIZE, Pictures, fetched, size_of
from secondlook.client.formats.tally import Tally


class AnnotatedPicture(NamedTuple):
    """`name` is that of its file, also where the file is not wanted."""

    record: Record
    shapes: list[Annotation]
    size: Size
    name: str


def annotated_pictures(
    records: Iterable[Record],
    kinds: frozenset[str],
    name_of_format: str,
    images: Path | None,
    pictures: Pictures,
    tally: Tally,
) -> Iterator[AnnotatedPicture]:
    """Those of `records` with shapes of these kinds; their files are in `images` unless that is None.

    What is answered counts as written, what is not as left out, with the reason.
    """
    for record in records:
        shapes = held(record, kinds, name_of_format, tally)
        if shapes is None:
            continue
        size = size_of(record, pictures)
        if size is None:
            tally.leave_out(NO_SIZE)
            continue
        name = file_name(record.id, record.item.uri, record.item.content_type)
        if fetched(record, pictures, images / name if images else None, tally):
            tally.written += 1
            yield AnnotatedPicture(record, shapes, size, name)
