"""A worker who merges, splits, cuts, labels and looks through the instances of a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import OpenMasks
from tests.browser.elements.masks import BLUE, GREEN, ORANGE, Masks

pytestmark = pytest.mark.browser

GREEN_ROAD = {"color": "#2ca02c", "label": "road"}
BLUE_SKY = {"color": "#1f77b4", "label": "sky"}


@pytest.fixture
def three(instances: OpenMasks) -> Callable[..., Masks]:
    """Three rectangles of 100 by 100 pixels side by side: a road, a sky, a road."""

    def paint(**options: Any) -> Masks:
        worker = instances(**options)
        worker.press("a")
        for left, label in ((50, "1"), (200, "2"), (350, "1")):
            worker.press("n", label)
            worker.drag((left, 100), (left + 100, 100), (left + 100, 200), (left, 200), (left, 101))
        worker.press("Escape", "v")
        return worker

    return paint


def select(worker: Masks, *points: tuple[float, float]) -> None:
    worker.click(*points[0])
    for point in points[1:]:
        worker.page.keyboard.down("Shift")
        worker.click(*point)
        worker.page.keyboard.up("Shift")


def told(worker: Masks, words: str) -> None:
    expect(worker.page.locator("#tool [role=status]")).to_contain_text(words)


def test_merged_instances_have_the_label_and_colour_of_the_first_selected(
    three: Callable[..., Masks],
) -> None:
    worker = three()
    before = worker.value
    select(worker, (250, 150), (100, 150), (400, 150))
    told(worker, "3 instances, sky first")
    worker.press("m")

    assert worker.value["instances"] == [BLUE_SKY]
    assert worker.colors() == {BLUE: 30_000}
    told(worker, "Instance 1 of 1, sky")
    worker.press("Control+z")
    assert worker.value == before
    worker.press("Control+y")
    assert worker.colors() == {BLUE: 30_000}


def test_who_merges_one_instance_is_told_how_to_select_more(three: Callable[..., Masks]) -> None:
    worker = three()
    select(worker, (250, 150))
    worker.press("m")

    told(worker, "Select two or more instances to merge them")
    assert len(worker.value["instances"]) == 3


def test_a_merged_instance_is_split_into_its_parts_again(three: Callable[..., Masks]) -> None:
    worker = three()
    worker.press("b", "n")
    worker.click(400, 300)
    worker.press("v")
    select(worker, (250, 150), (400, 300))
    worker.press("m", "Shift+m")

    value = worker.value["instances"]
    assert [instance["label"] for instance in value] == ["road", "sky", "road", "sky"]
    assert len({instance["color"] for instance in value}) == 4
    assert worker.pixel(250, 150) == BLUE
    assert worker.pixel(400, 300) not in (BLUE, GREEN, ORANGE)
    worker.press("Shift+m")
    told(worker, "The instance hangs together")


def test_a_line_cuts_an_instance_in_two_without_losing_a_pixel(three: Callable[..., Masks]) -> None:
    worker = three()
    worker.press("y")
    worker.drag((230, 80), (230, 220))

    assert [instance["label"] for instance in worker.value["instances"]] == ["road", "sky", "road", "sky"]
    assert worker.value["instances"][1] == BLUE_SKY
    counts = sorted(worker.colors().values())
    assert counts[2:] == [10_000, 10_000]
    assert sum(counts[:2]) == 10_000
    assert counts[0] == pytest.approx(3_000, abs=150)
    assert worker.pixel(280, 150) == BLUE
    worker.press("Control+z")
    assert worker.colors() == {GREEN: 10_000, BLUE: 10_000, ORANGE: 10_000}


def test_a_line_that_ends_inside_is_said_to_cut_nothing(three: Callable[..., Masks]) -> None:
    worker = three()
    before = worker.value
    worker.press("y")
    worker.drag((250, 80), (250, 150))
    told(worker, "does not go all the way across")
    worker.drag((20, 300), (560, 300))
    told(worker, "crosses no instance")

    assert worker.value == before


def test_with_the_keyboard_alone_an_instance_is_cut(instances: OpenMasks) -> None:
    worker = instances()
    worker.press("ArrowRight", "]", "]", "]", "]", "]")
    worker.page.keyboard.down(" ")
    worker.page.keyboard.up(" ")
    worker.press("y", "Shift+ArrowUp", "Shift+ArrowUp")
    worker.page.keyboard.down(" ")
    worker.press(*["Shift+ArrowDown"] * 4)
    worker.page.keyboard.up(" ")

    assert [instance["label"] for instance in worker.value["instances"]] == ["road", "road"]


def test_a_label_key_after_a_stroke_is_for_what_was_painted(instances: OpenMasks) -> None:
    worker = instances()
    worker.click(100, 100)
    worker.press("2")
    worker.click(130, 100)
    assert worker.value["instances"] == [{"color": "#2ca02c", "label": "sky"}]

    worker.press("n", "1")
    worker.click(300, 100)

    assert [instance["label"] for instance in worker.value["instances"]] == ["sky", "road"]


def test_in_select_keys_act_on_what_is_under_the_pointer(three: Callable[..., Masks]) -> None:
    worker = three()
    worker.page.mouse.move(*worker.screen(100, 150))
    worker.press("2")
    assert [instance["label"] for instance in worker.value["instances"]] == ["sky", "sky", "road"]
    worker.page.mouse.move(*worker.screen(400, 150))
    worker.press("x")
    assert [instance["label"] for instance in worker.value["instances"]] == ["sky", "sky"]
    worker.page.mouse.move(*worker.screen(300, 350))
    worker.press("x", "Delete")

    assert len(worker.value["instances"]) == 2


def test_several_are_relabelled_and_deleted_at_once(three: Callable[..., Masks]) -> None:
    worker = three()
    select(worker, (100, 150), (400, 150))
    worker.press("2")
    assert [instance["label"] for instance in worker.value["instances"]] == ["sky", "sky", "sky"]
    worker.press("x")
    assert worker.value["instances"] == [BLUE_SKY]
    worker.press("Control+z", "Control+z")

    assert [instance["label"] for instance in worker.value["instances"]] == ["road", "sky", "road"]


def test_several_are_selected_in_the_list_with_shift_or_the_button_for_it(
    three: Callable[..., Masks],
) -> None:
    worker = three()
    rows = worker.page.locator("#tool .region")
    rows.nth(0).click()
    rows.nth(2).click(modifiers=["Shift"])
    told(worker, "2 instances, road first")
    assert [rows.nth(index).get_attribute("aria-pressed") for index in range(3)] == ["true", "false", "true"]
    rows.nth(2).click(modifiers=["Shift"])
    told(worker, "Instance 1 of 3")

    worker.page.get_by_role("button", name="Select several").click()
    worker.click(250, 150)
    told(worker, "2 instances, road first")
    worker.page.get_by_role("button", name="Merge").click()

    assert worker.colors() == {GREEN: 20_000, ORANGE: 10_000}
    expect(worker.page.get_by_role("button", name="Merge")).to_be_disabled()


SHOWN = """([x, y]) => {
    const canvas = tool.shadowRoot.querySelector('canvas.rest.first');
    const {left, top, width} = canvas.getBoundingClientRect();
    const density = canvas.width / width;
    return [...canvas.getContext('2d').getImageData((x - left) * density, (y - top) * density, 1, 1).data];
}"""


def alpha(page: Page, at: tuple[float, float], than: str) -> None:
    """Waits until the mask covers up so much there, from 0 to 255."""
    page.wait_for_function(f"(at) => ({SHOWN})(at)[3] {than}", arg=list(at))


def test_the_others_are_dimmed_while_one_is_selected(three: Callable[..., Masks]) -> None:
    worker = three()
    road, sky = worker.screen(100, 150), worker.screen(250, 150)
    worker.page.mouse.move(*worker.screen(300, 350))
    alpha(worker.page, road, "== 128")
    worker.click(250, 150)

    alpha(worker.page, road, "== 38")
    alpha(worker.page, sky, "== 191")
    worker.press("Escape")
    worker.page.mouse.move(*worker.screen(300, 350))
    alpha(worker.page, sky, "== 128")
    worker.press("n", "b")
    worker.page.mouse.move(*worker.screen(500, 300))
    worker.page.mouse.down()
    alpha(worker.page, road, "== 38")
    worker.page.mouse.up()


def test_a_hovered_instance_stands_out_in_select(three: Callable[..., Masks]) -> None:
    worker = three()
    worker.page.mouse.move(*worker.screen(100, 150))
    alpha(worker.page, worker.screen(120, 150), "== 191")
    worker.page.mouse.move(*worker.screen(300, 350))
    alpha(worker.page, worker.screen(120, 150), "== 128")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"viewport": {"width": 390, "height": 780}, "has_touch": True},
    ],
    ids=["light", "dark", "forced colours", "narrow"],
)
def test_axe_finds_nothing_at_selected_instances(
    three: Callable[..., Masks], violations: Callable[[Page], list[str]], options: dict[str, Any]
) -> None:
    worker = three(**options)
    select(worker, (100, 150), (400, 150))
    worker.page.get_by_role("button", name="Select several").click()

    assert violations(worker.page) == []
    assert worker.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
