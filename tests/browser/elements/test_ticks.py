"""crowd-checkbox, crowd-toggle-button, crowd-radio-button and crowd-radio-group beyond their cases (`crowd-elements/form-and-inputs.md`)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

COLLECTED = "JSON.parse(document.querySelector('crowd-form')._serializeForm().taskAnswers)[0]"

TICKS = pytest.mark.parametrize("tag", ["crowd-checkbox", "crowd-toggle-button", "crowd-radio-button"])

GROUP = """<crowd-form id="task"><p id="before" tabindex="0">before</p><crowd-radio-group id="group">
<div><crowd-radio-button id="a" name="side" value="left">Left</crowd-radio-button></div>
<crowd-radio-button id="b" name="side" value="middle" disabled>Middle</crowd-radio-button>
<crowd-radio-button id="c" name="side" value="right" %s>Right</crowd-radio-button>
</crowd-radio-group></crowd-form>"""


def checked(page: Page) -> list[str]:
    ids = page.evaluate("[...document.querySelectorAll('[checked]')].map(({id}) => id)")
    assert isinstance(ids, list)
    return ids


@TICKS
@pytest.mark.parametrize("where", ["input", "b", "i"], ids=["control", "words", "words in words"])
def test_a_click_is_one_click_heard_before_it_is_switched(open_page: Open, tag: str, where: str) -> None:
    page = open_page(
        f"""<crowd-form><{tag} id="it" name="it" onclick="heard.push(this.checked)"><b>Some <i>words</i></b></{tag}></crowd-form>
      <script>const heard = [];</script>"""
    )

    page.locator("#it").locator(where).click()

    expect(page.locator("#it")).to_have_attribute("checked", "")
    assert page.evaluate("heard") == [False]


@TICKS
def test_a_handler_that_prevents_the_click_keeps_it_as_it_is(open_page: Open, tag: str) -> None:
    page = open_page(
        f"""<crowd-form><{tag} id="it" name="it" onclick="heard += 1; if (heard === 1) return false">words</{tag}></crowd-form>
        <script>let heard = 0;</script>"""
    )

    page.get_by_text("words").click()
    assert page.evaluate("[heard, it.checked]") == [1, False]

    page.locator("#it input").click()
    assert page.evaluate("[heard, it.checked]") == [2, True]


@TICKS
def test_a_script_switches_it_by_property_attribute_and_click(open_page: Open, tag: str) -> None:
    page = open_page(
        f"""<crowd-form><{tag} id="it" name="it" value="x">words</{tag}></crowd-form>
        <script>
          const seen = [];
          new MutationObserver(() => seen.push(it.checked)).observe(it, {{attributeFilter: ['checked']}});
        </script>"""
    )

    for act in (
        "it.checked = true",
        "it.removeAttribute('checked')",
        "it.setAttribute('checked', 'true')",
        "it.checked = false",
    ):
        page.evaluate(act)
    page.evaluate("it.click()")

    assert page.evaluate("seen") == [True, False, True, False, True]
    expect(page.locator("#it input")).to_be_checked()
    assert page.evaluate(COLLECTED) == {"it": {"x": True}}


@TICKS
def test_a_link_among_the_words_is_followed_and_switches_nothing(open_page: Open, tag: str) -> None:
    page = open_page(
        f"<crowd-form><{tag} id='it' name='it'>I read <a href='#rules'>the rules</a></{tag}></crowd-form>"
    )

    page.get_by_role("link").click()

    assert page.url.endswith("#rules")
    assert page.evaluate("it.checked") is False

    page.get_by_text("I read").click(position={"x": 5, "y": 5})
    assert page.evaluate("it.checked") is True


@TICKS
def test_a_label_elsewhere_names_and_switches_it(open_page: Open, tag: str) -> None:
    page = open_page(
        f"<crowd-form><label for='it'>Sharp</label><{tag} id='it' name='it'></{tag}></crowd-form>"
    )
    expect(page.locator("#it input")).to_have_accessible_name("Sharp")

    page.get_by_text("Sharp").click()

    expect(page.locator("#it input")).to_be_checked()


@TICKS
def test_what_a_self_closed_tag_swallows_is_used_by_itself(open_page: Open, tag: str) -> None:
    page = open_page(
        f"<crowd-form><{tag} id='it' name='it' /> Its words <br><label>Remark <input name='b'></label><button type='button'>Press</button></crowd-form>"
    )

    page.get_by_label("Remark").fill("x")
    page.get_by_role("button", name="Press").click()
    page.get_by_text("Remark").click()
    assert page.evaluate(COLLECTED) == {"b": "x", "it": {"on": False}}

    page.locator("#it .tick").click()
    assert page.evaluate(COLLECTED) == {"b": "x", "it": {"on": True}}
    expect(page.locator("#it > button")).to_be_visible()


def test_hostile_words_are_text(open_page: Open) -> None:
    page = open_page(
        """<crowd-form><crowd-checkbox id="it" name="__proto__" value="&lt;img src=x onerror=alert(1)&gt;" checked></crowd-checkbox></crowd-form>"""
    )

    expect(page.get_by_role("checkbox")).to_have_accessible_name("<img src=x onerror=alert(1)>")
    assert (
        page.evaluate(f"JSON.stringify({COLLECTED})") == '{"__proto__":{"<img src=x onerror=alert(1)>":true}}'
    )


def test_one_of_a_group_at_most_is_chosen_whoever_chooses(open_page: Open) -> None:
    page = open_page(GROUP % "")
    assert page.evaluate(COLLECTED) == {"side": {"left": False, "right": False}}

    page.get_by_text("Left").click()
    assert checked(page) == ["a"]
    page.evaluate("c.checked = true")
    assert checked(page) == ["c"]
    page.evaluate("b.setAttribute('checked', '')")
    assert checked(page) == ["b"]
    page.evaluate("b.removeAttribute('checked')")
    assert checked(page) == []


def test_of_several_that_a_template_checks_the_last_one_is(open_page: Open) -> None:
    page = open_page(
        """<crowd-form><crowd-radio-group><crowd-radio-button id="a" name="a" checked>A</crowd-radio-button>
        <crowd-radio-button id="b" name="b" checked>B</crowd-radio-button></crowd-radio-group></crowd-form>"""
    )

    assert checked(page) == ["b"]


def test_a_group_is_one_stop_for_tab_and_arrows_choose_in_it(open_page: Open) -> None:
    page = open_page(GROUP % "")
    page.evaluate("window.heard = []; task.addEventListener('change', ({target}) => heard.push(target.id))")

    page.locator("#before").press("Tab")
    expect(page.locator("#a input")).to_be_focused()
    assert checked(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.locator("#c input")).to_be_focused()
    assert checked(page) == ["c"]
    page.keyboard.press("ArrowRight")
    assert checked(page) == ["a"]
    page.keyboard.press("ArrowUp")
    assert checked(page) == ["c"]
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#c input")).to_be_focused()

    assert page.evaluate("heard") == ["c", "a", "c"]


def test_a_screen_reader_is_told_the_group_and_the_place_in_it(open_page: Open) -> None:
    page = open_page(GROUP % "checked")

    expect(page.get_by_role("radiogroup")).to_be_visible()
    expect(page.locator("#c input")).to_have_attribute("aria-posinset", "3")
    expect(page.locator("#c input")).to_have_attribute("aria-setsize", "3")


def test_axe_finds_nothing_in_a_group(open_page: Open, violations: Callable[[Page], list[str]]) -> None:
    assert violations(open_page(GROUP % "checked")) == []


def test_buttons_made_by_a_script_make_a_group(open_page: Open) -> None:
    page = open_page("<crowd-form id='task'></crowd-form>")

    page.evaluate(
        """() => {
          const group = document.createElement('crowd-radio-group');
          for (const id of ['a', 'b']) {
            const button = Object.assign(document.createElement('crowd-radio-button'), {id, name: id, textContent: id});
            if (id === 'b') button.setAttribute('checked', '');
            group.append(button);
          }
          task.form.append(group);
        }"""
    )
    page.locator("#a input").click()

    assert page.evaluate(COLLECTED) == {"a": {"on": True}, "b": {"on": False}}


def test_a_button_that_stands_alone_can_be_taken_back(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><crowd-radio-button id='it' name='it'>words</crowd-radio-button></crowd-form>"
    )

    page.get_by_text("words").click()
    expect(page.locator("#it input")).to_be_checked()
    page.get_by_text("words").click()
    expect(page.locator("#it input")).not_to_be_checked()


def test_reset_brings_back_the_one_that_the_template_chose(open_page: Open) -> None:
    page = open_page(GROUP % "checked")
    page.get_by_text("Left").click()
    assert checked(page) == ["a"]

    page.evaluate("task.reset()")

    assert checked(page) == ["c"]


def test_a_switch_is_one_for_screen_readers(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><crowd-toggle-button name='a' checked>Sharp</crowd-toggle-button></crowd-form>"
    )

    expect(page.get_by_role("switch", name="Sharp")).to_be_checked()


def test_a_disabled_fieldset_disables_them(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><fieldset disabled><crowd-checkbox name='a'>A</crowd-checkbox><crowd-input name='b' value='x'></crowd-input></fieldset></crowd-form>"
    )

    expect(page.get_by_role("checkbox")).to_be_disabled()
    expect(page.get_by_role("textbox")).to_be_disabled()
    assert page.evaluate(COLLECTED) == {}


@pytest.mark.parametrize(("count", "script"), [(3000, ""), (10_000, "group.append(later.content)")])
def test_thousands_of_buttons_in_a_group_answer(open_page: Open, count: int, script: str) -> None:
    """Read with the page, or added to it at once, which the browser lays out much sooner."""
    buttons = "".join(
        f"<crowd-radio-button name='a' value='{n}'>{n}</crowd-radio-button>" for n in range(count)
    )
    given = f"<template id=later>{buttons}</template>" if script else buttons
    page = open_page(
        f"<crowd-form><crowd-radio-group id=group>{given}</crowd-radio-group></crowd-form><script>{script}</script>"
    )

    page.get_by_text("25", exact=True).click()

    assert page.evaluate(f"Object.entries({COLLECTED}.a).filter(([, on]) => on)") == [["25", True]]
    assert page.evaluate(f"Object.keys({COLLECTED}.a).length") == count
