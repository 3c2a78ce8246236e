"""While the focus is in a field, also one inside a shadow root, its keys are no shortcuts of a tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.elements.conftest import leave_checking

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

TOOL = """<crowd-form id="task"><crowd-bounding-box id="tool" name="boxes" src="/picture.png" labels="['a', 'b']"
  initial-value="[{label: 'a', left: 10, top: 10, width: 90, height: 90}]">%s</crowd-bounding-box>%s</crowd-form>"""

FIELDS = {
    "crowd-input": ("<crowd-input name='f'></crowd-input>", "input"),
    "crowd-text-area": ("<crowd-text-area name='f'></crowd-text-area>", "textarea"),
    "crowd-slider": ("<crowd-slider name='f' editable></crowd-slider>", ".track"),
    "crowd-slider's number": ("<crowd-slider name='f' editable></crowd-slider>", ".number"),
    "input": ("<input name='f'>", "input"),
    "select": ("<select name='f'><option>x<option>y</select>", "select"),
    "editable": ("<b contenteditable tabindex='0'>x</b>", "b"),
}

TICKS = {
    "crowd-checkbox": "<crowd-checkbox name='f'>f</crowd-checkbox>",
    "crowd-toggle-button": "<crowd-toggle-button name='f'>f</crowd-toggle-button>",
    "crowd-radio-button": "<crowd-radio-button name='f'>f</crowd-radio-button>",
    "checkbox": "<input type='checkbox' name='f'>",
    "radio": "<input type='radio' name='f'>",
}


def state(page: Page) -> Any:
    return page.evaluate(
        "[tool.value.boundingBoxes, tool.saveState(), tool.shadowRoot.querySelector('dialog[open]') === null]"
    )


@pytest.mark.parametrize("where", ["in the tool", "after it"])
@pytest.mark.parametrize("kind", FIELDS)
def test_no_key_of_a_field_is_a_shortcut(open_page: Open, kind: str, where: str) -> None:
    html, selector = FIELDS[kind]
    html = f"<div id='field'>{html}</div>"
    inside = f"<short-instructions>{html}</short-instructions>" if where == "in the tool" else ""
    page = open_page(TOOL % (inside, "" if inside else html))
    page.wait_for_function(
        "tool.value.boundingBoxes.length === 1 && tool.value.inputImageProperties.width > 0"
    )
    leave_checking(page, "#tool")
    # A box is selected, so that Delete would have something to do.
    page.locator("#tool").focus()
    page.keyboard.press("Tab")
    before = state(page)

    page.locator(f"#field {selector}").focus()
    for key in ("2", "h", "Delete", "Backspace", "Control+z", "?", "/", "Home"):
        page.keyboard.press(key)

    assert state(page) == before


@pytest.mark.parametrize("kind", TICKS)
def test_a_box_to_tick_needs_its_own_keys_only(open_page: Open, kind: str) -> None:
    page = open_page(TOOL % ("", f"<div id='field'>{TICKS[kind]}</div>"))
    page.wait_for_function("tool.value.inputImageProperties.width > 0")
    leave_checking(page, "#tool")
    page.locator("#tool").focus()
    page.keyboard.press("Tab")
    box = page.evaluate("tool.value.boundingBoxes[0]")
    tick = page.locator("#field input")

    tick.focus()
    for key in ("Space", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("tool.value.boundingBoxes[0]") == box
    assert tick.is_checked()

    page.keyboard.press("2")
    assert page.evaluate("tool.value.boundingBoxes[0].label") == "b"
