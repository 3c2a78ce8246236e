"""Annotations over their picture, as one SVG that needs nothing beside it. Pure."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from secondlook.client.formats.annotations import (
    Annotation,
    Box,
    Keypoint,
    Mask,
    Polygon,
    Polyline,
    Size,
)
from secondlook.client.formats.characters import xml_text
from secondlook.picture_size import stored_size

SHOWN = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"))
"""Beginnings of pictures that browsers show, and their kind; WebP and AVIF are told by their containers."""

MOST_BYTES = 12 * 1024 * 1024
"""Of a picture that is put into the drawing: a notebook keeps each of them in its file."""

WIDEST = 720
"""Pixels of the page, and places in which sizes of strokes and letters are given."""

COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#0072b2", "#b0b0ff")
"""Of labels in the order in which they come: Okabe and Ito's, which colour-blind people tell apart."""

PREDICTED = "#d9d9d9"


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that browsers show, with its size in stored pixels."""

    body: bytes
    kind: str
    size: Size

    @classmethod
    def of(cls, body: bytes | None) -> Picture | None:
        """None where it is no picture that a browser shows, or too large a file."""
        kind = _kind(body or b"")
        if not body or kind is None or len(body) > MOST_BYTES:
            return None
        size = _size(body)
        return cls(body, kind, size) if size else None

    @property
    def url(self) -> str:
        return f"data:image/{self.kind};base64,{base64.b64encode(self.body).decode()}"


def svg(
    size: Size,
    picture: Picture | None,
    predicted: Iterable[Annotation],
    answers: Sequence[Iterable[Annotation]],
) -> str:
    """Without a picture the annotations stand on grey, in a frame of this size."""
    answered = [list(answer) for answer in answers]
    colours = _colours(annotation for answer in answered for annotation in answer)
    unit = max(size.width / WIDEST, size.height / WIDEST / 2, 0.01)
    parts = [_ground(size, picture)]
    parts += [
        shape
        for each in predicted
        for shape in _shape(each, _Pen(unit, PREDICTED, "predicted", is_dashed=True))
    ]
    for number, answer in enumerate(answered, 1):
        said = "answered" if len(answered) == 1 else f"answer {number} of {len(answered)}"
        parts += [
            shape
            for each in answer
            for shape in _shape(each, _Pen(unit, colours.get(_label(each), COLOURS[0]), said))
        ]
    width = round(size.width / unit)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" width="{width}" '
        f'font-family="sans-serif" font-size="{13 * unit:.2f}">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    """`unit` is the length of a pixel of the page in pixels of the picture."""

    unit: float
    colour: str
    said: str
    is_dashed: bool = False

    def outline(self, shape: str, label: str, fill: str = "none") -> str:
        """A shape, given as its element without end; under it its shadow, so that it is seen on any picture."""
        width, dash = 2 * self.unit, f' stroke-dasharray="{6 * self.unit:.2f}"' if self.is_dashed else ""
        return (
            f'<g fill="{fill}"><title>{xml_text(f"{label} · {self.said}")}</title>'
            f'{shape} stroke="#000" stroke-opacity=".55" stroke-width="{2 * width:.2f}"/>'
            f'{shape} stroke="{self.colour}" stroke-width="{width:.2f}"{dash}/></g>'
        )

    def text(self, x: float, y: float, label: str) -> str:
        """A label at the top left of what it names, inside where there is no room above."""
        size = 13 * self.unit
        base = y - 4 * self.unit if y > size + 4 * self.unit else y + size + 2 * self.unit
        return (
            f'<text x="{x + 2 * self.unit:.2f}" y="{base:.2f}" fill="{self.colour}" stroke="#000" '
            f'stroke-width="{3 * self.unit:.2f}" stroke-linejoin="round" paint-order="stroke">{xml_text(label)}</text>'
        )


def _shape(annotation: Annotation, pen: _Pen) -> Iterator[str]:
    draw = _SHAPES.get(type(annotation))
    if draw is not None:
        yield draw(annotation, pen)


def _box(box: Box, pen: _Pen) -> str:
    label = box.label if box.score is None else f"{box.label} {box.score:.2f}".strip()
    where = f'x="{box.left:g}" y="{box.top:g}" width="{max(box.width, 0):g}" height="{max(box.height, 0):g}"'
    return pen.outline(f"<rect {where}", label) + pen.text(box.left, box.top, label)


def _polygon(polygon: Polygon, pen: _Pen) -> str:
    return _path("polygon", polygon, pen)


def _polyline(polyline: Polyline, pen: _Pen) -> str:
    return _path("polyline", polyline, pen)


def _path(element: str, path: Polygon | Polyline, pen: _Pen) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in path.vertices)
    top = min(path.vertices, key=lambda vertex: vertex.y)
    return pen.outline(f'<{element} points="{points}"', path.label) + pen.text(top.x, top.y, path.label)


def _keypoint(point: Keypoint, pen: _Pen) -> str:
    circle = f'<circle cx="{point.x:g}" cy="{point.y:g}" r="{4 * pen.unit:.2f}"'
    return pen.outline(circle, point.label, pen.colour) + pen.text(
        point.x + 4 * pen.unit, point.y, point.label
    )


def _mask(mask: Mask, _pen: _Pen) -> str:
    labels = xml_text(", ".join(region.label for region in mask.regions))
    png = xml_text(mask.png).replace('"', "&quot;")
    return (
        f'<image href="data:image/png;base64,{png}" width="100%" height="100%" opacity=".55" '
        f'preserveAspectRatio="none"><title>{labels}</title></image>'
    )


_SHAPES: dict[type, Callable[[Any, _Pen], str]] = {
    Box: _box,
    Polygon: _polygon,
    Polyline: _polyline,
    Keypoint: _keypoint,
    Mask: _mask,
}


def _ground(size: Size, picture: Picture | None) -> str:
    where = f'width="{size.width}" height="{size.height}"'
    if picture is None:
        return f'<rect {where} fill="#808080"/>'
    # Coordinates are stored pixels; a camera's note about its orientation must not turn the picture under them.
    return f'<image {where} href="{picture.url}" style="image-orientation:none"/>'


def _colours(annotations: Iterable[Annotation]) -> dict[str, str]:
    labels = dict.fromkeys(map(_label, annotations))
    return {label: COLOURS[index % len(COLOURS)] for index, label in enumerate(labels)}


def _label(annotation: Annotation) -> str:
    return getattr(annotation, "label", "")


def _kind(body: bytes) -> str | None:
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "webp"
    if body[4:12] == b"ftypavif":
        return "avif"
    return next((kind for beginning, kind in SHOWN if body.startswith(beginning)), None)


def _size(body: bytes) -> Size | None:
    """None for a damaged file too."""
    with suppress(ValueError, TypeError, struct.error, OSError, SyntaxError):
        size = stored_size(body)
        return Size(*size) if size else None
    return None
