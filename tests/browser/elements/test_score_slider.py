"""The slider that shows shapes from a score on, and what becomes of those that it hides."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import Boxes

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]


def box(place: int, label: str, score: float | None) -> dict[str, Any]:
    shape = {"label": label, "left": 20 + 60 * place, "top": 40, "width": 40, "height": 40}
    return shape if score is None else {**shape, "score": score}


GIVEN = [
    box(0, "car", 0.2),
    box(1, "car", 0.4),
    box(2, "person", 0.3),
    box(3, "person", 0.9),
    box(4, "car", None),
]


def given(*boxes: Any) -> str:
    return f"""labels='["car", "person"]' initial-value='{json.dumps(list(boxes or GIVEN))}'"""


class Slider:
    """The slider of a tool, and what stands beside it."""

    def __init__(self, editor: Boxes) -> None:
        self.editor = editor
        self.pane = editor.page.get_by_role("region", name="Scores")
        self.slider = self.pane.get_by_role("slider", name="Show from this score")

    def press(self, *keys: str) -> None:
        self.editor.press(*keys)

    @property
    def words(self) -> str:
        return self.pane.locator("p").inner_text()

    @property
    def value(self) -> str:
        return self.pane.locator(".from b").inner_text()

    def label(self, name: str) -> None:
        self.pane.get_by_role("combobox").select_option(label=name)


@pytest.fixture
def slider(boxes: Editor) -> Callable[..., Slider]:
    def open_slider(attributes: str = "", **options: Any) -> Slider:
        return Slider(boxes(attributes or given(), **options))

    return open_slider


def test_it_stays_in_its_place_while_more_is_said(slider: Callable[..., Slider]) -> None:
    task = slider()
    before = task.slider.bounding_box()

    task.slider.fill("0.5")

    expect(task.pane.get_by_role("button", name="Delete the")).to_be_visible()
    assert task.slider.bounding_box() == before


def test_s_leads_to_it_and_arrow_and_page_keys_move_it(slider: Callable[..., Slider]) -> None:
    task = slider()
    task.press("s")
    expect(task.slider).to_be_focused()

    task.press("PageUp", "PageUp", "PageUp", "ArrowRight", "ArrowUp", "ArrowLeft")
    assert task.value == "0.31"
    assert task.words == "3 of 5 shown, 2 hidden. Hidden ones stay in the answer."

    task.press("PageDown")
    assert task.value == "0.21"
    task.press("Escape")
    expect(task.editor.page.locator(".surface")).to_be_focused()


def test_hidden_ones_stay_in_the_answer_and_can_be_neither_seen_nor_selected(
    slider: Callable[..., Slider],
) -> None:
    task = slider()
    task.press("v")
    before = task.editor.value
    task.slider.fill("0.35")

    assert task.editor.value == before
    assert "5 boxes, 2 hidden" in task.editor.status
    task.editor.click((40, 60))
    assert "selected" not in task.editor.status
    task.editor.click((100, 60))
    assert "car 40%" in task.editor.status
    assert "5 boxes, 2 hidden" in task.editor.status


def test_the_hidden_are_deleted_in_one_step_that_undo_takes_back(slider: Callable[..., Slider]) -> None:
    task = slider()
    before = task.editor.value
    task.slider.fill("0.35")

    task.pane.get_by_role("button", name="Delete the 2 hidden").click()

    assert len(task.editor.rects) == 3
    assert task.editor.value["initialValueModified"] is True
    assert task.words == "2 boxes deleted. Undo brings them back."
    expect(task.pane.locator("[aria-live=polite]")).to_have_text(task.words)
    expect(task.editor.page.locator(".surface")).to_be_focused()
    task.press("Control+z")
    assert task.editor.value == before
    assert task.words.startswith("3 of 5 shown, 2 hidden.")


def test_the_locked_among_the_hidden_stay(slider: Callable[..., Slider]) -> None:
    task = slider()
    task.press("v")
    task.editor.click((40, 60))
    task.press("u")
    task.slider.fill("0.35")

    task.pane.get_by_role("button", name="Delete the 1 hidden").click()

    assert [20, 80, 200, 260] == [left for left, *_ in task.editor.rects]
    assert task.words.startswith("3 of 4 shown, 1 hidden.")
    expect(task.pane.get_by_role("button", name="Delete")).to_have_count(0)


def test_a_label_can_have_a_value_of_its_own(slider: Callable[..., Slider]) -> None:
    task = slider()
    task.label("person")
    task.slider.fill("0.95")
    assert task.words.startswith("3 of 5 shown, 2 hidden.")

    task.label("all labels")
    assert task.value == "0.00"
    task.slider.fill("0.30")
    assert task.words.startswith("2 of 5 shown, 3 hidden.")
    task.label("person (0.95)")
    assert task.value == "0.95"


def test_a_box_that_is_drawn_or_given_another_label_is_always_shown(slider: Callable[..., Slider]) -> None:
    task = slider()
    task.editor.click((40, 60))
    task.press("2", "Escape")

    task.slider.fill("1")

    assert task.words.startswith("2 of 5 shown, 3 hidden.")


def test_the_form_does_not_hear_of_it(slider: Callable[..., Slider]) -> None:
    task = slider()
    task.editor.page.evaluate(
        "() => { window.heard = []; for (const kind of ['input', 'change']) document.addEventListener(kind, () => heard.push(kind)); }"
    )

    task.slider.fill("0.5")
    task.press("s", "ArrowRight", "PageUp")
    task.label("car")

    assert task.editor.page.evaluate("heard") == []


@pytest.mark.parametrize(
    "boxes_given",
    [[box(0, "car", None)], [box(0, "car", 0.5), box(1, "car", 0.5), box(2, "car", None)]],
    ids=["none", "one score"],
)
def test_without_two_scores_there_is_nothing_to_tell_apart(
    slider: Callable[..., Slider], boxes_given: Any
) -> None:
    task = slider(given(*boxes_given))

    expect(task.pane).to_have_count(0)
    task.press("s")
    assert len(task.editor.rects) == len(boxes_given)


def test_what_it_hides_is_not_asked_for_when_boxes_are_checked_one_by_one(
    slider: Callable[..., Slider],
) -> None:
    task = slider(checks=True)
    bar = task.editor.page.locator(".verify")
    expect(bar).to_contain_text("0 of 5 checked")
    assert "car 20%" in task.editor.status

    task.press("s", *["PageUp"] * 3, "ArrowRight", "Enter")

    expect(bar).to_contain_text("0 of 3 checked")
    assert "car 40%" in task.editor.status
    task.press("Space", "Space", "Space")
    expect(bar).to_contain_text("Anything missing?")


def test_submit_takes_what_is_hidden_along(
    slider: Callable[..., Slider], answer: Callable[[Page], Any]
) -> None:
    task = slider()
    task.slider.fill("0.5")

    task.editor.page.get_by_role("button", name="Submit").click()

    expect(task.editor.page.locator("#answers-box")).to_be_visible()
    assert len(answer(task.editor.page)["boxes"]["boundingBoxes"]) == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (720, 450)], ids=["desk", "phone", "200 %"])
def test_axe_finds_nothing(
    slider: Callable[..., Slider],
    violations: Callable[[Page], list[str]],
    scheme: str,
    size: tuple[int, int],
) -> None:
    task = slider(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    task.slider.fill("0.35")

    assert violations(task.editor.page) == []
