"""What is seen of a picture in a tool: where its middle is, the overview, the panel."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page


def attributes(rects: list[tuple[int, int, int, int]]) -> str:
    boxes = [
        f"{{label: 'car', left: {left}, top: {top}, width: {width}, height: {height}}}"
        for left, top, width, height in rects
    ]
    return f"""labels='["car", "person"]' initial-value="[{", ".join(boxes)}]\""""


def middle(editor: Any) -> tuple[float, float]:
    """The point of the picture in the middle of the surface."""
    surface = surface_of(editor.page)
    shown = editor.shown
    scale = shown["width"] / editor.value["inputImageProperties"]["width"]
    return (
        (surface["x"] + surface["width"] / 2 - shown["x"]) / scale,
        (surface["y"] + surface["height"] / 2 - shown["y"]) / scale,
    )


def surface_of(page: Page) -> dict[str, float]:
    box = page.locator(".surface").bounding_box()
    assert box is not None
    return {**box}


def minimap(page: Page) -> Locator:
    return page.get_by_role("group", name="Overview of the picture")


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="How the picture is shown")
