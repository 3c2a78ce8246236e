"""What every element must do, on the cases of `elements/cases`.

A case says what an element answers as it came, and how a worker fills it in; the tests are the same for all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from secondlook.review.render import elements
from tests.browser.elements.conftest import FORM
from tests.element_cases import FILLED, SERVED, Case

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

COLLECTED = f"JSON.parse({FORM}._serializeForm().taskAnswers)[0]"

every_case = pytest.mark.parametrize("case", SERVED, ids=str)
every_element = pytest.mark.parametrize("case", FILLED, ids=lambda case: case.tag)


def collected(page: Page) -> Any:
    return page.evaluate(COLLECTED)


def answer_in_the_end(page: Page, expected: Any) -> Any:
    """What the page answers once that is as expected, keys in alphabetical order, or after long enough: elements load things.

    How a picture inside is packed is not for the page to compare.
    """
    text = json.dumps(
        expected, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=lambda painted: None
    )
    with suppress(PlaywrightTimeoutError):
        page.wait_for_function(
            f"(text) => JSON.stringify({COLLECTED}, (key, value) => (key === 'pngImageData' ? null : value)) === text",
            arg=text,
        )
    return collected(page)


def fill(page: Page, case: Case) -> None:
    for action, selector, *arguments in case.fill:
        element = page.locator("#it").locator(selector)
        acts: dict[str, Callable[..., None]] = {
            "press": element.press,
            "click": element.click,
            "fill": element.fill,
        }
        acts[action](*arguments)


def submit(page: Page) -> None:
    page.evaluate(f"{FORM}.submit()")


def handed_in(page: Page, answer: Answer) -> Any:
    expect(page.locator("#answers-box")).to_be_visible()
    return answer(page)


def opened(open_page: Open, case: Case, **options: Any) -> Page:
    """The page of a case, once its element has what it loads."""
    page = open_page(case.html(), **options)
    assert answer_in_the_end(page, case.answer) == case.answer
    expect(page.locator("#it").get_by_text("Loading the")).to_have_count(0)
    return page


def test_every_element_that_is_served_has_cases() -> None:
    assert set(elements.served()) <= {case.tag for case in SERVED}
    assert [] == [str(case) for case in SERVED if case.refused == ""], "words that a worker sees are missing"


@every_case
def test_untouched_it_is_handed_in_or_refused_as_its_case_says(
    open_page: Open, answer: Answer, case: Case
) -> None:
    page = opened(open_page, case)

    submit(page)

    if case.refused is None:
        assert handed_in(page, answer) == case.answer
    else:
        expect(page.get_by_text(case.refused).first).to_be_visible()
        assert answer(page) is None


@pytest.mark.parametrize("case", [case for case in SERVED if case.fill], ids=str)
def test_filled_in_it_is_handed_in_as_its_case_says(open_page: Open, answer: Answer, case: Case) -> None:
    page = opened(open_page, case)

    fill(page, case)
    submit(page)

    assert handed_in(page, answer) == case.filled


@every_element
def test_it_is_upgraded_has_an_open_shadow_root_is_a_global_and_keeps_its_children(
    open_page: Open, case: Case
) -> None:
    page = open_page(case.html())

    assert page.evaluate("customElements.get(it.localName) !== undefined && it.shadowRoot !== null")
    assert page.evaluate("document.getElementById('it') === it")
    if case.tag not in elements.FORMS:
        assert page.evaluate("it.closest('form') === task.form")

    # Its children stay its children.
    if "id='inside'" in case.content:
        assert page.evaluate("it.contains(inside)")
    assert page.evaluate("it.children.length") == page.evaluate(
        "(html) => { const t = document.createElement('template'); t.innerHTML = html; return t.content.children.length; }",
        case.content,
    )


@every_element
@pytest.mark.parametrize("disabled", [True, "true"], ids=["disabled", "disabled=true"])
def test_disabled_it_is_left_out(open_page: Open, answer: Answer, case: Case, disabled: bool | str) -> None:
    page = open_page(case.html(disabled=disabled))

    submit(page)

    assert handed_in(page, answer) == {}


@every_element
def test_without_a_name_it_is_left_out(open_page: Open, answer: Answer, case: Case) -> None:
    page = opened(open_page, case)
    fill(page, case)

    page.evaluate("it.removeAttribute('name')")
    submit(page)

    assert handed_in(page, answer) == {}


@every_element
def test_reset_brings_back_what_the_template_gave(open_page: Open, case: Case) -> None:
    page = opened(open_page, case)
    fill(page, case)
    assert collected(page) == case.filled

    page.evaluate(f"{FORM}.reset()")

    assert collected(page) == case.answer


@every_element
def test_its_state_can_be_saved_and_put_back(open_page: Open, case: Case) -> None:
    page = opened(open_page, case)
    fill(page, case)
    state = page.evaluate("it.saveState()")
    page.evaluate("it.reset()")

    page.evaluate("(state) => it.restoreState(state)", state)

    assert collected(page) == case.filled


@every_element
def test_a_state_that_it_does_not_recognise_changes_nothing(open_page: Open, case: Case) -> None:
    page = opened(open_page, case)

    for state in (None, 1, "x", [], {}, {"shapes": 1}):
        page.evaluate("(state) => it.restoreState(state)", state)

        assert collected(page) == case.answer, state


@every_element
def test_a_change_is_announced_like_that_of_an_input(open_page: Open, case: Case) -> None:
    page = opened(open_page, case)
    page.evaluate(
        "() => { window.heard = []; for (const kind of ['input', 'change']) document.addEventListener(kind, ({target}) => heard.push(kind + ' ' + target.id)); }"
    )

    fill(page, case)

    assert {"input it", "change it"} <= set(page.evaluate("heard"))


@every_element
def test_it_works_when_a_script_adds_it(open_page: Open, case: Case) -> None:
    page = open_page('<crowd-form id="task"></crowd-form>')

    page.evaluate(
        "(html) => { const t = document.createElement('template'); t.innerHTML = html; task.form.append(t.content.querySelector('#it')); }",
        case.html(),
    )
    assert answer_in_the_end(page, case.answer) == case.answer
    fill(page, case)

    assert collected(page) == case.filled


SIGHTS = (((1440, 900), "light"), ((1440, 900), "dark"), ((1024, 768), "light"), ((720, 450), "dark"))
"""Sizes and schemes at which axe looks: colours are those of the scheme at every size. The last is a desk zoomed to 200 %."""


@every_element
def test_axe_finds_nothing(open_page: Open, violations: Callable[[Page], list[str]], case: Case) -> None:
    page = opened(open_page, case)
    fill(page, case)

    for (width, height), scheme in SIGHTS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)

        assert violations(page) == [], f"{width} by {height}, {scheme}"
