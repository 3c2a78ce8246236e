"""The overview: a small map of the picture while that is larger than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.elements.viewing import attributes, middle, minimap, panel

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]


def test_the_overview_shows_what_is_seen_while_the_picture_is_larger_than_the_screen(boxes: Editor) -> None:
    editor = boxes()
    page = editor.page
    expect(minimap(page)).to_be_hidden()

    editor.press("+", "+", "+", "+")
    expect(minimap(page)).to_be_visible()
    whole = minimap(page).bounding_box()
    frame = minimap(page).locator(".frame").bounding_box()
    assert whole
    assert frame
    left, top = editor.tool(
        "(() => { const {x, y, width, height} = tool.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect();"
        " const surface = tool.shadowRoot.querySelector('.surface').getBoundingClientRect();"
        " return [(surface.x - x) / width, (surface.y - y) / height]; })()"
    )
    assert (frame["x"] - whole["x"]) / whole["width"] == pytest.approx(left, abs=0.02)
    assert (frame["y"] - whole["y"]) / whole["height"] == pytest.approx(top, abs=0.02)
    assert minimap(page).locator("img").evaluate("image => image.naturalWidth") == 600

    editor.press("f")
    expect(minimap(page)).to_be_hidden()


def test_a_click_or_a_drag_on_the_overview_moves_the_picture(boxes: Editor) -> None:
    editor = boxes()
    page = editor.page
    editor.press("+", "+", "+", "+", "+", "+", "+")
    map_ = minimap(page).bounding_box()
    assert map_

    def on_map(x: float, y: float) -> tuple[float, float]:
        return map_["x"] + map_["width"] * x, map_["y"] + map_["height"] * y

    page.mouse.click(*on_map(0.3, 0.7))
    assert middle(editor) == pytest.approx((180, 280), abs=4)

    page.mouse.move(*on_map(0.3, 0.7))
    page.mouse.down()
    page.mouse.move(*on_map(0.6, 0.4), steps=4)
    page.mouse.up()
    assert middle(editor) == pytest.approx((360, 160), abs=4)

    width = editor.shown["width"]
    page.mouse.wheel(0, -200)
    page.wait_for_function(
        f"document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().width > {width * 1.2}"
    )
    assert middle(editor) == pytest.approx((360, 160), abs=4)
    assert editor.rects == []


def test_the_overview_goes_out_of_the_way_of_what_is_drawn(boxes: Editor) -> None:
    editor = boxes()
    page = editor.page
    editor.press("+", "+", "+", "+")
    home = minimap(page).bounding_box()
    assert home
    x, y = home["x"] - 120, home["y"] - 120

    page.mouse.move(x, y)
    page.mouse.move(home["x"] - 20, home["y"] + 20)
    assert minimap(page).bounding_box() == home
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(home["x"] + 20, home["y"] + 20, steps=5)
    page.mouse.up()

    moved = minimap(page).bounding_box()
    assert moved
    assert moved["x"] + moved["width"] < x
    assert len(editor.rects) == 1


def test_a_shape_that_keys_move_is_not_under_the_overview(boxes: Editor) -> None:
    editor = boxes(attributes([(300, 200, 20, 20)]))
    editor.press("+", "+", "+", "+", "Tab")
    home = minimap(editor.page).bounding_box()
    assert home

    for _ in range(30):
        editor.press("Shift+ArrowRight", "Shift+ArrowDown")

    moved = minimap(editor.page).bounding_box()
    left, top, width, height = editor.rects[0]
    assert moved
    start, end = editor.screen((left, top)), editor.screen((left + width, top + height))
    assert not (
        moved["x"] < end[0]
        and start[0] < moved["x"] + moved["width"]
        and moved["y"] < end[1]
        and start[1] < moved["y"] + moved["height"]
    )


def test_a_closed_overview_stays_closed_until_it_is_wanted_again(boxes: Editor) -> None:
    editor = boxes()
    page = editor.page
    editor.press("+", "+", "+", "+")

    page.get_by_role("button", name="Close the overview").click()

    expect(minimap(page)).to_be_hidden()
    expect(page.locator(".surface")).to_be_focused()
    editor.press("+", "c")
    expect(minimap(page)).to_be_hidden()
    panel(page).get_by_label("Overview of large pictures").check()
    expect(minimap(page)).to_be_visible()


def test_on_a_small_screen_there_is_no_overview(boxes: Editor) -> None:
    editor = boxes(viewport={"width": 390, "height": 780})

    editor.press("r", "+", "+", "+", "+")

    expect(minimap(editor.page)).to_be_hidden()
