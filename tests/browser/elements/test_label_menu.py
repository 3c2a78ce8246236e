"""The menu of labels at the pointer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.conftest import Boxes

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Tool = Callable[..., Boxes]

GIVEN = """labels='["car", "person", "police car", "scar", "Éclair"]' initial-value='[
    {"label": "car", "left": 50, "top": 50, "width": 100, "height": 100},
    {"label": "person", "left": 300, "top": 50, "width": 100, "height": 100}]'"""


def field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def rows(page: Page) -> list[str]:
    return page.locator(".label-menu li .name").all_inner_texts()


def is_closed(worker: Boxes) -> None:
    expect(field(worker.page)).to_have_count(0)
    assert worker.tool("tool.shadowRoot.activeElement?.className") == "surface"


def test_the_key_opens_it_at_the_pointer_for_what_is_under_it(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    x, y = worker.screen((100, 100))
    worker.page.mouse.move(x, y)

    worker.press("l")

    menu = worker.page.locator(".label-menu").bounding_box()
    assert menu is not None
    assert (menu["x"], menu["y"]) == pytest.approx((x, y), abs=1)
    expect(field(worker.page)).to_be_focused()
    expect(field(worker.page)).to_have_attribute("aria-label", "Label of the box")

    worker.page.keyboard.type("pers")
    worker.press("Enter")

    assert worker.labels == ["person", "person"]
    is_closed(worker)
    worker.press("Control+z")
    assert worker.labels == ["car", "person"]


def test_a_right_click_on_a_shape_is_for_that_one_whatever_is_selected(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.press("Tab")
    x, y = worker.screen((350, 100))

    worker.page.mouse.click(x, y, button="right")
    worker.page.keyboard.type("scar")
    worker.press("Enter")

    assert worker.labels == ["car", "scar"]


def test_beside_shapes_it_is_for_what_is_drawn_next(boxes: Tool) -> None:
    worker = boxes(GIVEN)

    worker.page.mouse.click(*worker.screen((500, 300)), button="right")
    expect(field(worker.page)).to_have_attribute("aria-label", "Label of the next box")
    worker.page.keyboard.type("scar")
    worker.press("Enter")
    worker.drag((450, 250), (550, 350))

    assert worker.labels == ["car", "person", "scar"]


def test_what_was_just_drawn_gets_the_label(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.drag((450, 250), (550, 350))

    worker.press("l")
    worker.page.keyboard.type("pol")
    worker.press("Enter")

    assert worker.labels == ["car", "person", "police car"]


def test_with_the_keyboard_alone_it_opens_at_the_selected_shape(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.press("Tab")
    left, bottom = worker.screen((50, 150))

    worker.press("l")

    menu = worker.page.locator(".label-menu").bounding_box()
    assert menu is not None
    assert (menu["x"], menu["y"]) == pytest.approx((left, bottom), abs=1)


def test_names_that_begin_so_come_first_then_words_that_do(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.press("l")

    worker.page.keyboard.type("CAR")
    assert rows(worker.page) == ["car", "police car", "scar"]

    field(worker.page).fill("ecl")
    assert rows(worker.page) == ["Éclair"]

    field(worker.page).fill("nothing")
    assert rows(worker.page) == []
    expect(worker.page.locator(".label-menu [role=status]")).to_have_text("No label contains “nothing”.")
    worker.press("Enter")
    assert worker.labels == ["car", "person"]


def test_arrows_go_round_and_enter_chooses_the_row(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.press("l")
    active = worker.page.locator(".label-menu [aria-selected=true]")

    worker.press("ArrowDown", "ArrowDown")
    expect(active).to_have_id(field(worker.page).get_attribute("aria-activedescendant") or "")
    third = active.locator(".name").inner_text()
    worker.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(active.locator(".name")).to_have_text(rows(worker.page)[0])
    worker.press("ArrowUp", "ArrowUp", "ArrowUp", "Enter")
    worker.drag((450, 250), (550, 350))

    assert worker.labels[-1] == third


def test_a_click_on_a_row_chooses_it(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.page.mouse.click(*worker.screen((100, 100)), button="right")

    worker.page.locator(".label-menu li", has_text="scar").click()

    assert worker.labels == ["scar", "person"]
    is_closed(worker)


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_it_closes_without_a_choice_and_gives_the_focus_back(boxes: Tool, key: str) -> None:
    worker = boxes(GIVEN)
    worker.press("l")
    worker.page.keyboard.type("per")

    worker.press(key)

    is_closed(worker)
    assert worker.labels == ["car", "person"]


def test_a_click_elsewhere_closes_it_and_draws_nothing(open_page: Open) -> None:
    page = open_page(
        """<crowd-form><crowd-keypoint id="it" name="it" src="/picture.png" labels="['eye', 'ear']"></crowd-keypoint></crowd-form>"""
    )
    page.wait_for_function("document.querySelector('#it').value.inputImageProperties.width > 0")
    surface = page.locator("#it .surface")
    surface.click(button="right", position={"x": 300, "y": 200})
    expect(field(page)).to_be_focused()

    surface.click(position={"x": 200, "y": 500})

    expect(field(page)).to_have_count(0)
    assert page.evaluate("document.querySelector('#it').value.keypoints") == []
    surface.click(position={"x": 250, "y": 200})
    assert len(page.evaluate("document.querySelector('#it').value.keypoints")) == 1


def test_a_click_on_a_button_closes_it_and_does_what_the_button_does(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.press("l")

    worker.page.get_by_role("button", name="Keyboard shortcuts").click()

    expect(field(worker.page)).to_have_count(0)
    expect(worker.page.locator("dialog.help")).to_be_visible()


def test_a_right_click_elsewhere_opens_it_there(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.page.mouse.click(*worker.screen((100, 200)), button="right")

    x, y = worker.screen((30, 30))
    worker.page.mouse.click(x, y, button="right")

    menu = worker.page.locator(".label-menu").bounding_box()
    assert menu is not None
    assert (menu["x"], menu["y"]) == pytest.approx((x, y), abs=1)


def test_it_stays_within_the_window(boxes: Tool) -> None:
    worker = boxes(f"labels='{json.dumps([f'kind {number}' for number in range(60)])}'")

    worker.page.mouse.click(*worker.screen((595, 395)), button="right")

    menu = worker.page.locator(".label-menu").bounding_box()
    assert menu is not None
    assert menu["x"] >= 0
    assert menu["y"] >= 0
    assert menu["x"] + menu["width"] <= 1280
    assert menu["y"] + menu["height"] <= 800


def test_a_template_with_a_menu_of_its_own_keeps_it(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.page.evaluate("document.addEventListener('contextmenu', (event) => event.preventDefault())")

    worker.page.mouse.click(*worker.screen((100, 100)), button="right")
    worker.press("l")
    expect(field(worker.page)).to_have_count(1)
    worker.press("Escape")

    worker.page.mouse.click(*worker.screen((100, 100)), button="right")
    expect(field(worker.page)).to_have_count(0)


def test_what_is_typed_there_is_no_input_of_the_task(boxes: Tool) -> None:
    worker = boxes(GIVEN)
    worker.page.evaluate("window.inputs = 0; document.addEventListener('input', () => window.inputs += 1)")

    worker.press("l")
    worker.page.keyboard.type("dvx1")

    assert worker.page.evaluate("window.inputs") == 0
    expect(field(worker.page)).to_have_value("dvx1")
    assert worker.labels == ["car", "person"]


def test_ten_thousand_labels_are_searched_and_few_are_drawn(boxes: Tool) -> None:
    names = [f"species {number}" for number in range(10_000)]
    worker = boxes(f"labels='{json.dumps(names)}'")

    worker.press("l")
    expect(worker.page.locator(".label-menu li")).to_have_count(50)
    expect(worker.page.locator(".label-menu [role=status]")).to_have_text("9,950 more: type to find them.")
    worker.page.keyboard.type("9876")
    worker.press("Enter")
    worker.drag((100, 100), (200, 200))

    assert worker.labels == ["species 9876"]


def test_labels_of_the_picture_and_of_this_visit_come_first(boxes: Tool) -> None:
    names = json.dumps([f"kind {number}" for number in range(1, 31)])
    box = json.dumps([{"label": "kind 20", "left": 50, "top": 50, "width": 100, "height": 100}])
    worker = boxes(f"labels='{names}' initial-value='{box}'")
    worker.press("5", "7")

    worker.press("l")

    assert rows(worker.page)[:5] == ["kind 7", "kind 5", "kind 20", "kind 1", "kind 2"]
    assert worker.page.locator(".label-menu li .key").first.inner_text() == "7"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_used_by_everybody(
    boxes: Tool, violations: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    worker = boxes(GIVEN, viewport={"width": width, "height": 800}, color_scheme=scheme)

    worker.press("l")
    expect(field(worker.page)).to_be_focused()

    assert violations(worker.page) == []


def test_on_a_phone_it_is_a_sheet(boxes: Tool) -> None:
    worker = boxes(GIVEN, viewport={"width": 390, "height": 800})

    worker.page.mouse.click(*worker.screen((100, 100)), button="right")

    menu = worker.page.locator(".label-menu").bounding_box()
    assert menu is not None
    assert (menu["x"], menu["width"], menu["y"] + menu["height"]) == (0, 390, 800)


class Finger:
    """A finger on the picture of a worker."""

    def __init__(self, worker: Boxes) -> None:
        self.worker = worker
        self.session = worker.page.context.new_cdp_session(worker.page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [
            dict(zip(("x", "y", "id"), (*self.worker.screen(point), index), strict=True))
            for index, point in enumerate(points)
        ]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_finger_that_rests_opens_it_and_draws_nothing(boxes: Tool) -> None:
    worker = boxes(GIVEN, has_touch=True)
    finger = Finger(worker)

    finger.send("touchStart", (100, 100))
    expect(field(worker.page)).to_have_count(1)
    finger.send("touchMove", (160, 160))
    finger.send("touchEnd")

    # The keyboard of the screen would cover half of it.
    expect(field(worker.page)).not_to_be_focused()
    worker.page.locator(".label-menu li", has_text="scar").tap()
    assert worker.rects[0] == (50, 50, 100, 100)
    assert worker.labels == ["scar", "person"]


def test_a_finger_that_moves_draws_and_opens_nothing(boxes: Tool) -> None:
    worker = boxes(GIVEN, has_touch=True)
    finger = Finger(worker)

    finger.send("touchStart", (450, 250))
    finger.send("touchMove", (500, 300))
    worker.page.wait_for_timeout(700)
    finger.send("touchMove", (550, 350))
    finger.send("touchEnd")

    expect(field(worker.page)).to_have_count(0)
    assert len(worker.rects) == 3


def test_in_a_text_it_marks_what_is_highlighted_and_relabels_spans(open_page: Open) -> None:
    page = open_page(
        """<crowd-entity-annotation id="it" name="it" text="Ada met Grace" labels="['person', 'verb']"></crowd-entity-annotation>"""
    )
    surface = page.locator("#it .surface")
    surface.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    expect(field(page)).to_have_attribute("aria-label", "Label of what is highlighted")
    page.keyboard.type("verb")
    page.keyboard.press("Enter")
    entities = "document.querySelector('#it').value.entities"
    assert page.evaluate(entities) == [{"endOffset": 3, "label": "verb", "startOffset": 0}]

    page.keyboard.press("Escape")
    page.locator("#it .surface mark, #it .surface [data-spans]").first.click(button="right")
    page.keyboard.type("pers")
    page.keyboard.press("Enter")

    assert page.evaluate(entities) == [{"endOffset": 3, "label": "person", "startOffset": 0}]
    page.keyboard.press("Escape")
    page.locator("#it .surface").click(button="right", position={"x": 300, "y": 200})
    expect(field(page)).to_have_count(0)


@pytest.mark.parametrize("tag", ["crowd-semantic-segmentation", "crowd-instance-segmentation"])
def test_who_paints_chooses_what_the_next_stroke_is(open_page: Open, tag: str) -> None:
    page = open_page(
        f"""<crowd-form><{tag} id="it" name="it" src="/picture.png" labels="['sky', 'sea', 'sand']"></{tag}></crowd-form>"""
    )
    page.wait_for_function("document.querySelector('#it').value.inputImageProperties.width > 0")
    surface = page.locator("#it .surface")
    surface.click(position={"x": 300, "y": 200})
    page.keyboard.press("Escape")

    surface.click(button="right", position={"x": 300, "y": 200})
    page.keyboard.type("sand")
    page.keyboard.press("Enter")
    surface.click(position={"x": 420, "y": 300})

    expect(page.locator("#it .label-list .label-button .count").nth(0)).to_have_text("1")
    expect(page.locator("#it .label-list .label-button .count").nth(2)).to_have_text("1")
