"""Several shapes at once, copies of shapes, and undo of all of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import Boxes

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

LABELS = """labels='["car", "person", "truck"]'"""
THREE = f"""{LABELS} initial-value='{
    json.dumps(
        [
            {"label": "car", "left": left, "top": 100, "width": 60, "height": 50, "score": 0.5}
            for left in (100, 250, 400)
        ]
    )
}'"""


def shift_click(editor: Boxes, point: tuple[float, float]) -> None:
    editor.page.keyboard.down("Shift")
    editor.click(point)
    editor.page.keyboard.up("Shift")


def test_shift_clicks_collect_and_one_key_changes_all_in_one_step(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.press("v")

    editor.click((130, 125))
    shift_click(editor, (280, 125))
    assert editor.status == "2 of 3 boxes, selected"
    editor.press("3")
    assert editor.labels == ["truck", "truck", "car"]
    editor.press("Shift+ArrowDown", "ArrowLeft")
    assert editor.rects == [(99, 110, 60, 50), (249, 110, 60, 50), (400, 100, 60, 50)]
    editor.press("Delete")
    assert editor.rects == [(400, 100, 60, 50)]

    editor.press("Control+z", "Control+z", "Control+z")
    assert editor.labels == ["truck", "truck", "car"]
    assert [left for left, *_ in editor.rects] == [100, 250, 400]
    editor.press("Control+z")
    assert editor.labels == ["car", "car", "car"]
    assert editor.value["initialValueModified"] is False
    editor.press(*["Control+y"] * 4)
    assert editor.rects == [(400, 100, 60, 50)]


def test_keys_move_the_same_side_of_all_that_is_selected(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.press("v")
    editor.click((130, 125))
    shift_click(editor, (280, 125))

    editor.press("Alt+ArrowLeft", "Control+Shift+ArrowUp")
    assert editor.rects == [(99, 100, 61, 40), (249, 100, 61, 40), (400, 100, 60, 50)]
    editor.press("Control+z", "Control+z")
    assert editor.rects == [(100, 100, 60, 50), (250, 100, 60, 50), (400, 100, 60, 50)]


def test_shift_takes_one_away_and_escape_lets_go_of_all(boxes: Editor) -> None:
    editor = boxes(THREE)

    editor.press("v", "Control+a")
    assert editor.status == "3 of 3 boxes, selected"
    shift_click(editor, (280, 125))
    assert editor.status == "2 of 3 boxes, selected"
    editor.press("Escape")
    assert editor.status.startswith("3 boxes")


def test_all_that_is_seen_and_not_locked_is_selected(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.click((130, 125))
    editor.press("u")
    editor.click((280, 125))
    editor.press("Shift+H", "Control+a")
    assert editor.status.startswith("Box 3 of 3")
    editor.press("Delete")
    assert len(editor.rects) == 2


def test_a_drag_with_shift_in_select_mode_selects_a_rectangle_and_a_plain_one_moves_the_picture(
    boxes: Editor,
) -> None:
    editor = boxes(THREE)
    editor.press("v")

    editor.drag((80, 200), (330, 80), modifier="Shift")
    assert editor.status == "2 of 3 boxes, selected"
    before = editor.shown
    editor.drag((80, 300), (120, 320))
    assert editor.shown["x"] > before["x"]
    assert editor.rects == [(100, 100, 60, 50), (250, 100, 60, 50), (400, 100, 60, 50)]

    editor.drag((110, 110), (150, 140), modifier="Shift")
    assert len(editor.rects) == 4, "with Shift a drag draws upon another shape"


def test_one_of_several_is_dragged_with_the_others_up_to_the_edge(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.press("v", "Control+a")

    editor.drag((280, 125), (480, 125))

    assert [left for left, *_ in editor.rects] == [240, 390, 540]
    editor.click((270, 125))
    assert editor.status.startswith("Box 1 of 3")
    editor.press("Control+z")
    assert [left for left, *_ in editor.rects] == [100, 250, 400]


def test_copies_come_where_the_pointer_is(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.press("v")
    editor.click((130, 125))
    shift_click(editor, (280, 125))

    editor.press("Control+c")
    editor.page.mouse.move(*editor.screen((205, 300)))
    editor.press("Control+v")
    assert editor.rects[3:] == [(100, 275, 60, 50), (250, 275, 60, 50)]
    assert editor.status == "2 of 5 boxes, selected"
    editor.page.mouse.move(2, 2)
    editor.press("Control+v")
    assert editor.rects[5:] == [(110, 110, 60, 50), (260, 110, 60, 50)]
    editor.press("Control+z", "Control+z")
    assert len(editor.rects) == 3


def test_a_duplicate_lies_beside_what_it_is_of_and_has_no_score(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.click((130, 125))

    editor.press("Control+d")

    assert editor.rects[3] == (110, 110, 60, 50)
    assert editor.status == "Box 4 of 4, car, 60 \N{MULTIPLICATION SIGN} 50 at 110, 110, selected"
    editor.press("Control+d")
    assert editor.rects[4] == (120, 120, 60, 50)


def test_what_was_copied_last_is_kept_for_the_next_task(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.page.evaluate(
        """() => {
          const next = document.createElement('crowd-bounding-box');
          next.setAttribute('name', 'next');
          next.setAttribute('src', '/picture.png');
          next.setAttribute('labels', '["car"]');
          document.querySelector('crowd-bounding-box').after(next);
        }"""
    )
    editor.page.wait_for_function(
        "document.querySelector('crowd-bounding-box[name=next]').value.inputImageProperties.width > 0"
    )
    editor.page.locator("crowd-bounding-box .object .pick").first.click()
    editor.press("Control+c")
    editor.page.locator("crowd-bounding-box[name=next] .surface").focus()
    editor.press("Control+v")

    assert editor.page.evaluate(
        "document.querySelector('crowd-bounding-box[name=next]').value.boundingBoxes"
    ) == [{"height": 50, "label": "car", "left": 110, "top": 110, "width": 60}]


def test_copying_text_is_left_to_the_browser(boxes: Editor) -> None:
    editor = boxes(
        THREE,
        content="<short-instructions><p id='text'>Some words</p><input id='field' value='typed'></short-instructions>",
        viewport={"width": 1280, "height": 800},
    )
    page = editor.page
    page.evaluate(
        "document.addEventListener('keydown', (event) => setTimeout(() => (window.taken = event.defaultPrevented)))"
    )
    editor.click((130, 125))
    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('#text'))")
    editor.press("Control+c")
    page.wait_for_function("window.taken === false")

    page.evaluate("document.getSelection().removeAllRanges()")
    editor.press("Control+c")
    page.wait_for_function("window.taken === true")
    page.locator("#field").focus()
    editor.press("Control+a", "Control+c", "Control+v", "Control+v")
    assert page.locator("#field").input_value() == "typedtyped"
    assert len(editor.rects) == 3


def test_nothing_to_label_is_undone_and_done_again(boxes: Editor) -> None:
    editor = boxes(LABELS)
    box = editor.page.get_by_role("checkbox", name="Nothing to label")

    box.check()
    editor.press("Control+z")
    expect(box).not_to_be_checked()
    editor.press("Control+y")
    expect(box).to_be_checked()
    editor.drag((10, 10), (90, 90))
    expect(box).not_to_be_checked()
    editor.press("Control+z")
    expect(box).to_be_checked()


PATHS = {
    "crowd-polygon": [{"x": 0, "y": 0}, {"x": 80, "y": 0}, {"x": 0, "y": 80}],
    "crowd-polyline": [{"x": 0, "y": 0}, {"x": 80, "y": 0}],
    "crowd-line": [{"x": 0, "y": 0}, {"x": 80, "y": 0}],
}
KEYS = {"crowd-polygon": "polygons", "crowd-polyline": "polylines", "crowd-line": "lines"}


@pytest.mark.parametrize("tool", PATHS)
def test_with_several_paths_selected_a_vertex_is_of_one(open_page: Callable[..., Page], tool: str) -> None:
    paths = [
        {"label": "car", "vertices": [{"x": x + 100 * at, "y": y + 50} for x, y in map(dict.values, PATHS[tool])]}
        for at in (1, 2, 3)
    ]  # fmt: skip
    page = open_page(
        f"""<crowd-form><{tool} name="it" src="/picture.png" labels='["car"]' initial-value='{json.dumps(paths)}'></{tool}></crowd-form>"""
    )
    value = f"document.querySelector('{tool}').value"
    page.wait_for_function(f"{value}.inputImageProperties.width > 0")
    counts = f"{value}.{KEYS[tool]}.map(({{vertices}}) => vertices.length)"
    fewest = len(PATHS[tool])
    status = page.locator(f"{tool} [role=status]")

    page.keyboard.press("Control+a")
    expect(status).to_contain_text("3 of 3")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{value}.{KEYS[tool]}.map(({{vertices}}) => vertices[0].x)") == [101, 201, 301]
    page.keyboard.press("i")
    more = 0 if tool == "crowd-line" else 1
    assert page.evaluate(counts) == [fewest, fewest, fewest + more]
    if more:
        expect(status).to_contain_text("vertex")
        page.keyboard.press("Delete")
        assert page.evaluate(counts) == [fewest] * 3
    page.keyboard.press("Control+a")
    page.keyboard.press("e")
    expect(status).to_contain_text("vertex 1 at 301, 50")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    assert page.evaluate(counts) == []
    page.keyboard.press("Control+z")
    assert page.evaluate(counts) == [fewest] * 3


def test_a_selection_of_thousands_is_painted_and_moved(boxes: Editor) -> None:
    many = [
        {"label": "car", "left": at % 100 * 5, "top": at // 100 * 7, "width": 4, "height": 4}
        for at in range(5000)
    ]
    editor = boxes(f"{LABELS} initial-value='{json.dumps(many)}'")

    editor.press("v", "Control+a")
    assert editor.status == "5000 of 5000 boxes, selected"
    start, end = (editor.screen(point) for point in ((2, 2), (52, 22)))
    editor.page.mouse.move(*start)
    editor.page.mouse.down()
    editor.page.mouse.move(*end, steps=2)
    editor.page.mouse.up()

    places = "[0, 4999].map((at) => tool.value.boundingBoxes[at]).map(({left, top}) => [left, top])"
    assert editor.tool(places) == [[50, 20], [545, 363]]
    editor.press("Control+z")
    assert editor.tool(places) == [[0, 0], [495, 343]]
