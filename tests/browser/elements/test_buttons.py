"""crowd-button, crowd-fab, crowd-icon-button and iron-icon (`crowd-elements/form-and-inputs.md`, `layout-and-misc.md` of the facts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

SUBMIT = "<crowd-button id='it' form-action='submit' {attributes}>Done</crowd-button>"

COUNTS = "<script>let events = 0; task.addEventListener('submit', () => { events += 1; });</script>"


def form(content: str, script: str = "") -> str:
    return f'<crowd-form id="task"><input name="a" value="1" id="a">{content}</crowd-form>{script}'


def shown(page: Page, answer: Answer) -> Any:
    expect(page.locator("#answers-box")).to_be_visible()
    return answer(page)


@pytest.mark.parametrize("act", ["click", "Enter", "Space", "script", "Control+Enter elsewhere"])
def test_a_submit_button_is_the_submit_button_of_the_page(open_page: Open, answer: Answer, act: str) -> None:
    page = open_page(form(SUBMIT.format(attributes="variant='primary'"), COUNTS))
    button = page.get_by_role("button", name="Done")
    expect(page.get_by_role("button")).to_have_count(1)

    if act == "click":
        button.click()
    elif act == "script":
        page.evaluate("it.click()")
    elif act.startswith("Control"):
        page.locator("#a").press("Control+Enter")
    else:
        button.press(act)

    assert shown(page, answer) == {"a": "1"}
    assert page.evaluate("events") == 1


@pytest.mark.parametrize("act", ["click", "Control+Enter"])
@pytest.mark.parametrize(
    "handler",
    [
        "it.onclick = () => { heard += 1; if (heard === 1) return false; }",
        "it.addEventListener('click', (event) => { heard += 1; if (heard === 1) event.preventDefault(); })",
        "document.addEventListener('click', (event) => { heard += 1; if (heard === 1) event.preventDefault(); })",
    ],
)
def test_a_click_handler_of_the_template_can_veto(
    open_page: Open, answer: Answer, handler: str, act: str
) -> None:
    page = open_page(form(SUBMIT.format(attributes=""), f"<script>let heard = 0; {handler}</script>"))
    press = page.get_by_text("Done").click if act == "click" else lambda: page.locator("#a").press(act)

    press()
    assert (page.evaluate("heard"), answer(page)) == (1, None)

    press()
    assert shown(page, answer) == {"a": "1"}


@pytest.mark.parametrize(
    "control", ["<button id='own'>Own</button>", "<input type='submit' id='own' value='Own'>"]
)
def test_control_enter_presses_the_templates_own_button(
    open_page: Open, answer: Answer, control: str
) -> None:
    page = open_page(form(control, "<script>own.onclick = () => { a.value = 'heard'; };</script>"))

    page.locator("#a").press("Control+Enter")

    assert shown(page, answer) == {"a": "heard"}


@pytest.mark.parametrize(
    "controls",
    [
        SUBMIT.format(attributes="disabled"),
        "<button>One</button><button>Another</button>",
        "<crowd-button form-action='submit'>Approve</crowd-button><crowd-button form-action='submit'>Reject</crowd-button>",
    ],
    ids=["waits", "either of two", "either of two of ours"],
)
def test_control_enter_does_nothing_where_the_template_waits_or_leaves_the_choice(
    open_page: Open, answer: Answer, controls: str
) -> None:
    page = open_page(form(controls, COUNTS))

    page.locator("#a").press("Control+Enter")

    assert (page.evaluate("events"), answer(page)) == (0, None)


def test_a_handler_that_submits_itself_submits_once(open_page: Open, answer: Answer) -> None:
    page = open_page(
        form("<crowd-button form-action='submit' onclick='task.submit()'>Done</crowd-button>", COUNTS)
    )

    page.get_by_role("button").click()

    assert shown(page, answer) == {"a": "1"}
    assert page.evaluate("events") == 1


def test_a_template_keeps_it_disabled_until_all_is_answered(open_page: Open, answer: Answer) -> None:
    page = open_page(form(SUBMIT.format(attributes="disabled")))
    expect(page.get_by_role("button", name="Done")).to_be_disabled()
    page.evaluate("it.click()")
    assert answer(page) is None

    page.evaluate("it.disabled = false; it.click()")

    assert shown(page, answer) == {"a": "1"}


def test_loading_wins_over_disabled_and_cannot_be_pressed(open_page: Open, answer: Answer) -> None:
    page = open_page(form(SUBMIT.format(attributes="loading")))
    button = page.get_by_role("button", name="Done")
    expect(button).to_have_attribute("aria-busy", "true")
    page.evaluate("it.click()")
    assert answer(page) is None

    page.evaluate("it.loading = false")
    button.click()

    assert shown(page, answer) == {"a": "1"}


def test_a_button_without_an_action_does_nothing_by_itself(open_page: Open, answer: Answer) -> None:
    page = open_page(
        form(
            "<crowd-button onclick='heard = true; return false'>Add</crowd-button><script>var heard = false</script>"
        )
    )

    page.get_by_text("Add").click()

    assert (page.evaluate("heard"), answer(page)) == (True, None)
    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_reset_resets(open_page: Open) -> None:
    page = open_page(
        form(
            "<crowd-button form-action='Reset'>Clear</crowd-button><crowd-checkbox id='b' name='b'>B</crowd-checkbox>"
        )
    )
    page.locator("#a").fill("2")
    page.get_by_text("B", exact=True).click()

    page.get_by_role("button", name="Clear").click()

    assert page.evaluate("[a.value, b.checked]") == ["1", False]


def test_a_button_outside_of_all_forms_acts_on_that_of_the_page(open_page: Open, answer: Answer) -> None:
    page = open_page(SUBMIT.format(attributes="") + form(""))

    page.get_by_text("Done").click()

    assert shown(page, answer) == {"a": "1"}


def test_it_acts_on_the_form_that_the_element_around_it_brings(open_page: Open) -> None:
    page = open_page(
        """<crowd-entity-annotation id="names" name="names" text="Ada" labels="['x']"
        initial-value="[{label: 'x', startOffset: 0, endOffset: 3}]"><crowd-button form-action="submit">Done</crowd-button>
        </crowd-entity-annotation>"""
    )

    page.get_by_text("Done").click()

    expect(page.locator("#answers-box")).to_contain_text('"endOffset": 3')


def test_it_submits_from_a_form_inside_the_form(open_page: Open, answer: Answer) -> None:
    page = open_page(form(f"<form action=''>{SUBMIT.format(attributes='')}</form>"))

    page.get_by_text("Done").click()

    assert shown(page, answer) == {"a": "1"}


def test_with_an_address_it_is_a_link(open_page: Open) -> None:
    page = open_page(form("<crowd-button id='it' href='#there' target='_self'>Go</crowd-button>"))
    link = page.get_by_role("link", name="Go")
    expect(link).to_have_attribute("target", "_self")
    link.click()
    assert page.url.endswith("#there")

    page.evaluate("it.disabled = true")

    expect(link).to_have_attribute("aria-disabled", "true")
    expect(link).not_to_have_attribute("href", "#there")


@pytest.mark.parametrize("tag", ["crowd-fab", "crowd-icon-button"])
def test_a_button_with_an_icon_does_what_its_handler_says(open_page: Open, answer: Answer, tag: str) -> None:
    """As in the documentation, self-closed."""
    page = open_page(
        f"""<crowd-form id="task"><input name="a" value="1"><{tag} id="it" icon="question-answer" title="Submit it" /></crowd-form>
        <script>it.addEventListener('click', () => task.submit());</script>"""
    )
    button = page.get_by_role("button", name="Submit it")
    expect(button.locator("svg path").first).to_be_attached()

    page.evaluate("it.disabled = true")
    expect(button).to_be_disabled()
    page.evaluate("it.click()")
    assert answer(page) is None

    page.evaluate("it.disabled = false")
    button.press("Enter")

    assert shown(page, answer) == {"a": "1"}


@pytest.mark.parametrize(
    "name",
    [
        "add-box",
        "error-outline",
        "question-answer",
        "remove-circle",
        "report-problem",
        "search",
        "star",
        "zoom-in",
        "zoom-out",
        "info-outline",
        "av:play-arrow",
        "icons:lock-outline",
    ],
)
def test_the_icons_of_public_templates_are_there(open_page: Open, name: str) -> None:
    page = open_page(f"<crowd-form><iron-icon id='it' icon='{name}'></iron-icon></crowd-form>")

    expect(page.locator("#it svg path").first).to_be_attached()
    expect(page.locator("#it svg path[d='M4 4h16v16H4zm2 2v12h12V6z']")).to_have_count(0)


def test_a_page_gets_little_more_than_the_icons_that_it_shows(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><iron-icon icon='star'></iron-icon><iron-icon icon='star'></iron-icon></crowd-form>"
    )
    expect(page.locator("iron-icon svg path").first).to_be_attached()

    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter(({name}) => name.includes('/icons-')).map(({decodedBodySize}) => decodedBodySize)"
    )

    assert len(sizes) == 1
    assert sizes[0] < 20_000


def test_a_name_that_no_icon_has_is_a_box(open_page: Open) -> None:
    page = open_page("<crowd-form><iron-icon id='it' icon='constructor'></iron-icon></crowd-form>")

    expect(page.locator("#it svg path")).to_have_attribute("d", "M4 4h16v16H4zm2 2v12h12V6z")


def test_an_icon_may_be_a_picture_and_may_change(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><crowd-fab id='it' icon='/picture.png' title='Look'></crowd-fab></crowd-form>"
    )
    expect(page.locator("#it img")).to_have_attribute("src", "/picture.png")

    page.evaluate("it.icon = 'star'")

    expect(page.locator("#it svg path").first).to_be_attached()
    expect(page.locator("#it img")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_buttons(
    open_page: Open, violations: Callable[[Page], list[str]], scheme: str
) -> None:
    page = open_page(
        """<crowd-form><crowd-button>Normal</crowd-button><crowd-button variant="primary" icon="star">Primary</crowd-button>
        <crowd-button variant="link" href="#x">Link</crowd-button><crowd-button variant="icon" icon="settings"></crowd-button>
        <crowd-button loading>Loading</crowd-button><crowd-fab icon="star" title="Star"></crowd-fab><crowd-fab label="A"></crowd-fab>
        <crowd-icon-button icon="search"></crowd-icon-button><iron-icon icon="star"></iron-icon></crowd-form>""",
        color_scheme=scheme,
    )
    expect(page.locator("iron-icon svg path").first).to_be_attached()

    assert violations(page) == []
