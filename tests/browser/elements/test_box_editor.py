"""The box editor as a worker uses it: drawing, changing, keys, and the answer that comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

ONE_CAR = """labels='["car", "person", "truck"]' initial-value='[{"label": "car", "left": 200, "top": 100, "width": 150, "height": 120}]'"""


def test_the_answer_is_byte_for_byte_the_documented_shape(
    boxes: Editor, answer: Callable[[Page], Any]
) -> None:
    editor = boxes(ONE_CAR)
    editor.press("3")
    editor.drag((20, 30), (80, 90))

    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#answers-box")).to_be_visible()
    assert json.dumps(answer(editor.page), separators=(",", ":")) == (
        '{"boxes":{"boundingBoxes":[{"height":120,"label":"car","left":200,"top":100,"width":150},'
        '{"height":60,"label":"truck","left":20,"top":30,"width":60}],"initialValueModified":true,'
        '"inputImageProperties":{"height":400,"width":600}}}'
    )


def test_zero_is_the_key_of_the_tenth_label(boxes: Editor) -> None:
    editor = boxes(f"labels='{json.dumps([f'label {n}' for n in range(1, 13)])}'")

    editor.press("0")
    editor.drag((10, 10), (60, 60))

    assert editor.labels == ["label 10"]


def test_a_click_in_the_list_chooses_a_label(boxes: Editor) -> None:
    editor = boxes()

    editor.page.get_by_role("option", name="truck").click()
    editor.drag((10, 10), (60, 60))

    assert editor.labels == ["truck"]


def test_undo_to_the_beginning_means_unmodified(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.drag((10, 10), (60, 60))
    editor.click((250, 150))
    editor.press("2", "ArrowLeft", "Delete")

    editor.press("Control+z", "Control+z", "Control+z", "Control+z")

    assert editor.value["initialValueModified"] is False
    assert editor.rects == [(200, 100, 150, 120)]


@pytest.mark.parametrize("redo", ["Control+Shift+z", "Control+y"])
def test_redo_brings_back_what_undo_took(boxes: Editor, redo: str) -> None:
    editor = boxes()
    editor.drag((10, 10), (60, 60))
    editor.press("Control+z")
    assert editor.rects == []

    editor.press(redo)

    assert editor.rects == [(10, 10, 50, 50)]


def test_a_box_can_be_drawn_with_the_keyboard_alone(boxes: Editor) -> None:
    editor = boxes()

    editor.press("2", "n", "ArrowRight", "Control+ArrowDown")

    assert editor.labels == ["person"]
    (left, top, width, height) = editor.rects[0]
    assert 0 < left < left + width < 600
    assert 0 < top < top + height < 400


def test_the_wheel_zooms_about_the_cursor(boxes: Editor) -> None:
    editor = boxes()
    before = editor.screen((150, 100))
    editor.page.mouse.move(*before)
    width = editor.shown["width"]

    editor.page.mouse.wheel(0, -400)

    editor.page.wait_for_function(
        f"document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().width > {width * 1.5}"
    )
    after = editor.screen((150, 100))
    assert after == pytest.approx(before, abs=0.5)


def test_boxes_drawn_while_zoomed_in_are_in_pixels_of_the_picture(boxes: Editor) -> None:
    editor = boxes()
    editor.press("+", "+", "+", "+", "+", "+")

    editor.drag((290, 190), (310, 205))

    assert editor.rects == [(290, 190, 20, 15)]


def test_space_or_the_middle_button_moves_the_picture_and_f_fits_it(boxes: Editor) -> None:
    editor = boxes()
    fitted = editor.shown

    editor.drag((300, 200), (340, 230), button="middle")
    moved = editor.shown
    assert moved["x"] > fitted["x"]
    assert moved["y"] > fitted["y"]

    editor.drag((300, 200), (340, 230), modifier="Space")
    assert editor.shown["x"] > moved["x"]
    assert editor.rects == []

    editor.press("f")
    assert editor.shown == fitted


def test_the_list_counts_boxes_and_hides_them_from_view_only(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    row = editor.page.get_by_role("option", name="car")
    expect(row.locator(".count")).to_have_text("1")

    editor.page.get_by_role("button", name="Hide car").click()
    editor.click((250, 150))

    assert "selected" not in editor.status
    assert editor.rects == [(200, 100, 150, 120)]


def test_a_long_list_of_labels_can_be_searched(boxes: Editor) -> None:
    editor = boxes(f"labels='{json.dumps([f'kind {n}' for n in range(20)] + ['Éclair'])}'")

    editor.press("/")
    editor.page.keyboard.type("ecl")

    expect(editor.page.get_by_role("option")).to_have_count(1)
    expect(editor.page.get_by_role("option")).to_contain_text("Éclair")


def test_enter_in_the_search_chooses_the_first_label_found(boxes: Editor) -> None:
    editor = boxes(f"labels='{json.dumps([f'kind {n}' for n in range(20)] + ['Éclair'])}'")

    editor.press("/")
    editor.page.keyboard.type("ecl")
    editor.press("Enter")
    editor.drag((10, 10), (60, 60))

    assert editor.labels == ["Éclair"]
    expect(editor.page.get_by_role("option")).to_have_count(21)
    expect(editor.page.get_by_role("option", name="Éclair")).to_be_in_viewport()


def test_arrow_keys_still_move_the_box_after_a_click_beside_the_picture(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.page.get_by_role("option", name="truck").click()
    editor.press("ArrowRight")
    editor.page.get_by_role("button", name="Zoom in").click()
    editor.press("ArrowDown")

    assert editor.labels == ["truck"]
    assert editor.rects == [(201, 101, 150, 120)]


def test_a_box_drawn_with_a_hidden_label_is_seen(boxes: Editor) -> None:
    editor = boxes()
    editor.page.get_by_role("button", name="Hide car").click()

    editor.drag((10, 10), (60, 60))

    assert "selected" in editor.status


def test_the_canvas_has_the_density_of_the_display(boxes: Editor) -> None:
    editor = boxes(device_scale_factor=2)
    editor.drag((10, 10), (60, 60))

    width = "tool.shadowRoot.querySelector('.front').width === 2 * tool.shadowRoot.querySelector('.front').clientWidth"
    editor.page.wait_for_function(
        f"(() => {{ const tool = document.querySelector('crowd-bounding-box'); return {width}; }})()"
    )
    assert editor.rects == [(10, 10, 50, 50)]


def test_a_box_in_the_colours_of_its_label_is_painted_where_it_was_drawn(boxes: Editor) -> None:
    editor = boxes(
        "labels='[\"car\"]' initial-value='[{label: \"car\", left: 200, top: 100, width: 100, height: 100}]'"
    )
    x, y = editor.screen((200, 150))
    surface = editor.tool("tool.shadowRoot.querySelector('.surface').getBoundingClientRect().toJSON()")

    editor.page.wait_for_function(
        """([x, y]) => {
          const layers = [...document.querySelector('crowd-bounding-box').shadowRoot.querySelectorAll('.rest')];
          const canvas = layers.find(({style}) => style.visibility !== 'hidden');
          const [red, green, blue] = canvas.getContext('2d').getImageData(x, y, 1, 1).data;
          return red === 0x2c && green === 0xa0 && blue === 0x2c;
        }""",
        # The line lies along the outside of the edge.
        arg=[int(x - surface["x"]) - 1, round(y - surface["y"])],
    )


def test_the_picture_has_the_keyboard_as_soon_as_it_is_there(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)

    editor.press("Tab", "Shift+ArrowRight")

    assert editor.rects == [(210, 100, 150, 120)]


def test_a_disabled_tool_cannot_be_changed(open_page: Callable[..., Page]) -> None:
    page = open_page(
        f"""<crowd-form><fieldset disabled><crowd-bounding-box name="b" src="/picture.png" {ONE_CAR}></crowd-bounding-box>
        </fieldset></crowd-form>"""
    )
    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )

    page.keyboard.press("n")
    page.mouse.click(600, 400)

    assert page.evaluate("document.querySelector('crowd-bounding-box').value.boundingBoxes.length") == 1


def test_nothing_to_label_is_a_decision(boxes: Editor, answer: Callable[[Page], Any]) -> None:
    editor = boxes()
    submit = editor.page.get_by_role("button", name="Submit")

    submit.click()
    expect(editor.page.get_by_role("alert")).to_have_text(
        "Draw at least one box, or tick “Nothing to label”."
    )
    assert answer(editor.page) is None

    editor.page.get_by_label("Nothing to label").check()
    submit.click()
    expect(editor.page.locator("#answers-box")).to_be_visible()
    assert answer(editor.page) == {
        "boxes": {"boundingBoxes": [], "inputImageProperties": {"height": 400, "width": 600}}
    }


def test_keys_for_a_text_field_in_the_instructions_stay_there(boxes: Editor) -> None:
    editor = boxes(
        ONE_CAR, '<short-instructions>Remark: <input id="remark" name="remark"></short-instructions>'
    )
    editor.click((250, 150))
    editor.page.locator("#remark").focus()

    editor.page.keyboard.type("2 cars")
    editor.press("Backspace", "ArrowLeft")

    assert editor.labels == ["car"]
    assert editor.rects == [(200, 100, 150, 120)]
    assert editor.page.locator("#remark").input_value() == "2 car"


def test_axe_finds_nothing_in_dialogs_and_errors(
    boxes: Editor, violations: Callable[[Page], list[str]]
) -> None:
    editor = boxes("labels='[]'", "<full-instructions header='Rules'><p>All</p></full-instructions>")
    editor.page.get_by_role("button", name="Submit").click()
    assert violations(editor.page) == []

    editor.press("?")
    assert violations(editor.page) == []

    editor.press("Escape")
    editor.page.get_by_role("button", name="View full instructions").click()
    assert violations(editor.page) == []


def test_the_whole_instructions_open_in_a_dialog(boxes: Editor) -> None:
    editor = boxes(
        content='<full-instructions header="How to box"><p>All of it</p></full-instructions><short-instructions header="Short">Part of it</short-instructions>'
    )
    expect(editor.page.get_by_text("Part of it")).to_be_visible()

    editor.page.get_by_role("button", name="View full instructions").click()

    dialog = editor.page.get_by_role("dialog", name="How to box")
    expect(dialog).to_be_visible()
    expect(editor.page.get_by_text("All of it")).to_be_visible()


def test_instructions_leave_the_picture_alone_where_they_would_cover_it(boxes: Editor) -> None:
    editor = boxes(content='<short-instructions header="Short">Part of it</short-instructions>')
    words = editor.page.get_by_text("Part of it")
    expect(words).to_be_visible()

    editor.page.set_viewport_size({"width": 390, "height": 800})
    expect(words).to_be_hidden()
    editor.page.get_by_role("button", name="Instructions", exact=True).click()
    pane = editor.page.get_by_role("region", name="Instructions", exact=True).bounding_box()
    assert pane
    assert pane["width"] >= 300

    editor.page.set_viewport_size({"width": 1280, "height": 800})
    expect(words).to_be_visible()


def test_a_thousand_boxes_can_be_worked_with(boxes: Editor) -> None:
    initial = [
        {"label": "car", "left": 14 * (n % 40), "top": 15 * (n // 40), "width": 12, "height": 13}
        for n in range(1000)
    ]
    editor = boxes(f"labels='[\"car\", \"person\"]' initial-value='{json.dumps(initial)}'")

    editor.click((6, 6))
    editor.press("2", "ArrowRight")

    assert len(editor.rects) == 1000
    assert editor.rects[0] == (1, 0, 12, 13)
    assert editor.labels.count("person") == 1
    editor.press("Control+z", "Control+z")
    assert editor.value["initialValueModified"] is False
