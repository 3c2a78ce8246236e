"""How boxes come from a mouse, from fingers and from a pen, and what a pressed pointer changes of those that are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.fingers import Fingers

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

ONE_CAR = """labels='["car", "person", "truck"]' initial-value='[{"label": "car", "left": 200, "top": 100, "width": 150, "height": 120}]'"""
CAR = (200, 100, 150, 120)


def test_a_drag_draws_a_box_with_the_first_label(boxes: Editor) -> None:
    editor = boxes()

    editor.drag((100, 50), (250, 170))

    assert editor.value == {
        "boundingBoxes": [{"height": 120, "label": "car", "left": 100, "top": 50, "width": 150}],
        "inputImageProperties": {"height": 400, "width": 600},
    }


def test_a_box_is_cut_at_the_border_of_the_picture(boxes: Editor) -> None:
    editor = boxes()

    editor.drag((550, 350), (640, 420))

    assert editor.rects == [(550, 350, 50, 50)]


def test_a_shaky_click_draws_nothing(boxes: Editor) -> None:
    editor = boxes()

    editor.drag((100, 100), (101, 101))
    editor.press("Escape")
    editor.drag((100, 100), (101, 180))

    assert editor.rects == []


def test_a_stroke_draws_inside_the_box_that_was_just_drawn_and_right_beside_it(boxes: Editor) -> None:
    editor = boxes()

    editor.drag((100, 50), (300, 250))
    editor.drag((150, 100), (200, 150))
    editor.drag((205, 150), (260, 200))

    assert editor.rects == [(100, 50, 200, 200), (150, 100, 50, 50), (205, 150, 55, 50)]


def test_a_stroke_draws_from_the_inside_and_from_a_side_of_a_selected_box(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.drag((250, 150), (300, 190))
    editor.click((340, 210))
    editor.drag((230, 101), (260, 140))

    assert editor.rects == [CAR, (250, 150, 50, 40), (230, 101, 30, 39)]


@pytest.mark.parametrize(
    ("handle", "to", "expected"),
    [
        ((200, 100), (180, 90), (180, 90, 170, 130)),
        ((275, 100), (275, 130), (200, 130, 150, 90)),
        ((350, 100), (380, 80), (200, 80, 180, 140)),
        ((350, 160), (400, 160), (200, 100, 200, 120)),
        ((350, 220), (380, 260), (200, 100, 180, 160)),
        ((275, 220), (275, 200), (200, 100, 150, 100)),
        ((200, 220), (150, 240), (150, 100, 200, 140)),
        ((200, 160), (220, 160), (220, 100, 130, 120)),
    ],
    ids=["nw", "n", "ne", "e", "se", "s", "sw", "w"],
)
def test_each_handle_resizes_its_sides(boxes: Editor, handle: Any, to: Any, expected: Any) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))

    editor.drag(handle, to)

    assert editor.rects == [expected]


def test_in_select_mode_a_box_is_moved_and_stays_in_the_picture(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.press("v")

    editor.drag((250, 150), (240, 160))
    assert editor.rects == [(190, 110, 150, 120)]
    editor.drag((240, 160), (590, 390))
    assert editor.rects == [(450, 280, 150, 120)]
    editor.drag((450, 300), (440, 300))
    assert editor.rects == [(440, 280, 160, 120)], "anywhere along it, a side is a handle"


@pytest.mark.parametrize("modifier", ["Control", "Alt"])
def test_a_modifier_moves_a_box_while_one_draws(boxes: Editor, modifier: str) -> None:
    editor = boxes(ONE_CAR)

    editor.drag((250, 150), (240, 160), modifier=modifier)
    editor.drag((20, 20), (60, 60))

    assert editor.rects == [(190, 110, 150, 120), (20, 20, 40, 40)]


def test_escape_during_a_drag_leaves_everything_as_it_was(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)
    editor.click((250, 150))
    editor.page.mouse.move(*editor.screen((10, 10)))
    editor.page.mouse.down()
    editor.page.mouse.move(*editor.screen((100, 100)), steps=3)

    editor.press("Escape")
    editor.page.mouse.up()

    assert editor.rects == [CAR]
    assert editor.status.endswith("selected")


def test_two_clicks_make_a_box(boxes: Editor) -> None:
    editor = boxes()

    editor.click((100, 50))
    assert editor.status == "Box with one corner: click on the opposite one · Escape takes it back"
    assert editor.rects == []
    editor.click((250, 170))

    assert editor.rects == [(100, 50, 150, 120)]
    editor.click((300, 200))
    editor.click((400, 300))
    assert editor.rects[1] == (300, 200, 100, 100), "the next begins at once"


def test_the_box_of_two_clicks_is_seen_between_them(boxes: Editor) -> None:
    editor = boxes("labels='[\"car\"]' label-colors='[\"#ff00ff\"]'")
    editor.click((100, 50))
    editor.page.mouse.move(*editor.screen((250, 170)))
    surface = editor.tool("tool.shadowRoot.querySelector('.surface').getBoundingClientRect().toJSON()")
    x, y = editor.screen((160, 50))

    editor.page.wait_for_function(
        """([x, y]) => {
          const context = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.front').getContext('2d');
          const [red, green, blue] = context.getImageData(x, y, 1, 1).data;
          return red > 200 && green < 60 && blue > 200;
        }""",
        # Its line lies along the outside of its edge.
        arg=[round(x - surface["x"]), int(y - surface["y"]) - 1],
    )


@pytest.mark.parametrize("key", ["Escape", "Backspace", "Control+z", "v"])
def test_a_first_click_is_taken_back(boxes: Editor, key: str) -> None:
    editor = boxes()
    editor.click((100, 50))

    editor.press(key, "d")

    assert editor.tool("tool.stage.work.unfinished === undefined && tool.stage.work.preview === undefined")
    assert editor.rects == []


def test_one_click_keeps_nobody_from_submitting(boxes: Editor, answer: Callable[[Page], Any]) -> None:
    editor = boxes(ONE_CAR)
    editor.click((20, 20))

    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#answers-box")).to_be_visible()
    assert len(answer(editor.page)["boxes"]["boundingBoxes"]) == 1


def test_a_click_on_a_box_selects_it_and_with_shift_begins_another(boxes: Editor) -> None:
    editor = boxes(ONE_CAR)

    editor.click((250, 150))
    assert editor.status.endswith("selected")
    editor.click((20, 20))
    assert editor.status == "1 box · next: car", "beside a selected box, a click lets go of it"
    editor.page.keyboard.down("Shift")
    editor.click((220, 120))
    editor.page.keyboard.up("Shift")
    editor.click((300, 200))

    assert editor.rects == [CAR, (220, 120, 80, 80)]


def test_four_clicks_on_extremes_make_a_box(boxes: Editor) -> None:
    editor = boxes()
    draw = editor.page.locator("crowd-bounding-box #box")
    assert draw.get_attribute("title") == "Draw: a drag, or two clicks on corners (D)"
    editor.press("d")
    assert draw.get_attribute("title") == "Draw: four clicks on extremes (D)"

    for point in ((180, 50), (300, 140)):
        editor.click(point)
    assert editor.status.startswith("Box with 2 of its 4 extremes")
    editor.click((10, 10))
    editor.press("Escape")
    for point in ((100, 120), (200, 170)):
        editor.click(point)

    assert editor.rects == [(100, 50, 200, 120)]
    draw.click()
    assert draw.get_attribute("title") == "Draw: a drag, or two clicks on corners (D)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_between_clicks(
    boxes: Editor, violations: Callable[[Page], list[str]], scheme: str
) -> None:
    editor = boxes(ONE_CAR, color_scheme=scheme, viewport={"width": 390, "height": 844})
    editor.press("d")
    editor.click((20, 20))

    assert violations(editor.page) == []


# Fingers and pens


def fingers_of(editor: Any) -> Fingers:
    return Fingers(editor.page, editor.screen)


def test_five_quick_strokes_of_a_finger_make_five_boxes(boxes: Editor) -> None:
    editor = boxes(has_touch=True)
    fingers = fingers_of(editor)

    starts = [(40, 40), (60, 60), (170, 60), (260, 200), (270, 120)]
    for x, y in starts:
        fingers.stroke((x, y), (x + 40, y + 30), (x + 90, y + 80))

    assert editor.rects == [(x, y, 90, 80) for x, y in starts]


def test_two_taps_make_a_box(boxes: Editor) -> None:
    editor = boxes(has_touch=True, viewport={"width": 390, "height": 844})

    editor.page.touchscreen.tap(*editor.screen((100, 50)))
    editor.page.touchscreen.tap(*editor.screen((400, 350)))

    assert editor.rects == [
        (
            pytest.approx(100, abs=2),
            pytest.approx(50, abs=2),
            pytest.approx(300, abs=3),
            pytest.approx(300, abs=3),
        )
    ]


def test_a_shaky_tap_selects_and_draws_nothing(boxes: Editor) -> None:
    editor = boxes(ONE_CAR, has_touch=True)

    fingers_of(editor).stroke((250, 150), (254, 154))

    assert editor.rects == [CAR]
    assert editor.status.endswith("selected")


def test_a_second_finger_turns_a_stroke_into_moving_the_picture(boxes: Editor) -> None:
    editor = boxes(ONE_CAR, has_touch=True)
    before = editor.shown
    fingers = fingers_of(editor)

    fingers.touch("touchStart", (20, 20))
    fingers.touch("touchMove", (120, 120))
    fingers.touch("touchStart", (120, 120), (220, 120))
    fingers.touch("touchMove", (130, 150), (230, 150))
    fingers.touch("touchEnd")

    assert editor.rects == [CAR]
    assert editor.shown != before
    assert editor.tool("tool.stage.work.preview === undefined")
    editor.press("f")
    fingers.stroke((20, 20), (60, 50), (80, 80))
    assert editor.rects == [CAR, (20, 20, 60, 60)]


def test_two_fingers_stretch_the_picture(boxes: Editor) -> None:
    editor = boxes(has_touch=True)
    fitted = editor.shown
    fingers = fingers_of(editor)
    screen = editor.screen((300, 200))
    fingers.screen = lambda point: (screen[0] + point[0], screen[1] + point[1])

    fingers.touch("touchStart", (-40, 0), (40, 0))
    for apart in (50, 60, 70, 80):
        fingers.touch("touchMove", (-apart, 0), (apart, 0))
    fingers.touch("touchEnd")

    assert editor.shown["width"] == pytest.approx(fitted["width"] * 2, rel=0.02)
    assert editor.rects == []


def test_a_pen_draws_and_the_hand_below_it_does_not(boxes: Editor) -> None:
    editor = boxes(has_touch=True)
    fingers = fingers_of(editor)
    before = editor.shown

    fingers.touch("touchStart", (500, 350))
    fingers.pen("mousePressed", (100, 50))
    fingers.pen("mouseMoved", (200, 120))
    fingers.touch("touchMove", (520, 380))
    fingers.pen("mouseMoved", (250, 170))
    fingers.touch("touchEnd")
    fingers.pen("mouseReleased", (250, 170))

    assert editor.rects == [(100, 50, 150, 120)]
    assert editor.shown == before


def test_right_after_a_pen_a_finger_moves_the_picture_only(boxes: Editor) -> None:
    editor = boxes(has_touch=True)
    fingers = fingers_of(editor)
    # However slow the machine is: the pen was there when the finger comes.
    editor.page.evaluate(
        "document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.surface')"
        ".addEventListener('pointerdown', (event) => Object.defineProperty(event, 'timeStamp', {value: 1000}), {capture: true})"
    )
    editor.page.evaluate(
        "for (const type of ['pointermove', 'pointerup']) document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.surface')"
        ".addEventListener(type, (event) => Object.defineProperty(event, 'timeStamp', {value: 1000}), {capture: true})"
    )
    fingers.pen_stroke((100, 50), (250, 170))
    before = editor.shown

    fingers.stroke((300, 200), (340, 230), (400, 260))

    assert editor.rects == [(100, 50, 150, 120)]
    assert editor.shown["x"] > before["x"]
