"""crowd-input and crowd-text-area beyond their cases (`crowd-elements/form-and-inputs.md` of the facts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

BOTH = pytest.mark.parametrize("tag", ["crowd-input", "crowd-text-area"])

COLLECTED = "JSON.parse(document.querySelector('crowd-form')._serializeForm().taskAnswers)[0]"


def opened(open_page: Open, tag: str, attributes: str = "", content: str = "", **options: Any) -> Page:
    return open_page(
        f'<crowd-form id="task"><{tag} id="it" name="it" {attributes}>{content}</{tag}></crowd-form>',
        **options,
    )


@BOTH
def test_a_value_that_a_script_sets_counts_at_once(open_page: Open, tag: str) -> None:
    page = opened(open_page, tag, 'value="first"')

    for act, expected in [
        ("it.setAttribute('value', 'second')", {"it": "second"}),
        ("it.value = 'third'", {"it": "third"}),
        ("it.value = 4", {"it": "4"}),
        ("it.value = null", {}),
        ("it.setAttribute('value', 'fifth')", {"it": "fifth"}),
        ("it.removeAttribute('value')", {}),
    ]:
        assert page.evaluate(f"{act}; {COLLECTED}") == expected


@BOTH
def test_an_attribute_that_is_set_anew_replaces_what_was_written(open_page: Open, tag: str) -> None:
    page = opened(open_page, tag, 'value="first"')
    page.locator("#it .box").fill("written")
    assert page.evaluate("it.value") == "written"

    page.evaluate("it.setAttribute('value', 'first')")

    expect(page.locator("#it .box")).to_have_value("first")


@BOTH
def test_required_and_disabled_can_be_changed_at_any_time(open_page: Open, answer: Answer, tag: str) -> None:
    page = opened(open_page, tag, "required")
    assert page.evaluate("it.validate()") is False

    page.evaluate("it.removeAttribute('required')")
    assert page.evaluate("it.validate()") is True

    page.evaluate("it.required = true; it.setAttribute('value', 'x'); it.setAttribute('disabled', '')")
    expect(page.locator("#it .box")).to_be_disabled()
    assert page.evaluate(COLLECTED) == {}

    page.evaluate("it.disabled = false; task.submit()")
    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {"it": "x"}


def test_a_script_makes_fields_of_it_as_it_does_of_an_input(open_page: Open) -> None:
    """As the review panel in the most demanding public template does."""
    page = open_page('<crowd-form id="task"></crowd-form>')

    page.evaluate(
        """() => {
          const field = document.createElement('crowd-input');
          field.setAttribute('type', 'text');
          field.name = 'made';
          field.setAttribute('value', 'early');
          field.style.display = 'none';
          task.form.append(field);
          field.value = 'late';
        }"""
    )

    page.wait_for_function(f"{COLLECTED}.made === 'late'")


@BOTH
def test_the_label_names_the_field_and_what_stands_in_it_is_shown_as_text(open_page: Open, tag: str) -> None:
    label = '<b onclick="x()">\'"&amp; 👍'
    page = opened(
        open_page,
        tag,
        f"label='{label.replace(chr(39), '&#39;')}' value='</textarea><img src=x onerror=alert(1)>'",
    )

    expect(page.get_by_role("textbox")).to_have_accessible_name('<b onclick="x()">\'"& 👍')
    expect(page.get_by_role("textbox")).to_have_value("</textarea><img src=x onerror=alert(1)>")


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (
            '<label for="it">Outside</label><crowd-input id="it" name="a" placeholder="hint"></crowd-input>',
            "Outside",
        ),
        ('<crowd-input name="a" aria-label="Spoken" placeholder="hint"></crowd-input>', "Spoken"),
        ('<crowd-input name="a" placeholder="hint"></crowd-input>', "hint"),
        ('<crowd-input name="a"></crowd-input>', "a"),
    ],
)
def test_without_a_label_of_its_own_it_is_named_by_what_there_is(
    open_page: Open, html: str, name: str
) -> None:
    page = open_page(f"<crowd-form>{html}</crowd-form>")

    expect(page.get_by_role("textbox")).to_have_accessible_name(name)


def test_auto_validate_says_what_is_wrong_while_the_worker_writes(open_page: Open) -> None:
    page = opened(
        open_page, "crowd-input", 'auto-validate min-length="3" error-message="Three letters, please"'
    )
    box = page.locator("#it .box")

    box.press_sequentially("ab")
    expect(page.get_by_text("Three letters, please")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")

    box.press("c")
    expect(page.get_by_text("Three letters, please")).to_be_hidden()


@BOTH
def test_characters_that_are_not_allowed_are_not_taken_and_that_is_said(open_page: Open, tag: str) -> None:
    page = opened(open_page, tag, 'auto-validate allowed-pattern="[0-9]"')
    box = page.locator("#it .box")

    box.press_sequentially("1a2")

    expect(box).to_have_value("12")
    box.press("x")
    expect(page.locator("#it").get_by_role("status")).to_have_text("“x” cannot be written here")


@BOTH
def test_no_more_characters_are_taken_than_there_may_be(open_page: Open, tag: str) -> None:
    page = opened(open_page, tag, 'max-length="3"')

    page.locator("#it .box").press_sequentially("abcdef")

    assert page.evaluate("it.value") == "abc"


@pytest.mark.parametrize("nothing", ["max-length", "rows", "max-rows"])
def test_what_liquid_prints_for_nothing_is_no_limit(open_page: Open, nothing: str) -> None:
    page = opened(open_page, "crowd-text-area", f'{nothing}=""')

    page.locator("#it .box").press_sequentially("abc")

    assert page.evaluate("it.value") == "abc"


def test_a_number_half_written_is_not_taken_away(open_page: Open) -> None:
    page = opened(open_page, "crowd-input", 'type="number" value="1"')
    box = page.locator("#it .box")

    box.press("End")
    box.press_sequentially("e2")

    assert page.evaluate("it.value") == "1e2"


def test_a_number_need_not_be_whole(open_page: Open) -> None:
    assert opened(open_page, "crowd-input", 'type="number" value="3.5"').evaluate("it.validate()") is True


def test_a_password_is_in_no_draft(open_page: Open) -> None:
    page = opened(open_page, "crowd-input", 'type="password"')
    page.locator("#it .box").fill("secret")

    assert page.evaluate("JSON.stringify([task.draft()])").count("secret") == 0
    assert page.evaluate(COLLECTED) == {"it": "secret"}


def test_a_file_that_is_chosen_is_no_answer(open_page: Open) -> None:
    page = opened(open_page, "crowd-input", 'type="file"')

    expect(page.locator("#it .box")).to_have_attribute("type", "file")
    assert page.evaluate(COLLECTED) == {}


def test_the_box_grows_up_to_its_most_rows(open_page: Open) -> None:
    page = opened(open_page, "crowd-text-area", 'rows="2" max-rows="4"')
    box = page.locator("#it .box")
    heights = []

    for lines in (1, 3, 9):
        box.fill("\n".join("x" * lines))
        heights.append(box.evaluate("(box) => box.offsetHeight"))

    assert heights == [52, 72, 92]


def test_the_counter_counts(open_page: Open) -> None:
    page = opened(open_page, "crowd-text-area", 'char-counter max-length="20"')

    page.locator("#it .box").fill("three\nlines")

    expect(page.locator("#it .count")).to_have_text("11 / 20")


@BOTH
def test_a_field_may_ask_for_the_focus(open_page: Open, tag: str) -> None:
    page = opened(open_page, tag, "auto-focus")

    expect(page.locator("#it .box")).to_be_focused()


def test_enter_in_a_line_submits_nothing_and_control_enter_does(open_page: Open, answer: Answer) -> None:
    page = opened(open_page, "crowd-input", 'value="x"')

    page.locator("#it .box").press("Enter")
    assert answer(page) is None

    page.locator("#it .box").press("Control+Enter")
    expect(page.locator("#answers-box")).to_be_visible()


@BOTH
def test_what_a_self_closed_tag_swallows_is_shown_and_asked(open_page: Open, tag: str) -> None:
    page = open_page(
        f"<crowd-form><{tag} name='a' label='First' /><p>Between</p><input name='b' aria-label='Last' required></crowd-form>"
    )

    expect(page.get_by_text("Between")).to_be_visible()
    page.evaluate("document.querySelector('crowd-form').submit()")
    expect(page.get_by_role("alert")).to_have_text("Last: fill this in")
    expect(page.get_by_label("Last")).to_be_focused()


def test_a_thousand_fields_and_a_long_text_are_no_trouble(open_page: Open) -> None:
    page = open_page(
        "<crowd-form>"
        + "".join(
            f"<crowd-input name='a{number}' label='{number}' value='{number}'></crowd-input>"
            for number in range(1000)
        )
        + f"<crowd-text-area name='long' max-rows='5' value='{'x ' * 50_000}'></crowd-text-area></crowd-form>"
    )

    collected = page.evaluate(COLLECTED)
    assert len(collected) == 1001
    assert collected["a999"] == "999"
    assert len(collected["long"]) == 100_000
