"""What every element must do. A new element is one more row of the table below.

A row says how a worker fills the element in and what the answer then is; the tests are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@dataclass(frozen=True)
class Case:
    tag: str
    attributes: str
    fill: Callable[[Page], None]
    untouched: Any
    """The answer under the element's name before anything is done; None means that the key is left out."""
    filled: Any
    content: str = ""
    accepted_untouched: bool = True
    """Can the element be submitted as it came?"""


def draw(page: Page) -> None:
    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )
    page.locator("crowd-bounding-box .surface").press("n")


SIZE = {"height": 400, "width": 600}

CASES = [
    Case(
        tag="crowd-bounding-box",
        attributes="src='/picture.png' labels='[\"car\"]' header='Draw'",
        content="<short-instructions><b id='inside'>short</b></short-instructions><full-instructions>full</full-instructions>",
        fill=draw,
        untouched={"boundingBoxes": [], "inputImageProperties": SIZE},
        filled={
            "boundingBoxes": [{"height": 100, "label": "car", "left": 225, "top": 150, "width": 150}],
            "inputImageProperties": SIZE,
        },
        accepted_untouched=False,
    ),
]

every_element = pytest.mark.parametrize("case", CASES, ids=lambda case: case.tag)


def html(case: Case, attributes: str = "") -> str:
    return f'<crowd-form id="task"><{case.tag} id="it" name="it" {case.attributes} {attributes}>{case.content}</{case.tag}></crowd-form>'


def load(page: Page) -> None:
    """Waits until an element that loads something has it."""
    page.wait_for_function("!it.src || it.value.inputImageProperties.width > 0")


@every_element
def test_it_is_upgraded_has_an_open_shadow_root_and_is_a_global(open_page: Open, case: Case) -> None:
    page = open_page(html(case))

    assert page.evaluate("customElements.get(it.localName) !== undefined && it.shadowRoot !== null")
    assert page.evaluate("document.getElementById('it') === it && it.closest('form') === task.form")


@every_element
def test_its_children_stay_its_children(open_page: Open, case: Case) -> None:
    page = open_page(html(case))

    if "id='inside'" in case.content:
        assert page.evaluate("it.contains(inside)")
    assert page.evaluate("it.children.length") == page.evaluate(
        "(html) => { const t = document.createElement('template'); t.innerHTML = html; return t.content.children.length; }",
        case.content,
    )


@every_element
def test_its_answer_before_and_after_it_is_filled_in(open_page: Open, case: Case) -> None:
    page = open_page(html(case))
    load(page)
    assert page.evaluate("it.contribution() ?? null") == case.untouched

    case.fill(page)

    assert page.evaluate("it.contribution() ?? null") == case.filled


@every_element
def test_the_form_submits_its_answer_under_its_name(
    open_page: Open, answer: Callable[[Page], Any], case: Case
) -> None:
    page = open_page(html(case))
    load(page)
    page.evaluate("task.submit()")
    if not case.accepted_untouched:
        expect(page.get_by_role("alert")).to_be_visible()
        assert answer(page) is None

    case.fill(page)
    page.evaluate("task.submit()")

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {"it": case.filled}


@every_element
@pytest.mark.parametrize("attributes", ["disabled", "disabled='true'"])
def test_a_disabled_one_is_left_out(
    open_page: Open, answer: Callable[[Page], Any], case: Case, attributes: str
) -> None:
    page = open_page(html(case, attributes))

    page.evaluate("task.submit()")

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {}


@every_element
def test_one_without_a_name_is_left_out(open_page: Open, answer: Callable[[Page], Any], case: Case) -> None:
    page = open_page(html(case))
    load(page)
    case.fill(page)

    page.evaluate("it.removeAttribute('name'); task.submit()")

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {}


@every_element
def test_reset_brings_back_what_the_template_gave(open_page: Open, case: Case) -> None:
    page = open_page(html(case))
    load(page)
    case.fill(page)

    page.evaluate("task.reset()")

    assert page.evaluate("it.contribution() ?? null") == case.untouched


@every_element
def test_its_state_can_be_saved_and_put_back(open_page: Open, case: Case) -> None:
    page = open_page(html(case))
    load(page)
    case.fill(page)
    state = page.evaluate("it.saveState()")
    page.evaluate("it.reset()")

    page.evaluate("(state) => it.restoreState(state)", state)

    assert page.evaluate("it.contribution() ?? null") == case.filled


@every_element
@pytest.mark.parametrize("state", [None, 1, "x", [], {}, {"shapes": 1}])
def test_a_state_that_it_does_not_recognise_changes_nothing(open_page: Open, case: Case, state: Any) -> None:
    page = open_page(html(case))
    load(page)

    page.evaluate("(state) => it.restoreState(state)", state)

    assert page.evaluate("it.contribution() ?? null") == case.untouched


@every_element
def test_a_change_is_announced_like_that_of_an_input(open_page: Open, case: Case) -> None:
    page = open_page(html(case))
    load(page)
    page.evaluate(
        "() => { window.heard = []; for (const kind of ['input', 'change']) document.addEventListener(kind, ({target}) => heard.push(kind + ' ' + target.id)); }"
    )

    case.fill(page)

    assert {"input it", "change it"} <= set(page.evaluate("heard"))


@every_element
def test_it_works_when_it_is_made_by_a_script(open_page: Open, case: Case) -> None:
    page = open_page('<crowd-form id="task"></crowd-form>')

    page.evaluate(
        "(html) => { const t = document.createElement('template'); t.innerHTML = html; task.form.append(t.content.querySelector('#it')); }",
        html(case),
    )
    load(page)
    case.fill(page)

    assert page.evaluate("it.contribution() ?? null") == case.filled


@every_element
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "size", [(1440, 900), (1024, 768), (720, 450)], ids=["desk", "tablet", "zoomed to 200 %"]
)
def test_axe_finds_nothing(
    open_page: Open, violations: Callable[[Page], list[str]], case: Case, scheme: str, size: tuple[int, int]
) -> None:
    page = open_page(html(case), color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    load(page)
    case.fill(page)

    assert violations(page) == []
