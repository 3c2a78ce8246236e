"""What is seen of a picture: zoom and scrolling, a look at one shape, brightness and contrast, the picture alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.elements.conftest import leave_checking
from tests.browser.elements.viewing import attributes, middle, minimap, panel, surface_of

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]
Open = Callable[..., Page]

BOXES = [(60, 40, 30, 20), (480, 300, 60, 80)]


SEGMENTATION = """<crowd-form><crowd-semantic-segmentation name="a" src="/picture.png" labels='["person", "car"]'
  initial-value='{"src": "/mask.png", "labelMappings": {"person": {"color": "#2ca02c"}, "car": {"color": "#1f77b4"}}}'>
  </crowd-semantic-segmentation></crowd-form>"""


def scale(page: Page) -> str:
    return page.locator(".headerContainer .scale").inner_text().strip()


def seen(page: Page) -> bytes:
    """The picture with all that lies over it, as it stands on the screen."""
    return page.locator(".surface").screenshot(animations="disabled")


def turn(editor: Any, dx: float, dy: float) -> tuple[float, float]:
    """Turns the wheel over the middle of the picture; by how much it moved."""
    before = editor.shown
    editor.page.mouse.move(*editor.screen((300, 200)))
    editor.page.mouse.wheel(dx, dy)
    editor.page.wait_for_function(
        """([x, y, width]) => {
          const rect = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.upper-canvas').getBoundingClientRect();
          return rect.x !== x || rect.y !== y || rect.width !== width;
        }""",
        arg=[before[side] for side in ("x", "y", "width")],
    )
    after = editor.shown
    return after["x"] - before["x"], after["y"] - before["y"]


# Zoom and scrolling


def test_a_wheel_on_its_side_moves_the_picture_and_so_does_one_with_shift(boxes: Editor) -> None:
    editor = boxes()
    width = editor.shown["width"]

    assert turn(editor, 60, 0) == pytest.approx((-60, 0))
    editor.page.keyboard.down("Shift")
    assert turn(editor, 0, -100) == pytest.approx((100, 0))
    editor.page.keyboard.up("Shift")

    assert editor.shown["width"] == width


def test_two_fingers_on_a_touch_pad_move_the_picture_and_a_pinch_zooms(boxes: Editor) -> None:
    editor = boxes()
    width = editor.shown["width"]

    assert turn(editor, 10, 25) == pytest.approx((-10, -25))
    assert editor.shown["width"] == width

    point = editor.screen((200, 150))
    session = editor.page.context.new_cdp_session(editor.page)
    place = {"x": point[0], "y": point[1]}
    pinch = {"type": "mouseWheel", **place, "deltaX": 0, "deltaY": -20, "modifiers": 2}
    session.send("Input.dispatchMouseEvent", pinch)

    editor.page.wait_for_function(
        f"document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().width > {width * 1.2}"
    )
    assert editor.screen((200, 150)) == pytest.approx(point, abs=0.5)


def test_for_who_likes_it_the_wheel_scrolls_and_zooms_with_control(boxes: Editor) -> None:
    editor = boxes()
    editor.press("c")
    panel(editor.page).get_by_label("scrolls").check()
    editor.press("c", "+")
    width = editor.shown["width"]

    assert turn(editor, 0, 100) == pytest.approx((0, -100))
    assert editor.shown["width"] == width

    editor.page.keyboard.down("Control")
    turn(editor, 0, -100)
    editor.page.keyboard.up("Control")
    assert editor.shown["width"] == pytest.approx(width * 1.284, rel=0.01)


@pytest.mark.parametrize("size", [(5, 4), (12_000, 600)])
def test_a_picture_of_any_size_is_shown_at_its_real_size_and_at_4000_percent(
    boxes: Editor, site: Any, size: tuple[int, int]
) -> None:
    width, height = size
    image = Image.new("P", size)
    image.putpalette([0, 0, 255, 255, 0, 0])
    image.paste(1, (width - 1, height - 1, width, height))
    out = io.BytesIO()
    image.save(out, "PNG")
    site.bodies["/picture.png"] = out.getvalue()
    editor = boxes(attributes([(width - 2, height - 2, 2, 2)]))

    editor.press("r")
    expect(editor.page.locator(".headerContainer .scale")).to_have_text("100%")

    editor.press("Tab", "z", *["+"] * 20)
    expect(editor.page.locator(".headerContainer .scale")).to_have_text("4000%")
    editor.press("h")
    x, y = editor.screen((width - 0.5, height - 0.5))
    shot = Image.open(io.BytesIO(editor.page.screenshot())).convert("RGB")
    assert shot.getpixel((round(x), round(y))) == (255, 0, 0)
    assert shot.getpixel((round(x - 40), round(y))) == (0, 0, 255)


def test_another_task_opens_as_the_last_one_was_left(new_page: NewPage, site: Any) -> None:
    """The portal tells a page what its worker likes, and keeps what the page tells it."""
    site.page(
        "/task",
        f"""<meta name="secondlook-render" content="n1"><script src="/crowd-html-elements.js"></script>
        <crowd-form><crowd-bounding-box name="a" src="/picture.png" {attributes(BOXES)}></crowd-bounding-box></crowd-form>""",
    )
    page = new_page()
    page.goto(
        site.page(
            "/portal",
            """<!DOCTYPE html><title>Portal</title><script>
            const kept = {};
            addEventListener('message', ({data, source}) => {
              if (data.type !== 'secondlook:ready') return;
              const {port1, port2} = new MessageChannel();
              port1.onmessage = ({data}) => { if (data.type === 'preference') kept[data.name] = data.value; };
              source.postMessage({type: 'secondlook:port'}, '*', [port2]);
              port1.postMessage({type: 'preferences', preferences: structuredClone(kept)});
            });
            </script><iframe src="/task" style="width:100%;height:760px;border:0"></iframe>""",
        )
    )
    frame = page.frame_locator("iframe")
    shown = frame.locator(".headerContainer .scale")
    leave_checking(page.frames[1], "crowd-bounding-box")
    expect(frame.get_by_role("status")).to_contain_text("2 boxes")
    expect(shown).not_to_have_text("100%")

    frame.locator(".surface").press("r")
    frame.locator(".surface").press("c")
    frame.get_by_role("slider", name="Brightness").press("End")
    frame.get_by_label("scrolls").check()
    frame.get_by_label("Overview of large pictures").uncheck()
    page.wait_for_function("kept.zoom?.minimap === false")
    assert page.evaluate("kept") == {
        "zoom": {"wheel": "scroll", "minimap": False, "start": "natural"},
        "brightness": 400,
        "verify": False,
    }
    page.evaluate("document.querySelector('iframe').contentWindow.location.replace('/task')")

    expect(shown).to_have_text("100%")
    expect(frame.locator("#adjust")).to_have_accessible_name(
        "How the picture is shown: brightness 400%, contrast 100%"
    )
    frame.locator(".surface").press("c")
    expect(frame.get_by_label("scrolls")).to_be_checked()
    frame.locator(".surface").press("f")
    page.wait_for_function("kept.zoom.start === 'fit'")


# A look at one shape


def test_z_zooms_to_the_selected_shape_and_back(boxes: Editor) -> None:
    editor = boxes(attributes(BOXES))
    page = editor.page
    fitted = editor.shown
    button = page.get_by_role("button", name="Zoom to the box")
    expect(button).to_be_disabled()

    editor.press("Tab", "z")
    left, top, width, height = BOXES[0]
    assert middle(editor) == pytest.approx((left + width / 2, top + height / 2), abs=0.1)
    surface = surface_of(page)
    scale_now = editor.shown["width"] / 600
    share = max(width * scale_now / surface["width"], height * scale_now / surface["height"])
    assert share == pytest.approx(0.4, abs=0.01)
    expect(button).to_have_attribute("aria-pressed", "true")

    editor.press("Tab", "z")
    left, top, width, height = BOXES[1]
    assert middle(editor) == pytest.approx((left + width / 2, top + height / 2), abs=0.1)

    editor.press("z")
    assert editor.shown == fitted
    expect(button).to_have_attribute("aria-pressed", "false")
    assert editor.rects == BOXES

    button.click()
    assert editor.shown["width"] > fitted["width"]
    button.click()
    assert editor.shown == fitted


def test_z_zooms_to_the_shape_under_the_pointer_without_selecting_it(boxes: Editor) -> None:
    editor = boxes(attributes(BOXES))
    fitted = editor.shown
    editor.page.mouse.move(*editor.screen((75, 50)))

    editor.press("z")
    assert middle(editor) == pytest.approx((75, 50), abs=0.1)
    assert "selected" not in editor.status

    editor.page.mouse.move(10, 300)
    editor.press("z")
    assert editor.shown == fitted


def test_z_never_enlarges_more_than_sixteen_times(boxes: Editor) -> None:
    editor = boxes(attributes([(100, 100, 1, 1)]))

    editor.press("Tab", "z")

    expect(editor.page.locator(".headerContainer .scale")).to_have_text("1600%")


def test_z_shows_the_selected_region_of_a_mask(open_page: Open) -> None:
    page = open_page(SEGMENTATION)
    expect(page.get_by_role("status")).to_contain_text("2 areas")
    fitted = scale(page)

    page.locator(".surface").press("z")
    assert scale(page) == fitted
    page.locator(".surface").press("Tab")
    page.locator(".surface").press("z")
    expect(page.locator(".headerContainer .scale")).not_to_have_text(fitted)
    page.locator(".surface").press("z")
    expect(page.locator(".headerContainer .scale")).to_have_text(fitted)


# Brightness and contrast


def test_brightness_and_contrast_change_what_is_seen_of_the_picture_only(boxes: Editor) -> None:
    editor = boxes(attributes([(400, 200, 100, 100)]))
    page = editor.page
    value = editor.value

    def colour(point: tuple[float, float]) -> Any:
        x, y = editor.screen(point)
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB").getpixel((round(x), round(y)))

    # The line lies along the outside of the edge; of its two colours, only one lets nothing of the picture through.
    edge = colour((399, 250))
    assert edge == (0x2C, 0xA0, 0x2C)
    assert colour((300, 100)) == (128, 128, 128)
    button = page.get_by_role("button", name="How the picture is shown")
    expect(button).to_have_attribute("aria-expanded", "false")

    editor.press("c")
    expect(page.get_by_role("slider", name="Brightness")).to_be_focused()
    for _ in range(10):
        editor.press("ArrowRight")

    assert colour((300, 100)) == pytest.approx((181, 181, 181), abs=1)
    assert colour((399, 250)) == edge
    assert editor.value == value
    said = "brightness 141%, contrast 100%"
    expect(page.get_by_role("button", name=f"How the picture is shown: {said}")).to_be_visible()
    expect(page.locator("footer .status")).to_contain_text(f"picture shown with {said}")
    assert said not in editor.status

    editor.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(page.locator(".surface")).to_be_focused()
    editor.press("Shift+C")
    assert colour((300, 100)) == (128, 128, 128)
    expect(button).to_have_accessible_name("How the picture is shown")
    expect(page.locator("footer .status")).not_to_contain_text("brightness")


def test_the_panel_has_all_that_it_needs_for_a_mouse(boxes: Editor) -> None:
    editor = boxes()
    page = editor.page

    page.get_by_role("button", name="How the picture is shown").click()
    page.get_by_role("slider", name="Contrast").fill("-2")
    expect(page.locator(".surface > img")).to_have_css("filter", "contrast(0.25)")
    expect(page.locator(".minimap img")).to_have_css("filter", "contrast(0.25)")

    panel(page).get_by_role("button", name="Reset brightness and contrast").click()
    expect(page.locator(".surface > img")).to_have_css("filter", "none")
    panel(page).get_by_role("button", name="Close").click()
    expect(panel(page)).to_be_hidden()
    editor.drag((100, 100), (150, 150))
    assert editor.rects == [(100, 100, 50, 50)]


# The picture alone


def shapes_page(open_page: Open) -> Page:
    page = open_page(
        f"""<crowd-form><crowd-bounding-box name="a" src="/picture.png" {attributes(BOXES)}></crowd-bounding-box></crowd-form>"""
    )
    leave_checking(page, "crowd-bounding-box")
    expect(page.get_by_role("status")).to_contain_text("2 boxes")
    return page


def mask_page(open_page: Open) -> Page:
    page = open_page(SEGMENTATION)
    expect(page.get_by_role("status")).to_contain_text("2 areas")
    return page


@pytest.mark.parametrize("opened", [shapes_page, mask_page])
def test_h_held_shows_the_picture_alone_while_it_is_down(
    open_page: Open, opened: Callable[[Open], Page]
) -> None:
    page = opened(open_page)
    page.locator(".surface").press("Tab")
    before, words = seen(page), page.get_by_role("status").inner_text()

    page.keyboard.down("h")
    alone = seen(page)
    # What a key that is held sends.
    page.keyboard.down("h")
    assert seen(page) == alone
    page.keyboard.up("h")

    assert before != alone
    assert seen(page) == before
    assert page.get_by_role("status").inner_text() == words

    page.keyboard.press("h")
    expect(page.get_by_role("status")).to_contain_text("2 hidden")
    assert seen(page) == alone
    page.keyboard.press("h")
    expect(page.get_by_role("status")).not_to_contain_text("hidden")
    page.get_by_role("button", name="Hide everything").click()
    expect(page.get_by_role("status")).to_contain_text("2 hidden")


def test_h_held_shows_everything_again_when_the_window_loses_the_focus_or_shift_joins(
    open_page: Open,
) -> None:
    page = shapes_page(open_page)
    before = seen(page)

    page.keyboard.down("h")
    page.keyboard.down("h")
    assert seen(page) != before
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    assert seen(page) == before
    page.keyboard.up("h")

    page.keyboard.down("h")
    page.keyboard.down("h")
    page.keyboard.down("Shift")
    page.keyboard.up("h")
    page.keyboard.up("Shift")
    assert seen(page) == before


# The window changes


def test_what_is_in_the_middle_stays_there_when_the_window_is_narrowed(boxes: Editor) -> None:
    editor = boxes()
    editor.press("+", "+", "+", "+", "+", "+")
    editor.drag((300, 200), (330, 230), button="middle")
    before, width = middle(editor), editor.shown["width"]

    editor.page.set_viewport_size({"width": 800, "height": 620})
    editor.page.wait_for_function(
        "document.querySelector('crowd-bounding-box').shadowRoot.querySelector('canvas.front').width < 800"
    )

    assert middle(editor) == pytest.approx(before, abs=0.2)
    assert editor.shown["width"] == width


def test_a_browser_that_is_zoomed_draws_all_anew_and_keeps_the_middle(boxes: Editor) -> None:
    """The page has half as many pixels then, each of which is four of the display."""
    editor = boxes(attributes(BOXES))
    editor.press("+", "+", "+", "+", "+", "+")
    editor.drag((300, 200), (330, 230), button="middle")
    before = middle(editor)
    canvas = "document.querySelector('crowd-bounding-box').shadowRoot.querySelector('canvas.front')"

    session = editor.page.context.new_cdp_session(editor.page)
    session.send(
        "Emulation.setDeviceMetricsOverride",
        {"width": 640, "height": 400, "deviceScaleFactor": 2, "mobile": False},
    )

    editor.page.wait_for_function(f"{canvas}.clientWidth === 640 && {canvas}.width === 1280")
    assert middle(editor) == pytest.approx(before, abs=0.2)


# For everybody


@pytest.mark.parametrize(("scheme", "forced"), [("light", "none"), ("dark", "none"), ("light", "active")])
def test_axe_finds_nothing_in_the_overview_and_the_panel(
    boxes: Editor, violations: Callable[[Page], list[str]], scheme: str, forced: str
) -> None:
    editor = boxes(color_scheme=scheme, forced_colors=forced)
    editor.press("+", "+", "+", "+", "c", "ArrowRight")
    expect(minimap(editor.page)).to_be_visible()
    expect(panel(editor.page)).to_be_visible()

    assert violations(editor.page) == []


def test_the_sheet_of_keys_says_what_is_true_for_the_tool(boxes: Editor) -> None:
    editor = boxes()

    editor.press("?")

    sheet = editor.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet.get_by_role("row", name="Z Zoom to the box")).to_be_visible()
    expect(sheet.get_by_role("row", name="C Shift + C Brightness")).to_be_visible()
    expect(sheet.get_by_role("row", name="H Hide or show everything; held")).to_be_visible()
