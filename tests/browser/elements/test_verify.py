"""Checking predictions one by one: the mode in which tools for shapes open when a template gives some."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import Boxes, measured

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]

GIVEN = [
    {"label": "car", "left": 20, "top": 20, "width": 120, "height": 90, "score": 0.9},
    {"label": "car", "left": 300, "top": 20, "width": 150, "height": 100, "score": 0.3},
    {"label": "person", "left": 30, "top": 250, "width": 60, "height": 120},
    {"label": "truck", "left": 500, "top": 300, "width": 12, "height": 9, "score": 0.5},
]
"""The least certain is the second, then the fourth, the first, and the third, which has no score."""

LABELS = """labels='["car", "person", "truck"]'"""


def given(*boxes: Any) -> str:
    return f"{LABELS} initial-value='{json.dumps(list(boxes or GIVEN))}'"


class Checker(Boxes):
    """A worker who checks what a model has found."""

    @property
    def bar(self) -> str:
        return " ".join(self.page.locator(".verify").inner_text().split())

    @property
    def at(self) -> str:
        """The selected box, as its label, size and place."""
        return self.status.partition(", ")[2]

    @property
    def scale(self) -> int:
        return int(self.page.locator("button.scale").inner_text().strip().rstrip("%"))


@pytest.fixture
def check(boxes: Editor) -> Callable[..., Checker]:
    def open_checker(attributes: str = "", **options: Any) -> Checker:
        page = boxes(attributes or given(), checks=True, **options).page
        return Checker(page, checks=True)

    return open_checker


def test_the_least_certain_comes_first_and_space_keeps_each(check: Callable[..., Checker]) -> None:
    worker = check()
    before = worker.value
    seen = []
    for checked in range(4):
        expect(worker.page.locator(".verify")).to_contain_text(f"{checked} of 4 checked")
        seen.append(worker.at.partition(",")[0])
        worker.press("Space")

    assert seen == ["car 30%", "truck 50%", "car 90%", "person"]
    assert "Anything missing?" in worker.bar
    assert worker.value == before
    assert worker.value["initialValueModified"] is False


def test_what_is_large_enough_is_looked_at_where_it_is_and_a_small_one_from_near(
    check: Callable[..., Checker],
) -> None:
    worker = check()
    whole = worker.scale
    worker.press("Space")
    near = worker.scale
    shown = worker.shown
    worker.press("Space")

    assert whole < 400 < near <= 1600
    assert shown["x"] < 0, "the small one at the right is in the middle"
    assert worker.scale < near, "the large one is seen as a whole"
    worker.press("Space", "Space")
    assert "Anything missing?" in worker.bar
    assert worker.scale == whole


@pytest.mark.parametrize("key", ["x", "Delete"])
def test_a_wrong_one_is_deleted_and_the_next_one_follows(check: Callable[..., Checker], key: str) -> None:
    worker = check()

    worker.press(key)

    assert worker.at.startswith("truck")
    expect(worker.page.locator(".verify")).to_contain_text("1 of 4 checked")
    assert worker.labels == ["car", "person", "truck"]


def test_undo_goes_back_to_what_was_deleted_or_relabelled(check: Callable[..., Checker]) -> None:
    worker = check()
    worker.press("x", "2", "Enter", "Space")
    assert worker.labels == ["car", "person", "person"]
    assert worker.at.startswith("person, 60")

    worker.press("Control+z")
    assert worker.labels == ["car", "person", "truck"]
    assert worker.at.startswith("truck 50%")
    expect(worker.page.locator(".verify")).to_contain_text("2 of 4 checked")

    worker.press("Control+z")
    assert worker.labels == ["car", "car", "person", "truck"]
    assert worker.at.startswith("car 30%")
    assert worker.value["initialValueModified"] is False
    expect(worker.page.locator(".verify")).to_contain_text("1 of 4 checked")


def test_what_is_done_again_is_looked_at_again(check: Callable[..., Checker]) -> None:
    worker = check()
    worker.press("2", "Enter", "2")
    bar = worker.page.locator(".verify")
    expect(bar).to_contain_text("2 of 4 checked")

    worker.press("Control+z", "Control+z")
    expect(bar).to_contain_text("0 of 4 checked")
    worker.press("Control+y")
    expect(bar).to_contain_text("1 of 4 checked")
    worker.press("Control+y")
    expect(bar).to_contain_text("2 of 4 checked")


def test_a_label_key_changes_the_label_and_stays(check: Callable[..., Checker]) -> None:
    worker = check()

    worker.press("2")

    assert worker.at.startswith("person, 150")
    expect(worker.page.locator(".verify")).to_contain_text("1 of 4 checked")
    worker.press("Enter")
    assert worker.at.startswith("truck")
    expect(worker.page.locator(".verify")).to_contain_text("1 of 4 checked")


def test_a_drag_corrects_it_and_draws_nothing(check: Callable[..., Checker]) -> None:
    worker = check()

    worker.drag((450, 120), (470, 140))
    worker.drag((560, 200), (590, 230))

    assert worker.rects[1] == (300, 20, 170, 120)
    assert len(worker.rects) == 4
    assert "1 of 4 checked" in worker.bar


def test_a_click_goes_to_another_one_and_space_goes_on_to_those_that_are_left(
    check: Callable[..., Checker],
) -> None:
    worker = check()
    worker.press("Escape")
    worker.click((60, 300))
    assert worker.at.startswith("person")

    worker.press("Space")

    assert worker.at.startswith("car 30%")
    assert "1 of 4 checked" in worker.bar


def test_whoever_has_let_go_of_it_sees_it_again_before_it_counts(check: Callable[..., Checker]) -> None:
    worker = check()

    worker.press("Escape", "Space")

    assert worker.at.startswith("car 30%")
    assert "0 of 4 checked" in worker.bar


@pytest.mark.parametrize("back", ["k", "Shift+Enter"])
def test_back_and_on(check: Callable[..., Checker], back: str) -> None:
    worker = check()
    worker.press("Space", "j")
    assert worker.at.startswith("car 90%")
    assert "1 of 4 checked" in worker.bar

    worker.press(back)
    assert worker.at.startswith("truck")
    worker.press(back)
    assert worker.at.startswith("car 30%")
    worker.press(back)
    assert worker.at.startswith("car 30%")


def test_a_held_key_keeps_one(check: Callable[..., Checker]) -> None:
    worker = check()

    for _ in range(3):
        worker.page.keyboard.down(" ")
    worker.page.keyboard.up(" ")

    assert "1 of 4 checked" in worker.bar


def test_at_the_end_one_draws_what_is_missing_and_submits(
    check: Callable[..., Checker], answer: Callable[[Page], Any]
) -> None:
    worker = check(given(GIVEN[0]))
    worker.press("Space")
    expect(worker.page.locator(".verify [aria-live=polite]")).to_have_text(
        "Anything missing? Draw it, then submit."
    )

    worker.drag((400, 200), (500, 300))
    worker.press("Control+Enter")

    expect(worker.page.locator("#answers-box")).to_be_visible()
    assert answer(worker.page)["boxes"]["boundingBoxes"] == [
        {"height": 90, "label": "car", "left": 20, "top": 20, "width": 120},
        {"height": 100, "label": "car", "left": 400, "top": 200, "width": 100},
    ]


def test_q_leaves_and_comes_back_to_where_it_was(check: Callable[..., Checker]) -> None:
    worker = check()
    worker.press("Space", "q")
    expect(worker.page.locator(".verify")).to_have_count(0)
    measured(worker.page.locator("crowd-bounding-box"))
    assert worker.shown["x"] > 0, "the whole picture is on screen"
    worker.drag((200, 200), (250, 260))
    assert worker.rects[4] == (200, 200, 50, 60)

    worker.press("q")

    assert worker.at.startswith("truck")
    assert "1 of 4 checked" in worker.bar


def test_the_buttons_do_the_same_and_leave_the_keyboard_where_it_is(check: Callable[..., Checker]) -> None:
    worker = check()
    bar = worker.page.locator(".verify")

    bar.get_by_role("button", name="Keep").click()
    assert worker.at.startswith("truck")
    bar.get_by_role("button", name="Back").click()
    assert worker.at.startswith("car 30%")
    bar.get_by_role("button", name="Delete").click()
    assert worker.at.startswith("truck")
    worker.press("Space")
    assert worker.at.startswith("car 90%")
    bar.get_by_role("button", name="Leave").click()
    expect(bar).to_have_count(0)


def test_what_was_drawn_on_the_way_is_not_asked_for(check: Callable[..., Checker]) -> None:
    worker = check()

    worker.drag((200, 200), (280, 290), modifier="Shift")
    assert len(worker.rects) == 5
    worker.press("Space")

    assert worker.at.startswith("car 30%")
    assert "0 of 4 checked" in worker.bar


def test_hiding_a_label_goes_on_to_what_is_seen_and_hiding_everything_waits(
    check: Callable[..., Checker],
) -> None:
    worker = check()

    worker.press("h")
    assert "Anything missing?" not in worker.bar
    worker.press("h")
    assert worker.at.startswith("car 30%")

    worker.page.get_by_role("button", name="Hide car").click()
    assert worker.at.startswith("truck")
    assert "0 of 2 checked" in worker.bar


def test_marks_are_kept_with_the_draft(check: Callable[..., Checker]) -> None:
    worker = check()
    worker.press("Space", "x")
    state = worker.tool("tool.saveState()")

    later = check()
    later.page.evaluate("(state) => document.querySelector('crowd-bounding-box').restoreState(state)", state)

    expect(later.page.locator(".verify")).to_contain_text("1 of 3 checked")
    assert later.at.startswith("car 90%")
    assert later.labels == ["car", "car", "person"]


def test_a_draft_that_shows_that_all_was_looked_at_opens_as_any_task(check: Callable[..., Checker]) -> None:
    worker = check()
    worker.press(*["Space"] * 4)
    state = worker.tool("tool.saveState()")
    assert state["checked"] == [0, 1, 2, 3]

    later = check()
    later.page.evaluate("(state) => document.querySelector('crowd-bounding-box').restoreState(state)", state)

    expect(later.page.locator(".verify")).to_have_count(0)
    later.drag((200, 200), (250, 260))
    assert len(later.rects) == 5


def test_a_draft_of_an_earlier_release_opens_with_everything_to_check(check: Callable[..., Checker]) -> None:
    worker = check()
    shapes = [{**GIVEN[1], "label": "truck"}]

    worker.page.evaluate(
        "(shapes) => document.querySelector('crowd-bounding-box').restoreState({shapes, nothingToLabel: false})",
        shapes,
    )

    expect(worker.page.locator(".verify")).to_contain_text("0 of 1 checked")
    assert worker.labels == ["truck"]


def test_the_work_tells_the_page_of_changes_only(check: Callable[..., Checker]) -> None:
    worker = check()
    worker.page.evaluate(
        "() => { window.heard = []; for (const kind of ['input', 'change']) document.addEventListener(kind, () => heard.push(kind)); }"
    )

    worker.press("Space", "j", "k", "q", "q")
    assert worker.page.evaluate("heard") == []
    worker.press("x")
    assert worker.page.evaluate("heard") == ["input", "change"]


def test_without_predictions_there_is_nothing_to_check(boxes: Editor) -> None:
    for attributes in (LABELS, f"{LABELS} initial-value='[]'"):
        editor = boxes(attributes)
        expect(editor.page.locator("#verify")).to_have_count(0)
        editor.press("q")
        expect(editor.page.locator(".verify")).to_have_count(0)


def test_a_disabled_tool_waits_until_it_is_not(boxes: Editor) -> None:
    page = boxes(LABELS).page
    page.evaluate(
        """(given) => { const tool = document.querySelector('crowd-bounding-box'); tool.disabled = true;
          tool.setAttribute('initial-value', given); }""",
        json.dumps(GIVEN),
    )
    expect(page.locator("#verify")).to_have_attribute("aria-pressed", "false")

    page.evaluate("document.querySelector('crowd-bounding-box').disabled = false")

    expect(page.locator(".verify")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (720, 450)], ids=["desk", "phone", "200 %"])
def test_axe_finds_nothing(
    check: Callable[..., Checker],
    violations: Callable[[Page], list[str]],
    scheme: str,
    size: tuple[int, int],
) -> None:
    worker = check(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    assert violations(worker.page) == []

    worker.press(*["Space"] * 4)
    expect(worker.page.locator(".verify")).to_contain_text("Anything missing?")
    assert violations(worker.page) == []


# Things of a mask

INSTANCES = """labels='["car", "person"]' initial-value="{src: '/mask.png', instances: [
  {color: '#2ca02c', label: 'car'}, {color: '#1f77b4', label: 'car'}]}" """


@pytest.fixture
def check_instances(open_page: Callable[..., Page]) -> Callable[[], Page]:
    def open_instances() -> Page:
        page = open_page(
            f"""<crowd-form><crowd-instance-segmentation id="tool" name="it" src="/picture.png" header="Look" {INSTANCES}>
            </crowd-instance-segmentation></crowd-form>"""
        )
        page.locator(".verify").wait_for()
        return page

    return open_instances


def status_of(page: Page) -> str:
    return page.locator("#tool [role=status]").inner_text()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_things_of_a_mask_are_kept_relabelled_and_deleted_one_by_one(
    check_instances: Callable[[], Page],
) -> None:
    page = check_instances()
    bar = page.locator(".verify")
    before = page.evaluate("JSON.stringify(tool.value)")
    expect(bar).to_contain_text("0 of 2 checked")
    assert status_of(page).startswith("Instance 1 of 2, car")

    press(page, "Space")
    assert status_of(page).startswith("Instance 2 of 2, car")
    press(page, "2")
    expect(bar).to_contain_text("2 of 2 checked")
    assert page.evaluate("tool.value.instances.map(({label}) => label)") == ["car", "person"]
    press(page, "k", "x")
    assert page.evaluate("tool.value.instances.map(({label}) => label)") == ["person"]
    expect(bar).to_contain_text("Anything missing?")

    press(page, "Control+z")
    assert status_of(page).startswith("Instance 1 of 2, car")
    press(page, "Control+z")
    assert status_of(page).startswith("Instance 2 of 2, car")
    assert page.evaluate("JSON.stringify(tool.value)") == before


def test_marks_of_things_of_a_mask_are_kept_with_the_draft(check_instances: Callable[[], Page]) -> None:
    page = check_instances()
    press(page, "Space")
    state = page.evaluate("tool.saveState()")
    assert state["checked"] == [1]

    later = check_instances()
    later.evaluate("(state) => tool.restoreState(state)", state)

    expect(later.locator(".verify")).to_contain_text("1 of 2 checked")


@pytest.mark.parametrize("tag", ["polygon", "polyline", "line", "keypoint"])
def test_every_tool_for_shapes_has_it(open_page: Callable[..., Page], tag: str) -> None:
    points = [[{"x": x + dx, "y": 40 + dx} for dx in (0, 30)] for x in (20, 300)]
    if tag == "polygon":
        points = [[*path, {"x": path[0]["x"], "y": 90}] for path in points]
    shapes = [
        {"label": "a", "score": score, **({"x": 50, "y": 60} if tag == "keypoint" else {"vertices": path})}
        for score, path in zip((0.8, 0.2), points, strict=True)
    ]
    page = open_page(
        f"""<crowd-form><crowd-{tag} id="tool" name="it" src="/picture.png" header="Look" labels='["a", "b"]'
        initial-value='{json.dumps({f"{tag}s": shapes})}'></crowd-{tag}></crowd-form>"""
    )
    page.locator(".verify").wait_for()
    assert " 2 of 2" in status_of(page)
    before = page.evaluate("JSON.stringify(tool.value)")

    press(page, "Enter")
    assert " 1 of 2" in status_of(page)
    press(page, "Enter")

    expect(page.locator(".verify")).to_contain_text("Anything missing?")
    assert page.evaluate("JSON.stringify(tool.value)") == before
    press(page, "Shift+Enter", "x")
    assert page.evaluate(f"tool.value.{tag}s.length") == 1
