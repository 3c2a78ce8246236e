"""Every element on a desk, in a window that is narrowed while it is open, on a phone: nothing leads past the edge."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.element_cases import SERVED, Case

from .conftest import Open

pytestmark = pytest.mark.browser

FIRST = list({case.tag: case for case in reversed(SERVED)}.values())[::-1]
"""The case of each element that the gallery shows first."""

WIDTHS = (1280, 640, 390)

LONG = "A button with so many words that nobody thought of a phone when they wrote them down"


@pytest.mark.parametrize("case", FIRST, ids=lambda case: case.tag)
def test_nothing_leads_past_the_edge_however_narrow_it_becomes(open_page: Open, case: Case) -> None:
    page = open_page(case.html())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("variant", ["primary", "normal", "link"])
def test_words_of_a_button_take_several_lines_on_a_phone(open_page: Open, variant: str) -> None:
    page = open_page(
        f"<crowd-form><crowd-button variant='{variant}'>{LONG}</crowd-button></crowd-form>",
        viewport={"width": 390, "height": 800},
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_marks_under_a_slider_keep_what_follows_at_a_distance(open_page: Open) -> None:
    words = "not at all as it was said to be"
    page = open_page(
        f"""<crowd-form><crowd-slider name="a" max="5"><crowd-slider-label position="5">{words}</crowd-slider-label>
        </crowd-slider><p id="next">Next</p></crowd-form>"""
    )
    mark = page.locator("crowd-slider-label").bounding_box()

    assert mark["height"] > 20, "the words take several lines"
    assert mark["y"] + mark["height"] <= page.locator("#next").bounding_box()["y"]
    assert mark["x"] + mark["width"] <= page.locator("crowd-slider").bounding_box()["x"] + 560


def test_in_forced_colours_what_is_pressed_can_be_told_from_its_ground(open_page: Open) -> None:
    page = open_page(
        """<crowd-form><crowd-rekognition-detect-moderation-labels src="/picture.png" header="Look"
        categories="[{name: 'a', parentName: ''}]"></crowd-rekognition-detect-moderation-labels></crowd-form>""",
        forced_colors="active",
    )
    pressed = page.locator(".button[aria-pressed='true']").first
    expect(pressed).to_be_visible()

    color, ground = pressed.evaluate(
        "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    )
    assert {int(part) > 127 for part in re.findall(r"\d+", color)[:3]} != {
        int(part) > 127 for part in re.findall(r"\d+", ground)[:3]
    }
