"""The keys of the box editor: what they do, and to which box."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

LABELS = ["car", "person", "truck"]


def given(*rects: tuple[int, int, int, int]) -> str:
    items = [dict(zip(("left", "top", "width", "height"), rect, strict=True), label="car") for rect in rects]
    return f"labels='{json.dumps(LABELS)}' initial-value='{json.dumps(items)}'"


CAR = (200, 100, 150, 120)
ONE_CAR = given(CAR)
THREE = given((20, 20, 60, 60), (120, 20, 60, 60), (220, 20, 60, 60))


def point(editor: Any, *places: tuple[int, int]) -> None:
    """Moves the mouse there, pressing nothing."""
    for place in places:
        editor.page.mouse.move(*editor.screen(place), steps=3)


# Labels


def test_a_digit_labels_the_box_that_was_just_drawn_and_the_next_one(boxes: Editor) -> None:
    editor = boxes()

    editor.drag((10, 10), (60, 60))
    editor.press("2")
    assert editor.labels == ["person"]
    editor.drag((100, 10), (160, 60))
    assert editor.labels == ["person", "person"]
    editor.press("1", "3")

    assert editor.labels == ["person", "truck"]


def test_a_click_in_the_list_labels_the_box_that_was_just_drawn(boxes: Editor) -> None:
    editor = boxes()
    editor.drag((10, 10), (60, 60))

    editor.page.get_by_role("option", name="truck").click()

    assert editor.labels == ["truck"]
    assert editor.status.startswith("Box 1 of 1, truck")


def test_a_digit_before_drawing_is_for_the_next_box(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    point(editor, (20, 20))

    editor.press("2")
    editor.drag((10, 10), (60, 60))

    assert editor.labels == ["car", "person"]


def test_a_digit_in_the_middle_of_a_stroke_labels_what_it_draws(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.page.mouse.move(*editor.screen((10, 10)))
    editor.page.mouse.down()
    editor.page.mouse.move(*editor.screen((60, 60)), steps=3)

    editor.press("3")
    editor.page.mouse.move(*editor.screen((80, 80)), steps=3)
    editor.page.mouse.up()

    assert editor.labels == ["car", "truck"]


def test_a_digit_changes_the_label_of_a_box_that_was_clicked(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)

    editor.click((250, 150))
    editor.press("2")

    assert editor.labels == ["person"]
    assert editor.value["initialValueModified"] is True


# Under the pointer


def test_keys_act_on_the_box_under_the_pointer(boxes: Editor) -> None:
    editor = boxes(THREE)

    point(editor, (50, 50))
    editor.press("2")
    point(editor, (150, 50))
    editor.press("3")
    assert editor.labels == ["person", "truck", "car"]
    point(editor, (250, 50))
    editor.press("ArrowDown", "Alt+ArrowRight")

    assert editor.rects == [(20, 20, 60, 60), (120, 20, 60, 60), (220, 21, 61, 60)]


@pytest.mark.parametrize("key", ["x", "Delete"])
def test_three_boxes_are_deleted_by_a_key_each(boxes: Editor, key: str) -> None:
    editor = boxes(THREE)

    for left in (50, 150, 250):
        point(editor, (left, 50))
        editor.press(key)

    assert editor.rects == []


def test_a_held_key_deletes_no_box_below(boxes: Editor) -> None:
    editor = boxes(given((0, 0, 300, 300), (50, 50, 40, 40)))
    point(editor, (70, 70))

    editor.press("x", "x", "x")

    assert editor.rects == [(0, 0, 300, 300)]


def test_a_mouse_that_lies_still_takes_nothing_over_from_the_keyboard(boxes: Editor) -> None:
    editor = boxes(THREE)
    point(editor, (250, 50))

    editor.press("j", "2", "ArrowLeft")
    assert editor.labels == ["person", "car", "car"]
    assert editor.rects[0] == (19, 20, 60, 60)
    point(editor, (270, 60))
    editor.press("3")

    assert editor.labels == ["person", "car", "truck"]


def test_a_pointer_on_its_way_leaves_the_label_to_what_was_just_drawn(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.drag((20, 20), (100, 80))

    point(editor, (250, 150))
    editor.press("2")

    assert editor.labels == ["car", "person"]


# Moving and changing


def test_arrow_keys_nudge_and_one_undo_takes_a_held_key_back(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.press("ArrowRight", "Shift+ArrowDown")
    assert editor.rects == [(201, 110, 150, 120)]

    for _ in range(5):
        editor.page.keyboard.down("ArrowLeft")
    editor.page.keyboard.up("ArrowLeft")
    assert editor.rects == [(196, 110, 150, 120)]

    editor.press("Control+z")
    assert editor.rects == [(201, 110, 150, 120)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("Alt+ArrowLeft", (199, 100, 151, 120)),
        ("Alt+ArrowRight", (200, 100, 151, 120)),
        ("Alt+Shift+ArrowUp", (200, 90, 150, 130)),
        ("Alt+ArrowDown", (200, 100, 150, 121)),
        ("Control+ArrowLeft", (200, 100, 149, 120)),
        ("Control+ArrowRight", (201, 100, 149, 120)),
        ("Control+ArrowUp", (200, 100, 150, 119)),
        ("Control+Shift+ArrowDown", (200, 110, 150, 110)),
    ],
)
def test_alt_pushes_a_side_out_and_control_pulls_the_opposite_one_in(
    boxes: Editor, key: str, expected: tuple[int, int, int, int]
) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.press(key)

    assert editor.rects == [expected]


def test_one_edge_is_fixed_with_three_keys(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    point(editor, (250, 150))

    editor.press("Alt+Shift+ArrowLeft", "Alt+ArrowLeft", "Alt+ArrowLeft")

    assert editor.rects == [(188, 100, 162, 120)]


@pytest.mark.parametrize("key", ["Delete", "Backspace", "x"])
def test_a_selected_box_is_deleted(boxes: Editor, key: str) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.press(key)

    assert editor.rects == []
    assert editor.value["initialValueModified"] is True


# From box to box, and out


def focused(editor: Any) -> str:
    """What has the focus: the part of the tool it lies in."""
    return str(
        editor.tool(
            "tool.shadowRoot.activeElement?.closest('.surface, [role=toolbar], section, footer')?.matches('.surface') ? 'picture'"
            " : tool.shadowRoot.activeElement?.closest('[role=toolbar]') ? 'buttons'"
            " : tool.shadowRoot.activeElement?.closest('section') ? 'labels'"
            " : tool.shadowRoot.activeElement?.closest('footer') ? 'footer' : 'nothing'"
        )
    )


def test_tab_walks_the_boxes_and_then_leaves_the_picture(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.page.locator("crowd-bounding-box .surface").focus()

    editor.press("Tab")
    assert editor.status == "Box 1 of 3, car, 60 \N{MULTIPLICATION SIGN} 60 at 20, 20, selected"
    editor.press("Tab", "Tab", "Shift+Tab")
    assert editor.status.startswith("Box 2 of 3")

    editor.press("Tab", "Tab")
    assert focused(editor) != "picture"


def test_j_and_k_walk_the_boxes_wherever_the_focus_is(boxes: Editor) -> None:
    editor = boxes(THREE)
    editor.page.get_by_role("button", name="Zoom in").focus()

    editor.press("j", "j")
    assert editor.status.startswith("Box 2 of 3")
    editor.press("k", "k")
    assert editor.status.startswith("Box 3 of 3"), "past the first comes the last"
    editor.page.get_by_role("option", name="truck").focus()
    editor.press("j")
    assert editor.status.startswith("Box 1 of 3")

    assert focused(editor) == "labels"


def test_j_is_a_letter_where_somebody_types(boxes: Editor) -> None:
    editor = boxes(f"labels='{json.dumps([f'kind {n}' for n in range(20)])}'")
    editor.drag((10, 10), (60, 60))
    editor.press("Escape", "/")

    editor.page.keyboard.type("jk")

    assert editor.page.locator("crowd-bounding-box .search input").input_value() == "jk"
    assert "selected" not in editor.status


def test_escape_never_leaves_the_picture(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.press("Escape", "Escape", "Escape")
    assert "selected" not in editor.status
    assert focused(editor) == "picture"
    editor.press("Tab")

    assert editor.status.startswith("Box 1 of 1")
    assert focused(editor) == "picture"


def test_f6_goes_from_part_to_part_and_lets_go_at_the_ends(boxes: Editor) -> None:
    editor = boxes(
        ONE_CAR,
        "<short-instructions>All of them</short-instructions><full-instructions>All</full-instructions>",
    )
    editor.page.evaluate(
        "window.left = []; document.addEventListener('keydown', (event) => event.key === 'F6' && left.push(!event.defaultPrevented))"
    )
    editor.page.locator("crowd-bounding-box .surface").focus()

    parts = []
    for _ in range(4):
        editor.press("F6")
        parts.append(focused(editor))
    assert parts[:2] == ["buttons", "labels"]
    assert parts[-1] == "footer"
    for _ in range(4):
        editor.press("Shift+F6")
    assert focused(editor) == "picture"
    assert editor.page.evaluate("left.some(Boolean)") is False

    editor.press("Shift+F6")
    assert editor.page.evaluate("left.at(-1)") is True


def test_f6_leads_from_a_field_too(boxes: Editor) -> None:
    editor = boxes(f"labels='{json.dumps([f'kind {n}' for n in range(20)])}'")
    editor.press("/")

    editor.press("Shift+F6")

    assert focused(editor) == "buttons"


# The help


def test_question_mark_lists_the_keys(boxes: Editor) -> None:
    editor = boxes()

    editor.press("?")

    dialog = editor.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    for row in (
        "Delete Backspace X Delete the box",
        "J K Select the next, previous box, wherever the focus is",
        "Alt + Arrow Push the side of the box that faces that way out by 1 pixel, with Shift by 10",
        "Ctrl + Arrow Pull the opposite side of the box in that way by 1 pixel, with Shift by 10",
        "F6 Shift + F6 Go to the next, previous part of the tool",
        "Ctrl + drag Alt + drag Move a box while you draw",
    ):
        expect(dialog.locator("table")).to_contain_text(row, use_inner_text=True)
    editor.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_help_leaves_out_what_a_tool_cannot_do(open_page: Callable[..., Page]) -> None:
    page = open_page(
        """<crowd-form><crowd-keypoint id="it" name="it" src="/picture.png" labels="['elbow']"></crowd-keypoint></crowd-form>"""
    )
    page.wait_for_function("it.value?.inputImageProperties.width > 0")

    page.keyboard.press("?")

    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Select the next, previous keypoint")
    expect(dialog).not_to_contain_text("side of the keypoint")


@pytest.mark.parametrize(
    "tool",
    [
        """<crowd-entity-annotation id="it" name="it" header="Mark" labels="['a', 'b']" text="Ada and Bo"></crowd-entity-annotation>""",
        """<crowd-classifier id="it" name="it" header="Judge" categories="['a', 'b']"><classification-target>Ada</classification-target></crowd-classifier>""",
        """<crowd-semantic-segmentation id="it" name="it" src="/picture.png" labels="['a', 'b']"></crowd-semantic-segmentation>""",
    ],
    ids=["text", "classifier", "raster"],
)
def test_f6_goes_through_other_tools_too(open_page: Callable[..., Page], tool: str) -> None:
    page = open_page(f"<crowd-form>{tool}</crowd-form>")
    page.wait_for_function("it.shadowRoot?.querySelector('.layout') != null")
    part = "[...it.shadowRoot.querySelectorAll('.layout > *')].find((part) => part.contains(it.shadowRoot.activeElement))?.className.split(' ')[0] || 'footer'"
    page.evaluate("it.shadowRoot.querySelector('[tabindex=\"0\"]').focus()")
    start = page.evaluate(part)

    parts = []
    for _ in range(3):
        page.keyboard.press("F6")
        parts.append(page.evaluate(part))
    assert len({start, *parts}) == 4
    assert parts[-1] == "footer"
    for _ in range(3):
        page.keyboard.press("Shift+F6")

    assert page.evaluate(part) == start
