"""What keeps an answer back: said at each field and in one list that is announced, until it is put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

FORM = """<crowd-form id="task">
<crowd-input id="city" name="city" label="City" required></crowd-input>
<p id="before"><label for="price">Price</label> <input id="price" name="price" type="number" min="3" value="1"> euros</p>
<fieldset><legend>Quality</legend>
  <label><input type="radio" name="quality" value="good" required> very good</label>
  <label><input type="radio" name="quality" value="bad"> quite bad</label></fieldset>
<label>Kind <select id="kind" name="kind" required><option value="">choose a kind<option>one</select></label>
<crowd-checkbox id="agree" name="agree" required>I agree</crowd-checkbox>
<crowd-slider id="score" name="score" required aria-label="Score"></crowd-slider>
</crowd-form>"""

ALL = [
    "City: fill this in",
    "Price: give 3 or more",
    "Quality: choose one",
    "Kind: choose one",
    "I agree: tick this box",
    "Score: choose a value",
]


def press_submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def listed(page: Page) -> Locator:
    return page.get_by_role("alert").get_by_role("button")


def test_all_that_is_wrong_is_listed_by_its_question_and_the_first_has_the_focus(
    open_page: Open, answer: Answer
) -> None:
    page = open_page(FORM)

    press_submit(page)

    expect(listed(page)).to_have_text(ALL)
    expect(page.locator("#city input")).to_be_focused()
    assert answer(page) is None


def test_each_field_says_what_to_do_and_is_described_by_it(open_page: Open) -> None:
    page = open_page(FORM)
    press_submit(page)

    for field, reason in [
        (page.locator("#city input"), "fill this in"),
        (page.get_by_label("Price"), "give 3 or more"),
        (page.get_by_label("very good"), "choose one"),
        (page.get_by_label("quite bad"), "choose one"),
        (page.locator("#kind"), "choose one"),
        (page.locator("#agree input"), "tick this box"),
        (page.locator("#score input"), "choose a value"),
    ]:
        expect(field).to_have_accessible_description(reason)
    assert [
        page.evaluate("document.querySelector('#before secondlook-message').previousSibling.textContent"),
        page.evaluate(
            "document.querySelector('fieldset secondlook-message').previousElementSibling.localName"
        ),
        page.evaluate("document.querySelector('#kind').closest('label').nextElementSibling.localName"),
    ] == [" euros", "legend", "secondlook-message"]


def test_a_message_goes_when_its_field_is_right(open_page: Open, answer: Answer) -> None:
    page = open_page(FORM)
    press_submit(page)
    left = list(ALL)

    def right(index: str) -> None:
        left.remove(index)
        expect(listed(page)).to_have_text(left)

    page.locator("#city input").fill("Gent")
    right("City: fill this in")
    page.get_by_label("Price").fill("4")
    right("Price: give 3 or more")
    page.get_by_label("quite bad").check()
    right("Quality: choose one")
    page.locator("#kind").select_option("one")
    right("Kind: choose one")
    page.locator("#agree .tick").click()
    right("I agree: tick this box")
    page.locator("#score input").press("ArrowRight")

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("secondlook-message")).to_have_count(0)
    assert page.evaluate("document.querySelectorAll('[aria-invalid], [aria-describedby]').length") == 0
    press_submit(page)
    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {
        "agree": {"on": True},
        "city": "Gent",
        "kind": "one",
        "price": "4",
        "quality": {"bad": True, "good": False},
        "score": 1,
    }


def test_what_is_still_wrong_stays_while_the_worker_writes(open_page: Open) -> None:
    page = open_page(FORM)
    press_submit(page)

    page.get_by_label("Price").fill("2")
    page.locator("#city input").fill("x")
    expect(listed(page)).to_have_text(ALL[1:])
    page.locator("#city input").fill("")

    expect(listed(page)).to_have_text(ALL[1:])
    expect(page.locator("#city input")).to_have_attribute("aria-invalid", "false")


def test_a_line_of_the_list_leads_to_its_field(open_page: Open) -> None:
    page = open_page(FORM)
    press_submit(page)

    listed(page).filter(has_text="Score").click()
    expect(page.locator("#score input")).to_be_focused()
    listed(page).filter(has_text="Quality").press("Enter")
    expect(page.get_by_label("very good")).to_be_focused()


def test_a_field_that_a_fold_hides_is_brought_to_light(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><details><summary>More</summary><details><summary>Most</summary><input name='a' aria-label='Deep' required></details></details></crowd-form>"
    )

    press_submit(page)

    expect(page.get_by_label("Deep")).to_be_focused()


def test_what_the_template_says_of_a_field_stays_said(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><p id='hint'>As on the label</p><input name='a' aria-label='A' aria-describedby='hint' aria-invalid='false' required></crowd-form>"
    )
    field = page.get_by_label("A", exact=True)
    press_submit(page)
    expect(field).to_have_accessible_description("As on the label fill this in")

    field.fill("x")

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field).to_have_attribute("aria-describedby", "hint")
    expect(field).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<label>Label <input aria-label='aria' placeholder='hint' name='n' required></label>", "Label"),
        ("<fieldset><legend>Legend</legend><input aria-label='aria' name='n' required></fieldset>", "aria"),
        (
            "<fieldset><legend>Legend</legend><input placeholder='hint' name='n' required></fieldset>",
            "Legend",
        ),
        ("<input placeholder='hint' name='n' required>", "hint"),
        ("<input name='n' required>", "n"),
        ("<input required>", "A field"),
        ("<crowd-input label='Label' aria-label='aria' name='n' required></crowd-input>", "Label"),
        (
            "<label for='it'>Label</label><crowd-input id='it' placeholder='hint' name='n' required></crowd-input>",
            "Label",
        ),
        (
            "<fieldset><legend>Legend</legend><crowd-input placeholder='hint' name='n' required></crowd-input></fieldset>",
            "Legend",
        ),
        ("<crowd-text-area placeholder='hint' name='n' required></crowd-text-area>", "hint"),
        (f"<crowd-input label='{'long ' * 50}' name='n' required></crowd-input>", f"{'long ' * 24}…"),
        ("<crowd-input label='&lt;b&gt;&quot;👍' name='n' required></crowd-input>", '<b>"👍'),
    ],
)
def test_a_field_is_named_by_the_first_words_that_there_are(open_page: Open, html: str, words: str) -> None:
    page = open_page(f"<crowd-form>{html}</crowd-form>")

    press_submit(page)

    expect(listed(page)).to_have_text([f"{words}: fill this in"])


def test_a_second_submission_says_nothing_twice(open_page: Open) -> None:
    page = open_page(FORM)

    press_submit(page)
    press_submit(page)

    expect(listed(page)).to_have_text(ALL)
    expect(page.locator("secondlook-message")).to_have_count(3)


def test_a_script_may_put_a_field_right_or_take_it_away(open_page: Open) -> None:
    page = open_page(
        """<crowd-form><input id="a" name="a" required><input id="b" name="b" required><crowd-input id="c" name="c" required></crowd-input>
        <button type="button" onclick="a.value = 'x'; b.remove(); c.required = false">Mend</button></crowd-form>"""
    )
    press_submit(page)
    expect(listed(page)).to_have_count(3)

    page.get_by_role("button", name="Mend").click()

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("secondlook-message")).to_have_count(0)


def test_reset_takes_all_messages_back(open_page: Open) -> None:
    page = open_page(FORM)
    press_submit(page)

    page.evaluate("task.reset()")

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("Fill this in")).to_have_count(0)


def test_a_form_inside_the_form_is_asked_in_the_same_words(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><form><input name='a' aria-label='A' required><button>Done</button></form></crowd-form>"
    )

    page.get_by_role("button", name="Done").click()

    expect(page.get_by_role("alert")).to_have_text("A: fill this in")


def test_a_field_of_a_templates_own_is_asked_and_let_go(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form><own-field name="own"></own-field></crowd-form>
        <script>
          customElements.define('own-field', class extends HTMLElement {
            value = '';
            validate() { return this.value !== ''; }
          });
        </script>"""
    )
    press_submit(page)
    expect(listed(page)).to_have_text(["own: not complete yet"])

    page.evaluate(
        "() => { const own = document.querySelector('own-field'); own.value = 'x'; own.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    expect(page.get_by_role("alert")).to_have_count(0)
    press_submit(page)

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {"own": "x"}


def test_the_fields_of_a_second_form_are_asked_and_answer_too(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form><crowd-input id="a" name="a" label="First" required></crowd-input></crowd-form>
        <crowd-form><crowd-input id="b" name="b" label="Second" required></crowd-input></crowd-form>"""
    )
    press_submit(page)
    expect(listed(page)).to_have_text(["First: fill this in", "Second: fill this in"])

    page.locator("#a input").fill("1")
    page.locator("#b input").fill("2")
    expect(page.get_by_role("alert")).to_have_count(0)
    press_submit(page)

    expect(page.locator("#answers-box")).to_contain_text('"a": "1"')
    expect(page.locator("#answers-box")).to_contain_text('"b": "2"')


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_messages(
    open_page: Open, violations: Callable[[Page], list[str]], scheme: str
) -> None:
    page = open_page(FORM, color_scheme=scheme)
    press_submit(page)
    expect(listed(page)).to_have_text(ALL)

    assert violations(page) == []


def test_messages_have_room_on_a_phone(open_page: Open) -> None:
    page = open_page(FORM, viewport={"width": 390, "height": 844})

    press_submit(page)

    expect(listed(page)).to_have_text(ALL)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
