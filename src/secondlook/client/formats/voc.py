"""Pascal VOC: one XML file a picture, with boxes. http://host.robots.ox.ac.uk/pascal/VOC/"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from secondlook.client.formats.annotated import annotated_pictures
from secondlook.client.formats.annotations import Annotation, Box, Size
from secondlook.client.formats.characters import xml_text
from secondlook.client.formats.items import Record
from secondlook.client.formats.pictures import Pictures
from secondlook.client.formats.tally import Tally

KINDS = frozenset({Box.kind})

OUTSIDE = "boxes that lie outside their picture"


def write(
    records: Iterable[Record], place: Path, tally: Tally, pictures: Pictures, *, with_images: bool
) -> None:
    """A folder: `Annotations`, and `JPEGImages` where the pictures are wanted, of whatever format they are."""
    sheets, images = place / "Annotations", place / "JPEGImages"
    sheets.mkdir(parents=True)
    if with_images:
        images.mkdir()
    wanted = images if with_images else None
    for record, boxes, size, name in annotated_pictures(
        records, KINDS, "Pascal VOC", wanted, pictures, tally
    ):
        lines = _sheet(name, record.source, size, _corners(boxes, size, tally))
        (sheets / name).with_suffix(".xml").write_text(
            "\n".join(lines) + "\n", encoding="utf-8", newline="\n"
        )


def _corners(boxes: Iterable[Annotation], size: Size, tally: Tally) -> Iterator[tuple[str, list[int]]]:
    """A label, and the first and last column and row of its box counted from 1, as VOC's own tools read them."""
    for box in boxes:
        inside = box.within(size) if isinstance(box, Box) else None
        if inside is None:
            tally.leave_part_out(OUTSIDE)
            continue
        left, top = (
            min(round(start), side - 1) for start, side in zip((inside.left, inside.top), size, strict=True)
        )
        right = max(round(inside.left + inside.width), left + 1)
        bottom = max(round(inside.top + inside.height), top + 1)
        yield inside.label, [left + 1, top + 1, right, bottom]


def _sheet(name: str, source: str, size: Size, boxes: Iterable[tuple[str, list[int]]]) -> Iterator[str]:
    yield "<annotation>"
    yield "  <folder>JPEGImages</folder>"
    yield f"  <filename>{xml_text(name)}</filename>"
    yield f"  <source><database>secondlook</database><annotation>{source}</annotation></source>"
    yield f"  <size><width>{size.width}</width><height>{size.height}</height><depth>3</depth></size>"
    yield "  <segmented>0</segmented>"
    for label, corners in boxes:
        sides = "".join(
            f"<{side}>{at}</{side}>"
            for side, at in zip(("xmin", "ymin", "xmax", "ymax"), corners, strict=True)
        )
        yield "  <object>"
        yield f"    <name>{xml_text(label)}</name>"
        yield "    <pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>"
        yield f"    <bndbox>{sides}</bndbox>"
        yield "  </object>"
    yield "</annotation>"
