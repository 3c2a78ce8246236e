"""Shapes that a template gives and that do not lie in the picture: cut, left out, reported, and marked as modified."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

INSIDE = {"label": "car", "left": 10, "top": 20, "width": 30, "height": 40}


def initial_value(*boxes: Any, labels: str = '["car"]') -> str:
    text = boxes[0] if isinstance(boxes[0], str) else json.dumps(boxes)
    return f"labels='{labels}' initial-value=\"{html.escape(text)}\""


@pytest.mark.parametrize(
    ("change", "rects", "remark"),
    [
        ({"left": -20}, [(0, 20, 10, 40)], "1 cut at the edge of the picture"),
        ({"top": 300, "height": 5000}, [(10, 300, 30, 100)], "1 cut at the edge of the picture"),
        ({"left": "10", "width": "30.2"}, [(10, 20, 30, 40)], ""),
        ({"left": -0.6, "width": 40.6}, [(0, 20, 40, 40)], ""),
        ({"left": 700}, [], "left out: 1 with no area in the picture"),
        ({"width": 0}, [], "left out: 1 with no area in the picture"),
        ({"width": -30}, [], "left out: 1 with no area in the picture"),
        ({"height": None}, [], "left out: 1 that cannot be read"),
        ({"label": "cat"}, [], "left out: 1 with a label that is not listed"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
)
def test_a_given_box_is_cut_or_left_out_and_the_worker_is_told(
    boxes: Editor, change: dict[str, Any], rects: Any, remark: str
) -> None:
    editor = boxes(initial_value(INSIDE, {**INSIDE, **change}))

    assert editor.rects == [(10, 20, 30, 40), *rects]
    assert editor.value["initialValueModified"] is (bool(remark) and "not listed" not in remark)
    expect(editor.page.locator(".remark")).to_have_text(f"Given boxes: {remark}." if remark else "")


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity", "'x'", "[]"])
def test_what_is_no_number_costs_one_box_and_not_the_task(boxes: Editor, number: str) -> None:
    editor = boxes(
        initial_value(
            f"[{json.dumps(INSIDE)}, {{label: 'car', left: {number}, top: 1, width: 9, height: 9}}, null]"
        )
    )

    assert editor.rects == [(10, 20, 30, 40)]
    assert editor.value["initialValueModified"] is True
    expect(editor.page.get_by_text("Given boxes: left out: 2 that cannot be read.")).to_be_visible()


def test_the_remark_is_announced_and_can_be_put_away(boxes: Editor) -> None:
    editor = boxes(initial_value({**INSIDE, "left": -20}))
    remark = editor.page.locator("[aria-live=polite]").get_by_text("1 cut at the edge of the picture")
    expect(remark).to_be_visible()

    editor.page.get_by_role("button", name="Dismiss this remark").click()

    expect(remark).to_have_count(0)
    assert editor.value["initialValueModified"] is True


def test_a_box_that_was_cut_is_one_that_can_be_worked_on(boxes: Editor) -> None:
    editor = boxes(initial_value({**INSIDE, "left": -20, "top": 100, "width": 120, "height": 100}))
    editor.click((50, 150))

    editor.press("Shift+ArrowLeft", "Shift+ArrowRight", "Control+Shift+ArrowLeft")
    assert editor.rects == [(10, 100, 90, 100)]

    editor.press("Control+z", "Control+z")
    assert editor.rects == [(0, 100, 100, 100)]


def test_a_draft_of_boxes_outside_the_picture_is_kept_inside(boxes: Editor) -> None:
    editor = boxes()

    editor.page.evaluate(
        "(shapes) => document.querySelector('crowd-bounding-box').restoreState({shapes, nothingToLabel: false})",
        [{**INSIDE, "left": 590}, {**INSIDE, "left": 5000}, {"label": "car"}, None],
    )

    assert editor.rects == [(590, 20, 10, 40)]
    assert "initialValueModified" not in editor.value


def test_another_picture_shows_what_lies_in_it(boxes: Editor, site: Any) -> None:
    narrow = io.BytesIO()
    Image.new("RGB", (20, 400)).save(narrow, "PNG")
    site.bodies["/narrow.png"] = narrow.getvalue()
    editor = boxes(initial_value(INSIDE))

    for source, width, rect in [
        ("/narrow.png", 20, (10, 20, 10, 40)),
        ("/picture.png", 600, (10, 20, 30, 40)),
    ]:
        editor.tool(f"tool.src = '{source}'")
        editor.page.wait_for_function(
            f"document.querySelector('crowd-bounding-box').value.inputImageProperties.width === {width}"
        )
        assert editor.rects == [rect]
