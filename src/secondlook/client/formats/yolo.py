"""YOLO: a line a box or a polygon, in fractions of the picture. https://docs.ultralytics.com/datasets/detect/"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from secondlook.client.formats.annotated import annotated_pictures
from secondlook.client.formats.annotations import Annotation, Box, Point, Polygon, Size
from secondlook.client.formats.categories import Categories
from secondlook.client.formats.characters import yaml_text
from secondlook.client.formats.items import Record
from secondlook.client.formats.pictures import Pictures
from secondlook.client.formats.tally import Tally
from secondlook.client.formats.voc import OUTSIDE

KINDS = frozenset({Box.kind, Polygon.kind})


def write(
    records: Iterable[Record], place: Path, tally: Tally, pictures: Pictures, *, with_images: bool
) -> None:
    """A folder: `data.yaml`, `labels`, and `images`, filled where the pictures are wanted."""
    labels, images = place / "labels", place / "images"
    labels.mkdir(parents=True)
    images.mkdir()
    classes = Categories()
    wanted = images if with_images else None
    for record, shapes, size, name in annotated_pictures(records, KINDS, "YOLO", wanted, pictures, tally):
        classes.add(record.item.labels)
        lines = "".join(f"{line}\n" for line in _lines(shapes, size, classes, tally))
        (labels / name).with_suffix(".txt").write_text(lines, encoding="ascii", newline="\n")
    (place / "data.yaml").write_text(_data(classes), encoding="utf-8", newline="\n")


def _lines(shapes: list[Annotation], size: Size, classes: Categories, tally: Tally) -> Iterator[str]:
    """Readers take a file with a polygon for one of polygons, so boxes beside one are written as four corners."""
    all_as_corners = any(isinstance(shape, Polygon) for shape in shapes)
    for shape in shapes:
        inside = shape.within(size) if isinstance(shape, Box | Polygon) else None
        if inside is None:
            tally.leave_part_out(OUTSIDE)
            continue
        if isinstance(inside, Polygon):
            points = inside.vertices
        else:
            points = _corners(inside) if all_as_corners else _centre_and_sides(inside)
        numbers = (value for x, y in points for value in (x / size.width, y / size.height))
        yield " ".join((str(classes[inside.label]), *(f"{number:.8f}" for number in numbers)))


def _centre_and_sides(box: Box) -> tuple[Point, ...]:
    return Point(box.left + box.width / 2, box.top + box.height / 2), Point(box.width, box.height)


def _corners(box: Box) -> tuple[Point, ...]:
    right, bottom = box.left + box.width, box.top + box.height
    return Point(box.left, box.top), Point(right, box.top), Point(right, bottom), Point(box.left, bottom)


def _data(classes: Categories) -> str:
    """One set, for training and validation alike: how to split it is the trainer's choice."""
    names = "".join(f"  {number}: {yaml_text(label)}\n" for number, label in classes)
    return f"path: .\ntrain: images\nval: images\nnames:{f'{chr(10)}{names}' if names else ' {}'}"
