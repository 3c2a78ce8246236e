"""The list of objects below the labels of tools for shapes: finding, selecting, locking and hiding them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

BY = "\N{MULTIPLICATION SIGN}"
LABELS = ["car", "person", "truck"]


def attributes(count: int) -> str:
    """Boxes in rows of ten; every other one has a score."""
    boxes = [
        {
            "label": LABELS[number % 3],
            "left": number % 10 * 60,
            "top": number // 10 % 8 * 50,
            "width": 40,
            "height": 30,
            **({"score": (number % 10) / 10} if number % 2 else {}),
        }
        for number in range(count)
    ]
    return f"labels='{json.dumps(LABELS)}' initial-value='{json.dumps(boxes)}'"


class Rows:
    """The list of an editor's page."""

    def __init__(self, page: Page, tool: str = "crowd-bounding-box") -> None:
        self.page = page
        self.section = page.locator(f"{tool} .objects")
        self.rows = self.section.locator(".object")
        self.picks = self.section.locator(".pick")

    @property
    def texts(self) -> list[str]:
        return [
            " ".join(row.split())
            for row in self.picks.evaluate_all("(rows) => rows.map((row) => row.textContent)")
        ]

    @property
    def selected(self) -> list[str]:
        pressed = self.section.locator(".pick[aria-pressed=true]")
        return pressed.evaluate_all("(rows) => rows.map((row) => row.title)")

    @property
    def focused(self) -> str | None:
        return self.page.evaluate(
            "document.querySelector('crowd-bounding-box').shadowRoot.activeElement?.closest('.pick')?.title"
        )

    def press_on_row(self, name: str) -> None:
        """A button of a row, which the row offers to a pointer that is over it."""
        button = self.section.get_by_role("button", name=name)
        button.locator("xpath=..").hover()
        button.click()

    def search(self, query: str) -> None:
        self.section.get_by_role("searchbox").fill(query)
        self.page.evaluate("new Promise(requestAnimationFrame)")


def test_every_shape_has_a_row_in_the_order_of_the_answer(boxes: Editor) -> None:
    editor = boxes(attributes(3))
    rows = Rows(editor.page)

    expect(rows.picks).to_have_count(3)
    assert rows.texts == [
        f"1 car 40 {BY} 30 at 0, 0",
        f"2 person 10% 40 {BY} 30 at 60, 0",
        f"3 truck 40 {BY} 30 at 120, 0",
    ]
    editor.drag((300, 200), (400, 300))

    expect(rows.picks).to_have_count(4)
    assert rows.texts[-1] == f"4 car 100 {BY} 100 at 300, 200"
    assert rows.selected == ["4: car"]


def test_a_click_on_a_row_selects_and_leaves_the_keyboard_with_the_picture(boxes: Editor) -> None:
    editor = boxes(attributes(5))
    rows = Rows(editor.page)

    rows.picks.nth(1).click()
    assert editor.status.startswith("Box 2 of 5, person")
    editor.press("ArrowRight")
    assert editor.rects[1][0] == 61

    rows.picks.nth(3).click(modifiers=["Shift"])
    expect(rows.section.locator(".pick[aria-pressed=true]")).to_have_count(3)
    rows.picks.nth(2).click(modifiers=["ControlOrMeta"])
    expect(rows.section.locator(".pick[aria-pressed=true]")).to_have_count(2)
    assert rows.selected == ["2: person", "4: car"]
    editor.press("Delete")
    expect(rows.picks).to_have_count(3)
    editor.press("Control+z")
    expect(rows.picks).to_have_count(5)


def test_a_row_brings_its_shape_into_view(boxes: Editor) -> None:
    editor = boxes(attributes(80))
    rows = Rows(editor.page)
    editor.page.mouse.move(*editor.screen((10, 10)))
    editor.page.mouse.wheel(0, -1500)
    before = editor.shown

    rows.search("#80")
    rows.picks.first.click()

    shown = editor.shown
    stage = editor.page.locator("crowd-bounding-box .surface").bounding_box()
    x, y = editor.screen((560, 365))
    assert shown != before
    assert stage["x"] < x < stage["x"] + stage["width"]
    assert stage["y"] < y < stage["y"] + stage["height"]


def test_the_search_finds_labels_numbers_and_scores(boxes: Editor) -> None:
    editor = boxes(attributes(20))
    rows = Rows(editor.page)

    for query, found in [
        ("tru", ["3", "6", "9", "12", "15", "18"]),
        ("#7", ["7"]),
        ("<0.2", ["2", "12"]),
        ("person 50%-100%", ["8", "20"]),
        ("bus", []),
    ]:
        rows.search(query)
        assert [text.split()[0] for text in rows.texts] == found, query
    expect(rows.section).to_contain_text("No box matches “bus”.")
    assert editor.value.get("initialValueModified") is False


def test_by_doubt_the_least_sure_come_first(boxes: Editor) -> None:
    editor = boxes(attributes(6))
    rows = Rows(editor.page)

    button = rows.section.get_by_role("button", name="The least sure first")
    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    assert [text.split()[0] for text in rows.texts] == ["2", "4", "6", "1", "3", "5"]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert rows.texts[0].startswith("1 ")


def test_keys_search_walk_select_and_delete(boxes: Editor) -> None:
    editor = boxes(attributes(20))
    rows = Rows(editor.page)

    editor.press("o")
    expect(rows.section.get_by_role("searchbox")).to_be_focused()
    editor.page.keyboard.type("person")
    editor.press("ArrowDown")
    assert rows.focused == "2: person"
    editor.press("ArrowDown", "ArrowDown", "ArrowUp")
    assert rows.focused == "5: person"
    editor.press("Delete")
    assert len(editor.rects) == 19
    assert rows.focused == "7: person"
    editor.press("Enter")
    assert editor.status.startswith("Box 7 of 19, person")
    editor.press("ArrowDown")
    assert editor.rects[6][1] == 1

    editor.press("o", "Escape", "Control+z", "Control+z")
    assert len(editor.rects) == 20


def test_o_leads_to_a_search_in_a_short_list_too_so_that_nothing_typed_lands_on_the_shapes(
    boxes: Editor,
) -> None:
    editor = boxes(attributes(4))
    rows = Rows(editor.page)
    search = rows.section.get_by_role("searchbox")
    expect(rows.picks).to_have_count(4)
    expect(search).to_have_count(0)

    editor.press("o")
    expect(search).to_be_focused()
    editor.page.keyboard.type("<20%")
    editor.press("ArrowDown", "Enter")
    assert editor.status.startswith("Box 2 of 4, person 10%")
    expect(search).to_have_value("<20%")
    editor.press("o", "Escape")
    expect(search).to_have_count(0)
    expect(rows.picks).to_have_count(4)

    editor.press("o")
    editor.click((300, 250))
    expect(search).to_have_count(0)
    assert editor.value["initialValueModified"] is False


def test_a_shape_just_drawn_comes_into_sight(boxes: Editor) -> None:
    editor = boxes(attributes(40))
    rows = Rows(editor.page)
    expect(rows.picks.first).to_be_in_viewport()

    editor.drag((300, 350), (340, 380))

    expect(rows.section.get_by_title("41: car", exact=True)).to_be_in_viewport(ratio=0.9)


def test_enter_in_the_search_selects_the_first_row_found(boxes: Editor) -> None:
    editor = boxes(attributes(20))

    editor.press("o")
    editor.page.keyboard.type("12")
    editor.press("Enter")

    assert editor.status.startswith("Box 12 of 20")
    editor.press("Delete")
    assert len(editor.rects) == 19


def test_home_and_end_lead_through_rows_that_are_not_there_yet(boxes: Editor) -> None:
    editor = boxes(attributes(500))
    rows = Rows(editor.page)

    editor.press("o", "ArrowDown", "End")
    assert rows.focused == "500: person"
    editor.press("Home", "PageDown", "Home", "ArrowDown")
    assert rows.focused == "2: person"


def test_a_locked_shape_is_changed_only_after_it_is_unlocked(boxes: Editor) -> None:
    editor = boxes(attributes(3))
    rows = Rows(editor.page)
    editor.press("v")
    before = editor.value

    rows.press_on_row("Lock 2: person")
    editor.click((80, 15))
    assert editor.status.startswith("3 boxes")
    rows.picks.nth(1).click()
    assert editor.status == f"Box 2 of 3, person 10%, 40 {BY} 30 at 60, 0, locked, selected"
    editor.press("ArrowRight", "3", "Delete")
    editor.drag((100, 15), (110, 15))
    assert editor.value["boundingBoxes"][:3] == before["boundingBoxes"]

    rows.picks.nth(1).click()
    editor.press("u", "ArrowRight")
    assert editor.rects[1] == (61, 0, 40, 30)


def test_single_shapes_are_hidden_and_shown_again_with_everything(boxes: Editor) -> None:
    editor = boxes(attributes(3))
    rows = Rows(editor.page)
    editor.press("v")

    editor.click((80, 15))
    editor.press("Shift+H")
    assert editor.status == "3 boxes, 1 hidden · next: car"
    editor.click((80, 15))
    assert "selected" not in editor.status
    hide = rows.section.get_by_role("button", name="Hide 2: person")
    expect(hide).to_have_attribute("aria-pressed", "true")
    assert editor.value["initialValueModified"] is False

    editor.press("h")
    expect(hide).to_have_attribute("aria-pressed", "false")
    rows.press_on_row("Hide 2: person")
    expect(hide).to_have_attribute("aria-pressed", "true")
    rows.picks.nth(1).click()
    expect(hide).to_have_attribute("aria-pressed", "false")
    assert editor.status.startswith("Box 2 of 3")


def test_locks_and_hidden_shapes_come_back_with_a_draft(boxes: Editor) -> None:
    editor = boxes(attributes(3))
    rows = Rows(editor.page)
    rows.picks.nth(2).click()
    editor.press("u")
    rows.picks.nth(0).click()
    editor.press("Shift+H")

    saved = editor.tool("tool.saveState()")
    editor.tool("tool.reset()")
    expect(rows.section.get_by_role("button", name="Lock 3: truck")).to_have_attribute(
        "aria-pressed", "false"
    )
    editor.page.evaluate("(saved) => document.querySelector('crowd-bounding-box').restoreState(saved)", saved)

    expect(rows.section.get_by_role("button", name="Lock 3: truck")).to_have_attribute("aria-pressed", "true")
    expect(rows.section.get_by_role("button", name="Hide 1: car")).to_have_attribute("aria-pressed", "true")
    assert editor.status.startswith("3 boxes, 1 hidden")


def test_thousands_of_shapes_have_a_window_of_rows(boxes: Editor) -> None:
    editor = boxes(attributes(5000))
    rows = Rows(editor.page)

    count = rows.rows.count()
    assert 10 < count < 60
    assert rows.rows.first.get_attribute("aria-setsize") == "5000"
    rows.section.locator(".object-rows").evaluate("(scroller) => (scroller.scrollTop = 90_000)")
    row = rows.section.locator(".object[aria-posinset='2510']")
    expect(row).to_be_visible()
    expect(row).to_contain_text("2510")
    assert rows.rows.count() < 60


def test_hovering_a_row_draws_no_row_anew(boxes: Editor) -> None:
    editor = boxes(attributes(40))
    rows = Rows(editor.page)
    editor.page.evaluate(
        """() => {
          window.changes = [];
          const root = document.querySelector('crowd-bounding-box').shadowRoot;
          new MutationObserver((all) => window.changes.push(...all.map(({type, target}) => `${type}: ${(target.parentElement ?? target).outerHTML}`)))
            .observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
        }"""
    )
    front = editor.page.locator("crowd-bounding-box canvas.front")
    plain = front.evaluate("(canvas) => canvas.toDataURL()")

    for at in range(4):
        rows.picks.nth(at).hover()
    editor.page.wait_for_function(
        "(plain) => document.querySelector('crowd-bounding-box').shadowRoot.querySelector('canvas.front').toDataURL() !== plain",
        arg=plain,
    )

    changed = editor.page.evaluate("window.changes")
    assert changed == []


def test_the_list_is_open_on_large_screens_and_closed_on_small_ones(boxes: Editor) -> None:
    large = boxes(attributes(3), viewport={"width": 1280, "height": 800})
    expect(Rows(large.page).section.get_by_role("button", name="Boxes")).to_have_attribute(
        "aria-expanded", "true"
    )

    small = boxes(attributes(3), viewport={"width": 390, "height": 800})
    rows = Rows(small.page)
    opens = rows.section.get_by_role("button", name="Boxes")
    expect(opens).to_have_attribute("aria-expanded", "false")
    before = small.shown
    opens.click()
    expect(rows.picks).to_have_count(3)
    assert small.shown == before, "the picture was pushed away"
    rows.picks.nth(1).click()
    expect(opens).to_have_attribute("aria-expanded", "false")
    assert small.status.startswith("Box 2 of 3")


def test_the_list_is_remembered(boxes: Editor) -> None:
    editor = boxes(attributes(3))
    rows = Rows(editor.page)
    opens = rows.section.get_by_role("button", name="Boxes")
    opens.click()
    expect(opens).to_have_attribute("aria-expanded", "false")

    editor.page.evaluate(
        """() => {
          const first = document.querySelector('crowd-bounding-box');
          const second = document.createElement('crowd-bounding-box');
          for (const name of ['src', 'labels', 'initial-value']) second.setAttribute(name, first.getAttribute(name));
          second.setAttribute('name', 'second');
          first.after(second);
        }"""
    )

    second = editor.page.locator("crowd-bounding-box[name=second] .opens")
    expect(second).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(
    ("tool", "initial"),
    [
        ("crowd-polygon", [{"label": "car", "vertices": [{"x": 9, "y": 9}, {"x": 90, "y": 9}, {"x": 9, "y": 60}]}]),
        ("crowd-polyline", [{"label": "car", "vertices": [{"x": 9, "y": 9}, {"x": 90, "y": 9}]}]),
        ("crowd-line", [{"label": "car", "vertices": [{"x": 9, "y": 9}, {"x": 90, "y": 9}]}]),
        ("crowd-keypoint", [{"label": "car", "x": 9, "y": 9}]),
    ],
)  # fmt: skip
def test_every_tool_for_shapes_has_the_list(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], tool: str, initial: list[Any]
) -> None:
    page = open_page(
        f"""<crowd-form><{tool} name="it" src="/picture.png" header="Mark" labels='["car"]' initial-value='{json.dumps(initial)}'></{tool}></crowd-form>"""
    )
    rows = Rows(page, tool)

    expect(rows.picks).to_have_count(1)
    rows.picks.first.click()

    expect(page.locator(f"{tool} [role=status]")).to_contain_text("1 of 1, car")
    assert violations(page) == []


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"viewport": {"width": 390, "height": 800}},
        {"viewport": {"width": 640, "height": 400}},
    ],
    ids=["light", "dark", "forced-colors", "narrow", "zoomed"],
)
def test_axe_finds_nothing(
    boxes: Editor, violations: Callable[[Page], list[str]], options: dict[str, Any]
) -> None:
    editor = boxes(attributes(30), **options)
    rows = Rows(editor.page)
    editor.press("o", "ArrowDown", "Shift+ArrowDown", "u")

    expect(rows.section.locator(".pick[aria-pressed=true]")).to_have_count(2)
    assert violations(editor.page) == []
