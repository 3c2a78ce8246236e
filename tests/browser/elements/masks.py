"""A worker at a segmentation tool, and the colours of its masks."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from typing import Any

from PIL import Image
from playwright.sync_api import Page

GREEN, BLUE, ORANGE = (0x2C, 0xA0, 0x2C, 255), (0x1F, 0x77, 0xB4, 255), (0xFF, 0x7F, 0x0E, 255)
LABELS = "labels=\"['road', 'sky']\""


class Masks:
    """A worker at a segmentation tool with the id `tool`: points in pixels of the picture."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def value(self) -> dict[str, Any]:
        # As text: a label may be called as a member of every object is.
        value = json.loads(self.page.evaluate("JSON.stringify(tool.value)"))
        assert isinstance(value, dict)
        return value

    @property
    def image(self) -> Image.Image:
        image = Image.open(io.BytesIO(b64decode(self.value["labeledImage"]["pngImageData"])))
        assert image.mode == "RGBA"
        return image

    def colors(self, image: Image.Image | None = None) -> dict[Any, int]:
        """How many pixels have each colour; what is transparent is left out."""
        counted = (image or self.image).getcolors(1 << 24) or []
        return {color: count for count, color in counted if isinstance(color, tuple) and color[3]}

    def pixel(self, x: int, y: int) -> tuple[int, ...]:
        color = self.image.getpixel((x, y))
        assert isinstance(color, tuple)
        return color

    def screen(self, x: float, y: float) -> tuple[float, float]:
        shown = self.page.evaluate(
            "tool.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().toJSON()"
        )
        scale = shown["width"] / self.value["inputImageProperties"]["width"]
        return shown["x"] + x * scale, shown["y"] + y * scale

    def drag(self, *points: tuple[float, float]) -> None:
        self.page.mouse.move(*self.screen(*points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.screen(*point), steps=3)
        self.page.mouse.up()

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.screen(x, y))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def status(self) -> str:
        return self.page.locator("#tool [role=status]").inner_text()

    def loaded(self, kind: str = "labelMappings") -> Masks:
        """Once the given mask is there."""
        self.page.wait_for_function(
            "(kind) => Object.keys(tool.value[kind]).length > 0", arg=kind, polling=50
        )
        return self
