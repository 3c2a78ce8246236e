"""Among a thousand shapes a few that change are patched into what is seen; a complete painting follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

import pytest
from playwright.sync_api import Page

from tests.browser.elements.conftest import leave_checking

pytestmark = pytest.mark.browser

ROWS, COLUMNS = 25, 40
BOXES = [
    {
        "label": ("car", "person")[n % 2],
        "left": 15 * (n % COLUMNS),
        "top": 16 * (n // COLUMNS),
        "width": 12,
        "height": 13,
    }
    for n in range(ROWS * COLUMNS)
]
FORM = f"""<crowd-form><crowd-bounding-box id="tool" name="boxes" src="/picture.png" labels="['car', 'person']"
  initial-value="{escape(json.dumps(BOXES))}"></crowd-bounding-box></crowd-form>"""

FRAME = "() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(shown))))"
STEPS = 20
"""More frames than a painting of all these boxes takes."""

SEEN = """() => {
    const both = [...tool.shadowRoot.querySelectorAll('canvas.rest')];
    const seen = both.find((canvas) => canvas.style.visibility !== 'hidden');
    const { data } = seen.getContext('2d').getImageData(0, 0, seen.width, seen.height);
    let sum = 7;
    for (let at = 0; at < data.length; at += 1) sum = (sum * 31 + data[at] * (at % 97)) % 4294967291;
    return sum;
}"""
"""A number for what the layer of resting shapes shows."""


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    page = open_page(FORM)
    page.wait_for_function("tool.value.inputImageProperties.width > 0")
    leave_checking(page, "crowd-bounding-box")
    page.evaluate("tool.focus()")
    _settled(page)
    return page


def _settled(page: Page) -> int:
    """What is seen once it stays the same for longer than all of it takes to be painted, some in each frame."""
    looks: list[int] = []
    for _ in range(200):
        page.evaluate(FRAME)
        looks.append(page.evaluate(SEEN))
        if len(looks) >= STEPS and len(set(looks[-STEPS:])) == 1:
            return looks[-1]
    raise AssertionError("the layer never comes to rest")


def test_what_changed_is_seen_at_once_and_in_the_end_as_if_all_had_been_painted_anew(page: Page) -> None:
    _select_and_leave(page)
    everything = _settled(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Delete")
    page.evaluate(FRAME)
    at_once = page.evaluate(SEEN)
    without = _settled(page)
    page.keyboard.press("Control+z")
    again = _settled(page)
    page.keyboard.press("Control+y")

    assert at_once != everything
    assert again == everything
    assert _settled(page) == without != everything
    assert page.evaluate("tool.value.boundingBoxes.length") == len(BOXES) - 1


def _select_and_leave(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
