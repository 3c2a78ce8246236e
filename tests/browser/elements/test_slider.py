"""crowd-slider and crowd-slider-label beyond their cases (`crowd-elements/form-and-inputs.md` of the facts)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def opened(open_page: Open, attributes: str = "", content: str = "") -> Page:
    return open_page(
        f'<crowd-form id="task"><crowd-slider id="it" name="it" {attributes}>{content}</crowd-slider></crowd-form>'
    )


def test_its_value_is_a_number_and_a_script_hears_of_changes(open_page: Open) -> None:
    page = opened(open_page, 'value="50" pin')
    page.evaluate("() => { window.heard = []; it.onchange = () => heard.push(it.value); }")

    page.locator("#it .track").press("ArrowRight")

    expect(page.locator("#it .pin")).to_have_text("51")
    assert page.evaluate("heard") == [51]


@pytest.mark.parametrize(
    ("act", "value"),
    [
        ("it.value = 7", 7),
        ("it.value = '7.5'", 7.5),
        ("it.setAttribute('value', '8')", 8),
        ("it.max = 20", 20),
        ("it.setAttribute('min', '60')", 60),
        ("it.value = null", 0),
    ],
)
def test_attributes_and_properties_count_at_once(open_page: Open, act: str, value: float) -> None:
    page = opened(open_page, 'value="50" pin')

    assert page.evaluate(f"{act}; it.value") == value
    expect(page.locator("#it .pin")).to_have_text(str(value))


def test_the_number_can_be_written_beside_it(open_page: Open) -> None:
    page = opened(open_page, 'min="1" max="5" step="0.01" value="2" editable')
    box = page.locator("#it .number")

    box.fill("3.25")
    assert page.evaluate("it.value") == 3.25
    box.fill("99")
    box.press("Tab")

    assert page.evaluate("it.value") == 5
    expect(box).to_have_value("5")


def test_a_required_one_is_open_until_the_worker_means_a_value(open_page: Open) -> None:
    page = opened(open_page, 'min="1" max="5" required pin')
    expect(page.locator("#it .pin")).to_have_text("?")
    assert page.evaluate("it.validate()") is False

    page.locator("#it .track").click(position={"x": 8, "y": 16})

    expect(page.locator("#it .pin")).to_have_text("1")
    assert page.evaluate("it.validate()") is True


def test_a_draft_knows_whether_the_worker_has_given_a_value(open_page: Open) -> None:
    page = opened(open_page, "required")
    state = page.evaluate("it.saveState()")
    page.locator("#it .track").press("End")

    page.evaluate("(state) => it.restoreState(state)", state)

    assert page.evaluate("it.validate()") is False


def test_marks_stand_under_their_values(open_page: Open) -> None:
    marks = "".join(f'<crowd-slider-label position="{n}">{n}</crowd-slider-label>' for n in (1, 3, 5))
    page = opened(open_page, 'min="1" max="5"', marks)

    track = page.locator("#it .track").bounding_box()
    boxes = [mark.bounding_box() for mark in page.locator("crowd-slider-label").all()]

    assert track is not None
    left, middle, right = (box for box in boxes if box is not None)
    assert left["y"] >= track["y"] + track["height"] / 2
    assert left["x"] == pytest.approx(track["x"], abs=1)
    assert middle["x"] + middle["width"] / 2 == pytest.approx(track["x"] + track["width"] / 2, abs=1)
    assert right["x"] + right["width"] == pytest.approx(track["x"] + track["width"], abs=1)


def test_marks_beside_a_slider_are_words(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><crowd-slider name='a'></crowd-slider><crowd-slider-label position='1'>bad</crowd-slider-label></crowd-form>"
    )

    expect(page.get_by_text("bad")).to_be_visible()


def test_self_closed_in_a_list_both_are_used(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><ul><li>One <crowd-slider name='a' value='1' /></li><li>Two <crowd-slider name='b' value='2' /></li></ul></crowd-form>"
    )

    expect(page.get_by_text("Two")).to_be_visible()
    assert page.evaluate(
        "JSON.parse(document.querySelector('crowd-form')._serializeForm().taskAnswers)[0]"
    ) == {"a": 1, "b": 2}


def test_a_screen_reader_is_told_its_name_and_value(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><label for='it'>Score</label><crowd-slider id='it' name='a' value='30'></crowd-slider></crowd-form>"
    )

    expect(page.get_by_role("slider", name="Score")).to_have_attribute("aria-valuetext", "30")


def test_the_press_that_brings_the_focus_of_a_refusal_says_nothing_of_the_value(
    open_page: Open,
) -> None:
    page = open_page("<crowd-form><crowd-slider name='it' required pin></crowd-slider></crowd-form>")
    page.keyboard.press("Control+Enter")
    page.locator("crowd-slider input:focus").wait_for()
    page.keyboard.press("Control+Enter")

    expect(page.locator("crowd-slider output")).to_have_text("?")
