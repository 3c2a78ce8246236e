"""A thousand boxes in the editor: how long a frame takes while one is dragged, against an empty page."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from bench.elements.pace import pace
from bench.elements.site import chromium, open_tool, site, tool
from bench.figure import Figure, in_turns, ms
from bench.rounds import Rounds

BOXES = [
    {"label": "car", "left": 28 * (n % 40), "top": 30 * (n // 40), "width": 24, "height": 26}
    for n in range(1000)
]
AIM = 1.5

LEFT = "tool.value.boundingBoxes[0].left"

STEPS = 60
"""Moves of the mouse in one drag."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    """The median frame during a drag. The pace of an empty page is what the browser can do here at all."""
    with site({"/editor": tool("crowd-bounding-box", BOXES)}) as url, chromium() as browser:
        empty = browser.new_page(viewport={"width": 1280, "height": 800})
        empty.goto(f"{url}/empty")
        editor = open_tool(browser, f"{url}/editor")
        corner = editor.locator("#tool canvas.upper-canvas").bounding_box()
        assert corner is not None
        start = (corner["x"] + 8, corner["y"] + 8)
        _drag(editor, start, back=False)
        assert editor.evaluate(LEFT) > 100, "the mouse does not drag the box"
        editor.keyboard.press("Control+z")
        dragging, empty_page, ratio = in_turns(
            rounds.drags, lambda: _drag(editor, start), lambda: _drag(empty, start)
        )
    yield Figure(
        "A frame while dragging one of 1,000 boxes",
        ms(dragging),
        f"an empty page: {ms(empty_page)}",
        f"{ratio:.2f}",
        f"≤ {AIM}",
        ratio <= AIM,
    )


def _drag(page: Page, start: tuple[float, float], *, back: bool = True) -> float:
    """Seconds of the median frame while the mouse, pressed, goes there and back."""
    page.bring_to_front()
    x, y = start

    def move(page: Page) -> None:
        page.mouse.move(x + 300, y + 200, steps=STEPS)
        if back:
            page.mouse.move(x, y, steps=STEPS)

    page.keyboard.press("v")  # in draw mode the drag would draw a new box over it
    page.mouse.click(x, y)
    page.mouse.down()
    frames = pace(page, move)
    page.mouse.up()
    return frames.p50
