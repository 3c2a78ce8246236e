"""The cases of `elements/cases` as pages: what an element answers untouched, and what after a worker has filled it in.

The browser suite tries them on the real elements, the unit tests of the scripted reviewer on its rules.
"""

from __future__ import annotations

import io
import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image

from secondlook.review.render.elements import FORMS, served

FOLDER = Path(__file__).parents[1] / "elements/cases"

SIZE = {"height": 400, "width": 600}
"""Of the picture `/picture.png` that tools on pictures are given."""

MASK = [("#2ca02c", 0, 0, 150, 400), ("#1f77b4", 150, 0, 150, 400)]
"""The areas of the mask `/mask.png` of that size: colour, left, top, width and height of each; the rest is transparent."""

WITHOUT_END = {"input"}


@dataclass(frozen=True, eq=False)
class Painted:
    """The base64 of a PNG of these areas, which may be packed in any way."""

    width: int
    height: int
    areas: Sequence[tuple[str, int, int, int, int]]

    @property
    def image(self) -> Image.Image:
        image = Image.new("RGBA", (self.width, self.height))
        for color, left, top, width, height in self.areas:
            image.paste(color, (left, top, left + width, top + height))
        return image

    def __eq__(self, other: object) -> bool:
        """Of transparent pixels the colour does not count."""
        if not isinstance(other, str):
            return False
        image = Image.open(io.BytesIO(b64decode(other, validate=True)))
        clear = Image.new("RGBA", image.size)
        seen = Image.composite(image, clear, image.getchannel("A")) if image.mode == "RGBA" else image
        return (
            seen.mode == "RGBA"
            and seen.size == (self.width, self.height)
            and seen.tobytes() == self.image.tobytes()
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Case:
    """One entry of a case file; `README.md` beside the files says what its members mean."""

    tag: str
    title: str
    attributes: Mapping[str, str | bool]
    answer: Mapping[str, Any]
    content: str = ""
    around: Sequence[str] = ("", "")
    refused: str | None = None
    reviewer: str | None = None
    fill: Sequence[Sequence[str]] = ()
    filled: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.tag}: {self.title}"

    @property
    def is_ours(self) -> bool:
        """Is it an element of our library, not one of HTML's own?"""
        return "-" in self.tag

    def html(self, **more: str | bool) -> str:
        """The page, with the element as `it`."""
        attributes = {"id": "it", **self.attributes, **more}
        written = "".join(
            f" {name}" if value is True else f' {name}="{escape(str(value))}"'
            for name, value in attributes.items()
        )
        element = f"<{self.tag}{written}>{self.content}{'' if self.tag in WITHOUT_END else f'</{self.tag}>'}"
        return (
            element
            if self.tag in FORMS
            else f'<crowd-form id="task">{element.join(self.around)}</crowd-form>'
        )


def painted(value: dict[str, Any]) -> Any:
    """For `json.load`: an object that stands for a picture, as that."""
    return Painted(**value) if value.keys() == {"width", "height", "areas"} else value


def _read(path: Path) -> list[Case]:
    file = json.loads(path.read_text(encoding="utf-8"), object_hook=painted)
    common = file.get("attributes", {})
    return [
        Case(**{**case, "tag": path.stem, "attributes": {**common, **case.get("attributes", {})}})
        for case in file["cases"]
    ]


ALL = [case for path in sorted(FOLDER.glob("*.json")) for case in _read(path)]

SERVED = [case for case in ALL if not case.is_ours or case.tag in served()]
"""Those of elements that the bundle defines, and of HTML's own."""

FILLED = list({case.tag: case for case in reversed(SERVED) if case.fill and case.is_ours}.values())
"""For each of our elements that a worker can fill in, the first case that says how."""
