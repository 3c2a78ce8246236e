"""Items to export, and pictures for them."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from secondlook.client.formats.annotations import Size
from secondlook.client.formats.items import Answer, Item

AT = datetime(2026, 11, 27, 9, 30, 0, 250000, tzinfo=UTC)
SIZE = Size(64, 48)

CAT = {"label": "cat", "left": 4, "top": 6, "width": 20, "height": 10}
DOG = {"label": "dog", "left": 30, "top": 0, "width": 34, "height": 48}


@dataclass
class Drawn:
    """Pictures that are drawn when they are fetched; those of the URIs in `gone` are not there."""

    sizes: dict[str, Size] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def size(self, item: Item) -> Size | None:
        return self.sizes.get(item.uri or "")

    def fetch(self, item: Item, target: Path) -> bool:
        if item.uri in self.gone:
            return False
        Image.new("RGB", item.size or SIZE).save(target, "PNG")
        return True


def item(identity: str = "p-1", *contents: dict[str, Any], **known: Any) -> Item:
    """One that workers answered with `contents`."""
    answers = tuple(
        Answer(f"worker-{number}", content, "2026-11-27T09:31:00.000Z", "2026-11-27T09:32:00.000Z", 60.0)
        for number, content in enumerate(contents, 1)
    )
    usual = {"flow": "street", "at": AT, "uri": f"s3://photos/{identity}.jpg", "size": SIZE}
    return Item(
        identity, answers=answers, **(usual | ({"loop": f"loop-{identity}"} if contents else {}) | known)
    )


def boxes(*items: dict[str, Any], size: Size = SIZE) -> dict[str, Any]:
    """The answer of a form with a `crowd-bounding-box`."""
    return {"annotatedResult": {"boundingBoxes": list(items), "inputImageProperties": size._asdict()}}


def png(size: Size, colours: dict[tuple[int, int], tuple[int, ...]]) -> str:
    """A mask in base64: transparent but for the pixels (column, row) given."""
    image = Image.new("RGBA", size)
    for place, colour in colours.items():
        image.putpixel(place, (*colour, 255)[:4])
    file = io.BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
