"""A worker at the tools of a mask: lasso, sizes, holes, keys wherever the focus is, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import OpenMasks
from tests.browser.elements.masks import BLUE, GREEN, Masks

pytestmark = pytest.mark.browser

SQUARE = [(100, 100), (200, 100), (200, 150), (100, 150), (100, 101)]


def size(worker: Masks) -> str:
    return worker.page.locator("#tool .slider output").first.inner_text()


def scale(worker: Masks) -> str:
    return worker.page.locator("#tool .scale").inner_text()


def test_a_lasso_fills_what_a_drag_goes_around_when_it_is_let_go(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("a")
    worker.drag(*SQUARE)

    assert worker.colors() == {GREEN: 100 * 50}
    assert worker.image.getbbox(alpha_only=True) == (100, 100, 200, 150)
    worker.press("Control+z")
    assert worker.colors() == {}


def test_escape_lets_go_of_a_lasso_and_leaves_the_focus_on_the_picture(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("a")
    worker.page.mouse.move(*worker.screen(100, 100))
    worker.page.mouse.down()
    for point in SQUARE[1:4]:
        worker.page.mouse.move(*worker.screen(*point), steps=3)
    worker.press("Escape", "Escape")
    worker.page.mouse.up()

    assert worker.colors() == {}
    assert worker.page.evaluate("tool.shadowRoot.activeElement.className") == "surface"


def test_with_the_keyboard_alone_a_lasso_is_drawn(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("a", "ArrowLeft")
    worker.page.keyboard.down(" ")
    worker.press("Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowLeft", "Shift+ArrowUp")
    worker.page.keyboard.up(" ")

    box = worker.image.getbbox(alpha_only=True)
    assert box is not None
    assert box[2] - box[0] == pytest.approx(box[3] - box[1], abs=1)
    assert len(worker.colors()) == 1
    assert worker.colors()[GREEN] > 300


def test_brush_and_eraser_keep_their_sizes(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("]", "]", "e", "[")
    assert size(worker) == "19 px"
    worker.press("b")

    assert size(worker) == "35 px"


def test_alt_and_the_wheel_change_the_size_of_the_brush_and_not_the_picture(masks: OpenMasks) -> None:
    worker = masks()
    worker.page.mouse.move(*worker.screen(300, 200))
    before = scale(worker)
    worker.page.keyboard.down("Alt")
    worker.page.mouse.wheel(0, -100)
    expect(worker.page.locator("#tool .slider output").first).to_have_text("29 px")
    worker.page.mouse.wheel(0, 100)
    worker.page.mouse.wheel(0, 100)
    worker.page.keyboard.up("Alt")

    expect(worker.page.locator("#tool .slider output").first).to_have_text("18 px")
    assert scale(worker) == before
    worker.page.mouse.wheel(0, -100)
    expect(worker.page.locator("#tool .scale")).not_to_have_text(before)
    assert size(worker) == "18 px"


def test_little_turns_of_a_touch_pad_add_up_to_a_step(masks: OpenMasks) -> None:
    worker = masks()
    worker.page.mouse.move(*worker.screen(300, 200))
    worker.page.keyboard.down("Alt")
    for _ in range(4):
        worker.page.mouse.wheel(0, -10)
    assert size(worker) == "24 px"
    worker.page.mouse.wheel(0, -10)

    expect(worker.page.locator("#tool .slider output").first).to_have_text("29 px")


def test_holes_of_the_chosen_class_are_filled(masks: OpenMasks) -> None:
    worker = masks()
    worker.drag((100, 100), (200, 100), (200, 200), (100, 200), (100, 100))
    assert worker.pixel(150, 150)[3] == 0
    worker.press("Shift+g")

    assert worker.pixel(150, 150) == GREEN
    worker.press("Shift+g")
    expect(worker.page.locator("#tool [role=status]")).to_have_text("The area has no holes.")
    worker.press("Control+z")
    assert worker.pixel(150, 150)[3] == 0


def test_a_hole_is_filled_around_what_has_a_class_already(masks: OpenMasks) -> None:
    worker = masks()
    worker.press("2")
    worker.click(150, 150)
    worker.press("1")
    worker.drag((100, 100), (200, 100), (200, 200), (100, 200), (100, 100))
    dab = worker.colors()[BLUE]
    worker.press("Shift+g")

    assert worker.colors()[BLUE] == dab
    assert worker.pixel(130, 130) == GREEN


def test_j_and_k_step_through_the_areas_wherever_the_focus_is(masks: OpenMasks) -> None:
    worker = masks(content="<short-instructions><input id='note'></short-instructions>")
    worker.click(100, 100)
    worker.press("2")
    worker.click(300, 100)
    status = worker.page.locator("#tool [role=status]")
    worker.page.locator("#tool button#undo").focus()
    worker.press("j")
    expect(status).to_contain_text("Area 1 of 2, road")
    worker.press("j")
    expect(status).to_contain_text("Area 2 of 2, sky")
    worker.press("k")
    expect(status).to_contain_text("Area 1 of 2, road")
    worker.page.locator("#note").fill("")
    worker.press("j", "x")

    assert worker.page.locator("#note").input_value() == "jx"
    expect(status).to_contain_text("Area 1 of 2, road")


def test_x_deletes_the_area_under_the_pointer_in_select_only(masks: OpenMasks) -> None:
    worker = masks()
    worker.click(100, 100)
    worker.press("x")
    assert set(worker.colors()) == {GREEN}
    worker.press("v")
    worker.page.mouse.move(*worker.screen(300, 300))
    worker.press("x")
    assert set(worker.colors()) == {GREEN}
    worker.page.mouse.move(*worker.screen(101, 101))
    worker.press("x")

    assert worker.colors() == {}


def test_every_new_key_is_in_the_help(masks: OpenMasks, instances: OpenMasks) -> None:
    def keys(worker: Masks) -> set[str]:
        worker.press("?")
        return set(worker.page.locator("#tool dialog tr th").all_inner_texts())

    shared = {"A", "Shift + G", "J", "K", "X", "Alt + wheel"}
    of_instances = {"M", "Shift + M", "Y", "N"}
    assert keys(masks()) >= shared
    assert not keys(masks()) & of_instances
    assert keys(instances()) >= shared | of_instances


def connect(page: Page, **preferences: Any) -> None:
    """Says what the portal has kept."""
    page.evaluate("(preferences) => port.postMessage({type: 'preferences', preferences})", preferences)


@pytest.fixture
def portal(new_page: Callable[..., Page], site: Any) -> Callable[[str], Page]:
    """A page of a portal around a mask tool."""

    def open_portal(tag: str) -> Page:
        site.page(
            "/task",
            f"""<!DOCTYPE html><meta name="secondlook-render" content="n1"><script src="/crowd-html-elements.js"></script>
            <crowd-form><{tag} id="tool" name="it" src="/picture.png" header="Mark" labels="['road', 'sky']"></{tag}></crowd-form>""",
        )
        page = new_page()
        page.goto(
            site.page(
                "/portal",
                """<!DOCTYPE html><title>Portal</title><script>
                const liked = {};
                let port;
                addEventListener('message', (event) => {
                  if (event.data.nonce !== 'n1' || port) return;
                  const channel = new MessageChannel();
                  port = channel.port1;
                  port.onmessage = ({data}) => data.type === 'preference' && (liked[data.name] = data.value);
                  event.source.postMessage({type: 'secondlook:port'}, '*', [channel.port2]);
                });</script><iframe src="/task" style="width: 100%; height: 740px; border: 0"></iframe>""",
            )
        )
        page.wait_for_function("port !== undefined")
        page.frames[1].wait_for_function("tool.value.inputImageProperties.width > 0")
        return page

    return open_portal


def test_tool_sizes_and_opacity_are_as_the_worker_left_them(portal: Callable[[str], Page]) -> None:
    page = portal("crowd-semantic-segmentation")
    frame = page.frames[1]
    connect(
        page, **{"raster.tool": "lasso", "raster.size": {"brush": 60, "eraser": 9}, "raster.opacity": 0.8}
    )
    expect(frame.locator("#tool button#lasso")).to_have_attribute("aria-pressed", "true")
    outputs = frame.locator("#tool .slider output")
    expect(outputs.nth(1)).to_have_text("80%")
    page.frames[1].locator("#tool .surface").focus()
    page.keyboard.press("b")
    expect(outputs.first).to_have_text("60 px")
    page.keyboard.press("e")
    expect(outputs.first).to_have_text("9 px")

    page.keyboard.press("]")
    page.keyboard.press("Shift+o")

    page.wait_for_function("liked['raster.opacity'] !== undefined")
    assert page.evaluate("liked") == {
        "raster.tool": "brush",
        "raster.size": {"brush": 60, "eraser": 11},
        "raster.opacity": pytest.approx(0.7),
    }


def test_what_makes_no_sense_is_not_taken_over(portal: Callable[[str], Page]) -> None:
    page = portal("crowd-semantic-segmentation")
    frame = page.frames[1]
    connect(
        page, **{"raster.tool": "split", "raster.size": {"brush": -4, "eraser": 12}, "raster.opacity": "0.9"}
    )
    frame.locator("#tool .surface").focus()
    page.keyboard.press("e")

    expect(frame.locator("#tool .slider output").first).to_have_text("12 px")
    page.keyboard.press("b")
    expect(frame.locator("#tool .slider output").first).to_have_text("24 px")
    expect(frame.locator("#tool .slider output").nth(1)).to_have_text("50%")
