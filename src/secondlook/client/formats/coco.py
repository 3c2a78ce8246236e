"""COCO: one JSON file with boxes, polygons, masks and keypoints. https://cocodataset.org/#format-data"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from secondlook.client.formats.annotated import annotated_pictures
from secondlook.client.formats.annotations import Annotation, Box, Keypoint, Mask, Point, Polygon, Size
from secondlook.client.formats.categories import Categories
from secondlook.client.formats.characters import json_text
from secondlook.client.formats.items import Record
from secondlook.client.formats.masks import BadMask, painted
from secondlook.client.formats.pictures import Pictures
from secondlook.client.formats.tally import Tally
from secondlook.client.formats.voc import OUTSIDE

KINDS = frozenset({Box.kind, Polygon.kind, Mask.kind, Keypoint.kind})

BAD_MASK = "masks that are no PNG as large as their picture"

FILE = "annotations.json"


def write(
    records: Iterable[Record], place: Path, tally: Tally, pictures: Pictures, *, with_images: bool
) -> None:
    """A folder: `annotations.json`, and `images` where the pictures are wanted.

    The file holds one list behind the other, so the second is written beside it first: nothing is kept in memory.
    """
    images, rest = place / "images", place / "annotations.part"
    (images if with_images else place).mkdir(parents=True)
    categories = Categories(first=1)
    with (place / FILE).open("w", encoding="utf-8") as file, rest.open("w+", encoding="utf-8") as annotations:
        file.write('{"info":{"description":"Exported by secondlook"},"licenses":[],"images":[')
        written = _Annotations(annotations, categories, tally)
        wanted = images if with_images else None
        held = annotated_pictures(records, KINDS, "COCO", wanted, pictures, tally)
        for number, (record, shapes, size, name) in enumerate(held, start=1):
            file.write(f"{',' if number > 1 else ''}\n{json_text(_image(number, name, size, record))}")
            categories.add(record.item.labels)
            written.add(number, size, shapes)
        file.write('\n],"annotations":[')
        annotations.seek(0)
        shutil.copyfileobj(annotations, file)
        file.write(f'\n],"categories":{json_text(list(_categories(categories, written.with_keypoints)))}}}\n')
    rest.unlink()


def _image(number: int, name: str, size: Size, record: Record) -> dict[str, Any]:
    """With COCO's members, and what trainers leave alone: where it comes from and who says so."""
    known = {
        "id": number,
        "width": size.width,
        "height": size.height,
        "file_name": name,
        "coco_url": record.item.uri,
        "date_captured": record.item.at.strftime("%Y-%m-%d %H:%M:%S"),
        "source": record.source,
        "worker_id": record.answer and record.answer.worker_id,
        "decision": record.item.decision,
        "probability": record.item.probability,
        "members": dict(record.reading.members) or None,
    }
    return {name: value for name, value in known.items() if value is not None}


class _Annotations:
    """The list that is written meanwhile."""

    def __init__(self, file: TextIO, categories: Categories, tally: Tally) -> None:
        self._file = file
        self._categories = categories
        self._tally = tally
        self._number = 0
        self.with_keypoints: set[str] = set()

    def add(self, image: int, size: Size, shapes: Iterable[Annotation]) -> None:
        for shape in shapes:
            try:
                for label, members in _members(shape, size):
                    self._write(image, label, members)
            except BadMask:
                self._tally.leave_part_out(BAD_MASK)
                continue
            except _Outside:
                self._tally.leave_part_out(OUTSIDE)
            if isinstance(shape, Keypoint):
                self.with_keypoints.add(shape.label)

    def _write(self, image: int, label: str, members: dict[str, Any]) -> None:
        self._number += 1
        document = {"id": self._number, "image_id": image, "category_id": self._categories[label], **members}
        self._file.write(f"{',' if self._number > 1 else ''}\n{json_text(document)}")


class _Outside(Exception):
    """Nothing of it lies in the picture."""


def _members(shape: Annotation, size: Size) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each annotation that a shape becomes, with its label."""
    match shape:
        case Box():
            inside = shape.within(size)
            if inside is None:
                raise _Outside
            corners = (inside.left, inside.top, inside.width, inside.height)
            score = {} if inside.score is None else {"score": inside.score}
            yield (
                shape.label,
                {
                    "bbox": list(corners),
                    "area": inside.width * inside.height,
                    "iscrowd": 0,
                    "segmentation": [],
                    **score,
                },
            )
        case Polygon():
            yield shape.label, _polygon(shape.within(size).vertices)
        case Keypoint():
            members = {"keypoints": [shape.x, shape.y, 2], "num_keypoints": 1}  # 2: labelled and visible
            yield (
                shape.label,
                {**members, "bbox": [shape.x, shape.y, 0, 0], "area": 0, "iscrowd": 0, "segmentation": []},
            )
        case Mask():
            for region in painted(shape, size):
                runs = {"counts": region.counts, "size": [size.height, size.width]}
                # All of a label at once, however many things they are, is what COCO calls a crowd.
                crowd = int(not shape.instances)
                yield (
                    region.region.label,
                    {"bbox": list(region.bbox), "area": region.area, "iscrowd": crowd, "segmentation": runs},
                )


def _polygon(vertices: tuple[Point, ...]) -> dict[str, Any]:
    xs, ys = zip(*vertices, strict=True)
    left, top = min(xs), min(ys)
    following = (*vertices[1:], vertices[0])
    twice = sum(a.x * b.y - b.x * a.y for a, b in zip(vertices, following, strict=True))
    return {
        "bbox": [left, top, max(xs) - left, max(ys) - top],
        "area": abs(twice) / 2,
        "iscrowd": 0,
        "segmentation": [[side for vertex in vertices for side in vertex]],
    }


def _categories(categories: Categories, with_keypoints: set[str]) -> Iterator[dict[str, Any]]:
    """A point stands alone in the tool, so a category of points has one."""
    for number, label in categories:
        points = {"keypoints": [label], "skeleton": []} if label in with_keypoints else {}
        yield {"id": number, "name": label, "supercategory": "", **points}
