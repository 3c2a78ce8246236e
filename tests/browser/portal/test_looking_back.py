"""A worker looks at what they submitted: all of it can be seen, nothing of it changed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.portal_world import TEMPLATE

from .conftest import Worker

PICTURE = """data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='600' height='400'><rect width='600' height='400' fill='grey'/></svg>"""

FIELDS = """
<crowd-tabs><crowd-tab header="First">Page one</crowd-tab><crowd-tab header="Second">Page two</crowd-tab></crowd-tabs>
<crowd-modal link-text="More">A dialog</crowd-modal>
<label><input type="checkbox" name="box"> Box</label>
<select name="choice"><option>a</option><option>b</option></select>
<input type="range" name="level" value="50">
<input type="date" name="day" value="2026-11-23">
<crowd-checkbox name="tick">Tick</crowd-checkbox>
<crowd-slider name="scale" value="50"></crowd-slider>
<crowd-text-ranking name="ranks" text="Why?" responses="['Because', 'It is not']"
  ordinal-ranking-dimensions="[{name: 'Clarity', allowTie: true}]"></crowd-text-ranking>
<button type="button" onclick="this.textContent = 'Pressed'">A button</button>
"""

TOOL = f"""<crowd-form><crowd-bounding-box name="boxes" header="Boxes" src="{PICTURE}" labels="['car']"
  initial-value="[{{label: 'car', left: 200, top: 100, width: 200, height: 200}}]">
  <full-instructions>All of it</full-instructions></crowd-bounding-box><input name="reply"></crowd-form>"""

ANSWER = "JSON.stringify(document.querySelector('crowd-form')._serializeForm().taskAnswers)"


@pytest.fixture
def looking(world, enter):
    """The page of a task with this template, submitted after some `work`."""

    def look(template: str, work: Callable[[Worker], None] = lambda worker: None) -> Worker:
        world.flow("look", template=template)
        world.loop("look", "look-1")
        worker = Worker(enter())
        work(worker.start("look"))
        worker.submit.click()
        expect(worker.page).to_have_url(re.compile("notice=done"))
        worker.page.get_by_role("link", name="look-1").click()
        expect(worker.submit).to_be_disabled()
        return worker

    return look


def answer(worker: Worker) -> str:
    return worker.frame.locator("body").evaluate(f"() => {ANSWER}")


def test_it_scrolls(looking):
    worker = looking(TEMPLATE + "<div style='height: 4000px'>Long</div><p id='end'>End</p>")

    worker.page.mouse.move(600, 400)
    worker.page.mouse.wheel(0, 6000)

    expect(worker.frame.locator("#end")).to_be_in_viewport()


@pytest.fixture
def fields(looking) -> Worker:
    def rank(worker: Worker) -> None:
        for response in (0, 1):
            worker.frame.locator(f".chip[data-response='{response}']").press("1")

    return looking(TEMPLATE.replace("</crowd-form>", f"{FIELDS}</crowd-form>"), rank)


def test_tabs_and_dialogs_open_and_close(fields):
    fields.frame.get_by_role("tab", name="Second").click()
    expect(fields.frame.get_by_text("Page two")).to_be_visible()
    fields.frame.get_by_role("tab", name="Second").press("ArrowLeft")
    expect(fields.frame.get_by_text("Page one")).to_be_visible()
    fields.frame.get_by_role("button", name="More").click()
    expect(fields.frame.get_by_role("dialog")).to_be_visible()
    fields.frame.get_by_role("button", name="Close").click()

    expect(fields.frame.get_by_role("dialog")).to_have_count(0)


def test_what_would_change_the_answer_does_nothing(fields):
    before = answer(fields)

    for control in ("[name=box]", "[name=tick]", "[name=level]", "[name=scale] .track", "[name=choice]"):
        fields.frame.locator(control).click()
    for control in (
        "[name=box]",
        "[name=choice]",
        "[name=level]",
        "[name=day]",
        "[name=scale] .track",
        ".chip >> nth=0",
    ):
        fields.frame.locator(control).focus()
        for key in ("Space", "ArrowRight", "ArrowDown", "1", "Backspace", "Enter"):
            fields.page.keyboard.press(key)
    fields.reply.click()
    fields.page.keyboard.type("other")
    fields.frame.locator(".chip >> nth=0").drag_to(fields.frame.locator(".lane >> nth=1"))
    fields.frame.get_by_role("button", name="A button").click()

    assert before == answer(fields)
    expect(fields.frame.get_by_role("button", name="A button")).to_have_text("A button")
    expect(fields.reply).to_have_value("")


def test_the_keyboard_walks_through_it(fields):
    fields.reply.focus()
    fields.page.keyboard.press("Tab")

    expect(fields.frame.get_by_role("tab", name="First")).to_be_focused()


def test_a_picture_is_moved_and_zoomed_and_its_shapes_stay(looking):
    worker = looking(TOOL)
    surface = worker.frame.locator(".surface")
    scale = worker.frame.locator("#zoom-in ~ *, .scale").first
    expect(worker.frame.get_by_role("status")).to_contain_text("1 box")
    before, shown = answer(worker), scale.inner_text()

    worker.frame.get_by_role("button", name="Zoom in").click()
    expect(scale).not_to_have_text(shown)
    surface.press("f")
    expect(scale).to_have_text(shown)
    place = "element => element.querySelector('img').getBoundingClientRect().x"
    left = surface.evaluate(place)
    box = surface.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    worker.page.mouse.move(*middle)
    worker.page.mouse.down()
    worker.page.mouse.move(middle[0] + 80, middle[1] + 20, steps=4)
    worker.page.mouse.up()
    assert left < surface.evaluate(place)
    for key in ("n", "ArrowLeft", "Delete", "1", "Control+a", "Delete"):
        surface.press(key)

    assert before == answer(worker)


def test_a_shape_can_be_found_and_hidden_in_the_list_but_not_locked(looking):
    worker = looking(TOOL)
    before = answer(worker)
    worker.frame.locator(".object").hover()
    worker.frame.get_by_role("button", name="Hide 1: car").click()
    expect(worker.frame.get_by_role("status")).to_contain_text("1 hidden")
    expect(worker.frame.get_by_role("button", name="Lock 1: car")).to_have_count(0)

    worker.frame.locator(".object .pick").press("u")

    assert before == answer(worker)
    assert "locked" not in worker.frame.get_by_role("status").inner_text()


def test_who_looks_back_sees_the_picture_brighter_and_alone_and_its_shapes_closely(looking):
    worker = looking(TOOL)
    surface = worker.frame.locator(".surface")
    scale = worker.frame.locator(".headerContainer .scale")
    picture = surface.locator("img")
    canvas = surface.locator("canvas.front")
    expect(worker.frame.get_by_role("status")).to_contain_text("1 box")
    before, shown = answer(worker), scale.inner_text()

    surface.press("c")
    worker.frame.get_by_role("slider", name="Brightness").press("End")
    expect(picture).to_have_css("filter", "brightness(4)")
    worker.frame.get_by_role("slider", name="Brightness").press("Shift+C")
    expect(picture).to_have_css("filter", "none")
    worker.frame.get_by_role("button", name="Close", exact=True).click()

    worker.page.keyboard.down("h")
    expect(canvas).to_have_css("opacity", "0")
    worker.page.keyboard.down("h")
    worker.page.keyboard.up("h")
    expect(canvas).to_have_css("opacity", "1")

    place = worker.frame.locator(".upper-canvas").bounding_box()
    worker.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    surface.press("z")
    expect(scale).not_to_have_text(shown)
    surface.press("z")
    expect(scale).to_have_text(shown)

    assert before == answer(worker)
