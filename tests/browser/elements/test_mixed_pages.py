"""Templates that mix an image tool and a form: both are seen at once, in the order of the template, with Submit at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

TOOL = """<crowd-bounding-box name="boxes" src="/picture.png" labels="['a', 'b']" header="Draw"
  initial-value="[{label: 'a', left: 1, top: 1, width: 9, height: 9}]"%s
  <short-instructions>Short</short-instructions><full-instructions>Full</full-instructions>"""
CLOSED = f"{TOOL % '>'}</crowd-bounding-box>"
FIELDS = """<p><label for="remark">Remark</label> <input id="remark" name="remark" required></p>
<fieldset><legend>Sure?</legend><label><input type="radio" name="sure" value="yes"> yes</label></fieldset>"""

SIZES = pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (390, 844)], ids=lambda size: f"{size[0]}")


def box(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box is not None
    return {**box, "bottom": box["y"] + box["height"]}


def settle(page: Page) -> None:
    """Waits until the picture is there and the tool has the size that the page leaves for it."""
    page.wait_for_function(
        """() => {
          const tool = document.querySelector('crowd-bounding-box');
          const height = tool.style.getPropertyValue('--tool-height');
          const isStill = window.lastHeight === height;
          window.lastHeight = height;
          return isStill && height && tool.value.inputImageProperties.width > 0;
        }"""
    )


@SIZES
@pytest.mark.parametrize("order", ["tool first", "fields first"])
def test_tool_fields_and_submit_are_in_the_window_in_the_order_of_the_template(
    open_page: Open, size: tuple[int, int], order: str
) -> None:
    content = CLOSED + FIELDS if order == "tool first" else FIELDS + CLOSED
    page = open_page(f"<crowd-form>{content}</crowd-form>", viewport={"width": size[0], "height": size[1]})
    settle(page)

    tool, field = box(page.locator("crowd-bounding-box .layout")), box(page.locator("#remark"))
    fieldset, submit = (
        box(page.get_by_role("group", name="Sure?")),
        box(page.get_by_role("button", name="Submit")),
    )
    assert submit["bottom"] <= size[1]
    assert tool["height"] >= 400
    if order == "tool first":
        assert (
            tool["bottom"]
            <= field["y"]
            < field["bottom"]
            <= fieldset["y"]
            < fieldset["bottom"]
            <= submit["y"]
        )
    else:
        assert field["bottom"] <= fieldset["y"] < fieldset["bottom"] <= tool["y"] < submit["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@SIZES
def test_a_long_form_scrolls_and_its_beginning_is_in_sight(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(
        f"<crowd-form>{CLOSED}<h2 id='title'>Questions</h2>{FIELDS * 5}</crowd-form>",
        viewport={"width": size[0], "height": size[1]},
    )
    settle(page)

    assert box(page.locator("crowd-bounding-box .layout"))["height"] >= 400
    assert box(page.locator("#title"))["bottom"] < size[1]
    submit, last = (
        box(page.get_by_role("button", name="Submit")),
        box(page.get_by_role("group", name="Sure?").last),
    )
    assert submit["y"] >= last["bottom"] > size[1]


@pytest.mark.parametrize(
    "content",
    [f"{TOOL % ' />'}{FIELDS}", f"{TOOL % '>'}{FIELDS}</crowd-bounding-box>"],
    ids=["self-closed", "children"],
)
def test_what_a_tool_holds_beside_its_regions_is_shown_after_it(
    open_page: Open, answer: Answer, content: str
) -> None:
    page = open_page(f"<crowd-form>{content}</crowd-form>")
    settle(page)
    field, submit = page.locator("#remark"), page.get_by_role("button", name="Submit")
    assert box(page.locator("crowd-bounding-box .layout"))["bottom"] <= box(field)["y"]
    assert box(page.get_by_role("group", name="Sure?"))["bottom"] <= box(submit)["y"]

    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("Remark: fill this in")
    field.fill("seen")
    submit.click()

    expect(page.locator("#answers-box")).to_contain_text('"remark": "seen"')


def test_a_second_self_closed_tool_is_shown_too(open_page: Open) -> None:
    tool = """<crowd-bounding-box name="%s" src="/picture.png" labels="['a']" />"""
    page = open_page(f"<crowd-form>{tool % 'first'}{tool % 'second'}</crowd-form>")
    settle(page)

    tops = page.evaluate(
        """[...document.querySelectorAll('crowd-bounding-box')].map((tool) => {
          const {top, bottom, height} = tool.shadowRoot.querySelector('.layout').getBoundingClientRect();
          return {top, bottom, height};
        })"""
    )
    assert tops[0]["bottom"] <= tops[1]["top"]
    assert tops[1]["height"] >= 400


def test_bare_text_in_a_tool_is_shown_and_blanks_take_no_room(open_page: Open) -> None:
    page = open_page(f"<crowd-form>{TOOL % '>'} Bare words. </crowd-bounding-box></crowd-form>")
    other_content = page.locator("crowd-bounding-box .other-content")
    expect(other_content).to_be_visible()
    assert box(other_content)["height"] > 20

    page.evaluate(
        "for (const node of [...document.querySelector('crowd-bounding-box').childNodes]) if (node.data?.trim()) node.remove()"
    )

    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').shadowRoot.querySelector('.other-content').getBoundingClientRect().height === 0"
    )


def test_the_submit_at_the_end_can_be_vetoed_at_the_tools_own_button(open_page: Open, answer: Answer) -> None:
    page = open_page(
        f"""<crowd-form>{CLOSED}<p>Below</p></crowd-form>
        <script>
          let vetoes = 0;
          document.addEventListener('all-crowd-elements-ready', () => {{
            const button = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('awsui-button[data-testid=crowd-submit]');
            button.addEventListener('click', (event) => {{
              if (vetoes > 0) return;
              vetoes += 1;
              event.stopPropagation();
              event.preventDefault();
            }}, {{capture: true}});
          }});
        </script>"""
    )
    settle(page)
    submit = page.get_by_role("button", name="Submit")
    expect(submit).to_have_count(1)

    submit.click()
    assert page.evaluate("vetoes") == 1
    assert answer(page) is None
    submit.click()

    expect(page.locator("#answers-box")).to_be_visible()


def test_a_field_that_a_script_shows_below_a_tool_brings_submit_below_it(open_page: Open) -> None:
    page = open_page(f"<crowd-form>{CLOSED}<div id='more' hidden>{FIELDS}</div></crowd-form>")
    settle(page)
    submit = page.locator("crowd-bounding-box").get_by_role("button", name="Submit")
    expect(submit).to_be_visible()

    page.evaluate("more.hidden = false")

    expect(submit).to_be_hidden()
    assert (
        box(page.get_by_role("button", name="Submit"))["y"]
        >= box(page.get_by_role("group", name="Sure?"))["bottom"]
    )


def test_instructions_come_before_the_fields_wherever_a_template_puts_them(open_page: Open) -> None:
    page = open_page(
        f"<crowd-form>{FIELDS}<full-instructions>All</full-instructions><short-instructions>Some</short-instructions></crowd-form>"
    )

    field = box(page.locator("#remark"))
    assert box(page.get_by_text("Some"))["bottom"] <= field["y"]
    assert box(page.get_by_role("button", name="View full instructions"))["bottom"] <= field["y"]


@pytest.mark.parametrize(
    "rule", ["* { padding: 1px }", "input { padding: 1px }", ":where(input) { padding: 1px }"]
)
def test_native_fields_have_our_look_until_the_template_says_otherwise(open_page: Open, rule: str) -> None:
    padding = "getComputedStyle(remark).paddingLeft"
    page = open_page(f"<crowd-form>{FIELDS}</crowd-form>")
    assert page.evaluate(padding) == "8px"

    page = open_page(f"<style>{rule}</style><crowd-form>{FIELDS}</crowd-form>")

    assert page.evaluate(padding) == "1px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@SIZES
def test_axe_finds_nothing(
    open_page: Open, violations: Callable[[Page], list[str]], scheme: str, size: tuple[int, int]
) -> None:
    page = open_page(
        f"<crowd-form>{CLOSED}<h2>Questions</h2>{FIELDS}<textarea aria-label='More' name='more'></textarea></crowd-form>",
        color_scheme=scheme,
        viewport={"width": size[0], "height": size[1]},
    )
    settle(page)

    assert violations(page) == []


def test_nothing_of_ours_reaches_the_error_handler_of_a_template(open_page: Open) -> None:
    page = open_page(
        f"""<script>window.told = []; window.onerror = (message) => {{ told.push(message); }};</script>
        <crowd-form>{CLOSED}{FIELDS}</crowd-form>"""
    )
    for width, height in [(600, 900), (1280, 500), (900, 1000), (1280, 800)]:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)

    assert page.evaluate("told") == []
