"""Gestures that something interrupts: a key, a dialog of the browser, a finger that only rests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import Boxes, OpenMasks, leave_checking
from tests.browser.elements.fingers import Fingers

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]
Open = Callable[..., Page]

LABELS = """labels='["car", "person", "truck"]'"""
TWO = f"""{LABELS} initial-value='{
    json.dumps(
        [
            {"label": "car", "left": left, "top": 100, "width": 60, "height": 50, "score": score}
            for left, score in ((100, 0.2), (300, 0.4))
        ]
    )
}'"""


def begin(editor: Boxes, *points: tuple[float, float]) -> None:
    """A stroke through these points that is not let go of."""
    mouse = editor.page.mouse
    mouse.move(*editor.screen(points[0]))
    mouse.down()
    for point in points[1:]:
        mouse.move(*editor.screen(point), steps=3)


@pytest.mark.parametrize("key", ["Control+z", "Delete", "Control+y"])
def test_undo_redo_and_delete_let_go_of_what_is_being_drawn_and_of_nothing_else(
    boxes: Editor, key: str
) -> None:
    editor = boxes()
    editor.drag((50, 50), (150, 150))

    begin(editor, (200, 200), (300, 300))
    editor.press(key)
    editor.page.mouse.move(*editor.screen((350, 300)), steps=3)
    editor.page.mouse.up()

    assert editor.rects == [(50, 50, 100, 100)]
    assert editor.status.endswith("at 50, 50, selected")


def test_a_key_for_what_is_pressed_and_not_moved_yet_is_not_lost(boxes: Editor) -> None:
    editor = boxes(TWO)
    editor.press("v")
    begin(editor, (130, 125))
    editor.press("x")
    editor.page.mouse.up()
    assert editor.rects == [(300, 100, 60, 50)]


def test_a_stroke_that_draws_nothing_leaves_the_footer_true(boxes: Editor) -> None:
    editor = boxes()
    editor.drag((50, 50), (150, 150))
    status = editor.page.locator("crowd-bounding-box [role=status]")
    expect(status).to_have_text(re.compile(r"^Box 1 of 1, .* at 50, 50, selected$"))
    editor.drag((300, 300), (400, 301))
    editor.press("ArrowRight")
    expect(status).to_have_text(re.compile(r"^Box 1 of 1, .* at 51, 50, selected$"))


def test_a_button_that_came_up_unseen_ends_the_stroke_where_it_was(boxes: Editor) -> None:
    editor = boxes()
    begin(editor, (200, 200), (260, 260))
    x, y = editor.screen((400, 300))
    # As after a dialog of the browser: the mouse moves, and no button is down.
    editor.tool(
        f"""tool.shadowRoot.querySelector('.surface').dispatchEvent(new PointerEvent('pointermove', {{
            pointerId: 1, pointerType: 'mouse', button: -1, buttons: 0, clientX: {x}, clientY: {y}, bubbles: true, composed: true
        }}))"""
    )
    assert editor.rects == [(200, 200, 60, 60)]
    editor.page.mouse.up()
    assert editor.rects == [(200, 200, 60, 60)]


@pytest.mark.parametrize("tag", ["crowd-semantic-segmentation", "crowd-instance-segmentation"])
@pytest.mark.parametrize("key", ["Control+z", "Delete", "x", "Control+y"])
def test_undo_in_the_middle_of_a_stroke_of_the_brush_takes_back_that_stroke(
    masks: OpenMasks, tag: str, key: str
) -> None:
    worker = masks(tag=tag)
    worker.drag((100, 100), (150, 100))
    before = worker.value
    if tag == "crowd-instance-segmentation":
        worker.press("n")

    worker.page.mouse.move(*worker.screen(100, 200))
    worker.page.mouse.down()
    worker.page.mouse.move(*worker.screen(150, 200), steps=3)
    worker.press(key)
    worker.page.mouse.move(*worker.screen(250, 200), steps=3)
    worker.page.mouse.up()

    assert worker.value == before
    worker.press("Control+z")
    assert worker.colors() == {}


def test_a_finger_that_rests_and_goes_leaves_the_list_open(boxes: Editor) -> None:
    editor = boxes(TWO, has_touch=True)
    finger = Fingers(editor.page, editor.screen)
    finger.touch("touchStart", (130, 125))
    rows = editor.page.locator(".label-menu li")
    expect(rows).to_have_count(3)
    finger.touch("touchEnd")
    # What the browser makes of the finger afterwards has come by then.
    editor.tool("new Promise((done) => setTimeout(done, 100))")
    expect(rows).to_have_count(3)
    rows.get_by_text("truck").tap()
    assert editor.labels == ["truck", "car"]


def test_caps_lock_does_not_change_the_way_back_while_checking(boxes: Editor) -> None:
    editor = boxes(TWO, checks=True)
    editor.press("Space")
    bar = editor.page.locator(".verify")
    expect(bar).to_contain_text("1 of 2 checked")
    editor.press("Space")
    expect(bar).to_contain_text("Anything missing?")
    editor.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'K', code: 'KeyK', bubbles: true}))"
    )
    expect(bar).not_to_contain_text("Anything missing?")


def test_what_is_locked_is_not_deleted_with_what_is_hidden_by_its_score(boxes: Editor) -> None:
    editor = boxes(TWO)
    editor.press("v")
    editor.click((130, 125))
    editor.press("u", "s", "End")
    button = editor.page.locator("crowd-bounding-box .scores button")
    expect(button).to_have_text("Delete the 1 hidden and not locked")
    button.click()
    assert editor.rects == [(100, 100, 60, 50)]
    expect(button).to_have_count(0)


def test_a_click_puts_no_keypoint_into_a_skeleton_that_is_locked_or_hidden(open_page: Open) -> None:
    classes = [
        {"id": str(at), "color": "#1f77b4", "label": label, "x": 0, "y": at} for at, label in enumerate("abc")
    ]
    given = [
        {"name": "Ada", "annotations": [{"label": "a", "x": 100, "y": 50}, {"label": "b", "x": 110, "y": 90}]}
    ]
    page = open_page(
        f"""<crowd-form><crowd-2d-skeleton id="it" imgsrc="/picture.png" keypointclasses='{json.dumps(classes)}' skeletonrig='[["a","b"],["b","c"]]'
        initialvalues='{json.dumps(given)}'></crowd-2d-skeleton></crowd-form>"""
    )
    page.wait_for_function("it.value.inputImageProperties.width > 0")
    leave_checking(page, "#it")
    surface = page.locator("#it .surface")
    for key in ("u", "Shift+H"):
        page.keyboard.press("j")
        page.keyboard.press(key)
        page.keyboard.press("3")
        surface.click(position={"x": 600, "y": 300})
        names = [len(skeleton["annotations"]) for skeleton in page.evaluate("it.value.skeletons")]
        assert names == [2, 1]
        page.keyboard.press("Control+z")
        page.keyboard.press("j")
        page.keyboard.press("u")


def test_checking_waits_until_a_polygon_is_finished_and_lets_go_of_a_click(
    open_page: Open, boxes: Editor
) -> None:
    given = [{"label": "car", "vertices": [{"x": 10, "y": 10}, {"x": 60, "y": 10}, {"x": 10, "y": 60}]}]
    page = open_page(
        f"""<crowd-form><crowd-polygon id="it" name="it" src="/picture.png" {LABELS} initial-value='{json.dumps(given)}'></crowd-polygon></crowd-form>"""
    )
    page.wait_for_function("it.value.inputImageProperties.width > 0")
    leave_checking(page, "#it")
    bar, button = page.locator("#it .verify"), page.locator("#it #verify")
    page.locator("#it .surface").click(position={"x": 500, "y": 300})
    page.keyboard.press("q")
    expect(button).to_be_disabled()
    expect(bar).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    expect(bar).to_have_count(1)

    editor = boxes(TWO)
    editor.click((500, 300))
    editor.press("q", "Space")
    expect(editor.page.locator(".verify")).to_contain_text("1 of 2 checked")
