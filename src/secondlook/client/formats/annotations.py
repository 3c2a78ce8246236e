"""What a model or a worker says of one input, whatever tool or format it came from. Coordinates are stored pixels, origin top left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple


class Size(NamedTuple):
    """Of a picture, in stored pixels: its EXIF orientation is ignored, as in the tools."""

    width: int
    height: int


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    kind: ClassVar = "box"
    label: str
    left: float
    top: float
    width: float
    height: float
    score: float | None = None  # of a prediction

    def within(self, size: Size) -> Box | None:
        """The part that lies in the picture; None where nothing does."""
        left, right = (min(max(x, 0), size.width) for x in (self.left, self.left + self.width))
        top, bottom = (min(max(y, 0), size.height) for y in (self.top, self.top + self.height))
        if right <= left or bottom <= top:
            return None
        return Box(self.label, left, top, right - left, bottom - top, self.score)


@dataclass(frozen=True, slots=True)
class Polygon:
    """At least three vertices; the first is not repeated at the end."""

    kind: ClassVar = "polygon"
    label: str
    vertices: tuple[Point, ...]

    def within(self, size: Size) -> Polygon:
        """With its vertices moved to the nearest place in the picture."""
        return Polygon(
            self.label,
            tuple(Point(min(max(x, 0), size.width), min(max(y, 0), size.height)) for x, y in self.vertices),
        )


@dataclass(frozen=True, slots=True)
class Polyline:
    """At least two vertices; what `crowd-line` answers is one of two."""

    kind: ClassVar = "polyline"
    label: str
    vertices: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Keypoint:
    kind: ClassVar = "keypoint"
    label: str
    x: float
    y: float


class Region(NamedTuple):
    """The pixels of one colour in a mask."""

    label: str
    colour: str  # #rrggbb, lower case


@dataclass(frozen=True, slots=True)
class Mask:
    """A PNG in base64, as large as the picture; in one of `instances` two regions may have the same label."""

    kind: ClassVar = "mask"
    png: str
    regions: tuple[Region, ...]
    instances: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The labels chosen for the whole input; exactly one where the tool takes no `several`."""

    kind: ClassVar = "choice"
    labels: tuple[str, ...]
    several: bool
    scores: tuple[float | None, ...] = ()  # of a prediction, one a label


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, counted in code points; `end` is behind the last."""

    kind: ClassVar = "span"
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FormField:
    """A key of a document and its value: empty where the field is blank, None where there is none."""

    kind: ClassVar = "form field"
    key: str
    value: str | None


Annotation = Box | Polygon | Polyline | Keypoint | Mask | Choice | Span | FormField


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer, or one prediction, says.

    `kinds` names also the tools that were used to say nothing: a picture without a box differs from one that nobody drew
    boxes on. `members` are those of the answer that no tool made, as they stand.
    """

    kinds: frozenset[str]
    annotations: tuple[Annotation, ...]
    members: Mapping[str, Any]
    size: Size | None = None


def as_json(annotation: Annotation) -> dict[str, Any]:
    """For JSON Lines and Parquet. A mask is told by its regions: its PNG stands in the answer beside it."""
    document: dict[str, Any] = {"kind": annotation.kind}
    document |= {name: getattr(annotation, name) for name in annotation.__slots__ if name != "png"}
    if isinstance(annotation, Mask):
        document["regions"] = [region._asdict() for region in annotation.regions]
    if isinstance(annotation, Polygon | Polyline):
        document["vertices"] = [vertex._asdict() for vertex in annotation.vertices]
    return {name: value for name, value in document.items() if value not in (None, ()) or name == "value"}
