"""Classifiers: what their cases cannot say as data. Pages and scripts are as public templates have them."""

from __future__ import annotations

import base64
import io
import wave
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

COLLECTED = "JSON.parse(document.querySelector('crowd-form')._serializeForm().taskAnswers)[0]"


def classifier(
    content: str = "", attributes: str = "", after: str = "", tag: str = "crowd-classifier"
) -> str:
    return f"""<crowd-form><{tag} id="it" name="it" header="Which one?" categories="['a', 'b', 'c']" {attributes}>{content}</{tag}>
        {after}</crowd-form>"""


def sound() -> str:
    """The address of a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000)
    return "data:audio/wav;base64," + base64.b64encode(out.getvalue()).decode()


TWO_TIERS = """
<script>
document.addEventListener('all-crowd-elements-ready', () => {
    const picker = document.querySelector('crowd-classifier').shadowRoot.querySelector('.annotation-area .category-picker-wrapper');
    const card = document.createElement('crowd-card');
    card.style.cssText = 'padding: 1.5rem; max-width: 21vw; overflow-y: auto;';
    card.innerHTML = 'More questions may follow';
    customElements.whenDefined('crowd-classifier').then(() => {
        picker.insertAdjacentElement('afterend', card);
        it.categories = ['Good', 'Poor'];
        it.addEventListener('change', (event) => {
            reasons.innerHTML = `<input type="checkbox" name="why" value="${event.target.value}" style="display: none">`;
            card.innerHTML = `<label><input type="checkbox"> because ${event.target.value}</label>`;
            card.querySelector('input').addEventListener('change', ({ target }) => {
                reasons.querySelector('input').checked = target.checked;
            });
        });
    });
});
</script>"""


class TestScripts:
    def test_a_second_question_stands_below_the_categories(self, open_page: Open, answer: Answer) -> None:
        page = open_page(
            classifier(
                after="<classification-reasons-container id='reasons'></classification-reasons-container>"
            )
            + TWO_TIERS
        )
        card = page.locator("crowd-card")
        expect(card).to_have_text("More questions may follow")
        page.wait_for_function(
            "document.querySelector('crowd-classifier').shadowRoot.querySelector('crowd-card').shadowRoot"
        )

        page.get_by_text("Poor").click()
        card.get_by_role("checkbox").check()
        page.get_by_role("button", name="Submit").click()

        assert answer(page) == {"it": {"label": "Poor"}, "why": {"Poor": True}}
        picker, below = page.locator(".category-picker-wrapper").bounding_box(), card.bounding_box()
        assert picker is not None
        assert below is not None
        assert below["y"] >= picker["y"] + picker["height"] - 1

    def test_categories_are_live_and_read_back_as_strict_json(self, open_page: Open) -> None:
        page = open_page(classifier())
        assert page.evaluate("it.getAttribute('categories')") == '["a","b","c"]'

        page.evaluate(
            "it.categories = it.categories.concat('<b>d</b>').filter((category) => category !== 'a')"
        )

        expect(page.get_by_role("radio")).to_have_count(3)
        expect(page.get_by_text("<b>d</b>")).to_be_visible()
        assert page.evaluate("it.categories") == ["b", "c", "<b>d</b>"]

    def test_a_category_that_is_taken_away_is_not_chosen(self, open_page: Open) -> None:
        page = open_page(classifier(attributes="initial-value='a'"))

        page.evaluate("it.categories = ['b']")

        assert page.evaluate(COLLECTED) == {}

    def test_a_choice_made_before_the_categories_come_holds(self, open_page: Open) -> None:
        page = open_page(
            "<crowd-form><crowd-classifier id='it' name='it' initial-value='late'></crowd-classifier></crowd-form>"
        )
        expect(page.get_by_text("There are no categories yet.")).to_be_visible()

        page.evaluate("it.setAttribute('categories', \"['early', 'late']\")")

        assert page.evaluate(COLLECTED) == {"it": {"label": "late"}}

    def test_value_is_the_category_and_can_be_set(self, open_page: Open) -> None:
        page = open_page(classifier())

        page.evaluate("it.value = 'b'")

        assert page.evaluate("[it.value, it._submittableValue]") == ["b", {"label": "b"}]
        expect(page.get_by_role("radio", name="b")).to_be_checked()

    def test_of_several_value_is_a_list(self, open_page: Open) -> None:
        page = open_page(classifier(tag="crowd-classifier-multi-select"))

        page.evaluate("it.value = ['c', 'a']")

        assert page.evaluate("[it.value, it._submittableValue]") == [["a", "c"], {"labels": ["a", "c"]}]

    def test_what_a_script_adds_to_the_value_is_submitted(self, open_page: Open, answer: Answer) -> None:
        page = open_page(classifier(attributes="initial-value='a'"))

        page.evaluate(
            "document.querySelector('crowd-form').onsubmit = () => { it._submittableValue.extra = 1; }"
        )
        page.get_by_role("button", name="Submit").click()

        assert answer(page) == {"it": {"extra": 1, "label": "a"}}

    def test_widths_of_the_instructions_can_be_set(self, open_page: Open) -> None:
        page = open_page(
            classifier(
                "<full-instructions>All</full-instructions><short-instructions>Few</short-instructions>"
            )
        )

        page.evaluate(
            """() => {
                it.shadowRoot.querySelector('.awsui-app-layout__navigation').style.width = '400px';
                it.shadowRoot.querySelector('.awsui-modal-dialog').style.maxWidth = '90%';
            }"""
        )
        page.get_by_text("View full instructions").click()

        expect(page.get_by_text("All")).to_be_visible()
        assert page.locator(".awsui-app-layout__navigation").evaluate("(pane) => pane.offsetWidth") == 400

    def test_a_click_listener_on_submit_can_veto(self, open_page: Open, answer: Answer) -> None:
        page = open_page(classifier(attributes="initial-value='a'"))
        page.evaluate(
            """it.shadowRoot.querySelector('awsui-button[data-testid=crowd-submit]').addEventListener('click',
                (event) => { event.stopPropagation(); event.preventDefault(); }, { capture: true })"""
        )

        page.get_by_role("button", name="Submit").click()
        page.keyboard.press("Enter")

        assert answer(page) is None


class TestContent:
    def test_the_target_is_shown_with_the_categories_beside_it(self, open_page: Open) -> None:
        page = open_page(
            classifier("<classification-target><p id='text'>To judge</p></classification-target>")
        )

        text, pane = page.locator("#text").bounding_box(), page.locator(".annotation-area").bounding_box()

        assert text is not None
        assert pane is not None
        assert text["x"] + text["width"] <= pane["x"]

    def test_without_that_region_the_content_itself_is_judged(self, open_page: Open) -> None:
        page = open_page(classifier("<p>To judge</p>"))

        expect(page.locator(".target").locator("slot:not([name])")).to_have_count(1)
        expect(page.get_by_text("To judge")).to_be_visible()

    def test_a_bare_target_shows_its_content(self, open_page: Open) -> None:
        page = open_page(
            "<crowd-form><classification-target><p>Alone</p></classification-target></crowd-form>"
        )

        expect(page.get_by_text("Alone")).to_be_visible()

    def test_what_a_self_closed_one_swallows_is_seen_and_collected(
        self, open_page: Open, answer: Answer
    ) -> None:
        page = open_page(
            "<crowd-form><crowd-classifier name='it' categories=\"['a', 'b']\" header='Which?' /><label>More <input name='more'></label></crowd-form>"
        )

        page.get_by_label("More").fill("1 and 2")
        page.get_by_text("b", exact=True).click()
        page.get_by_role("button", name="Submit").click()

        assert answer(page) == {"it": {"label": "b"}, "more": "1 and 2"}

    def test_fields_in_the_target_count(self, open_page: Open, answer: Answer) -> None:
        page = open_page(
            classifier("<classification-target><input type='text' name='note'></classification-target>")
        )

        page.locator("[name=note]").fill("12/c?")
        page.keyboard.type("3")
        page.get_by_text("a", exact=True).click()
        page.get_by_role("button", name="Submit").click()

        assert answer(page) == {"it": {"label": "a"}, "note": "12/c?3"}

    def test_space_plays_a_sound_and_stops_it(self, open_page: Open) -> None:
        page = open_page(
            classifier(
                f"<classification-target><audio loop controls src='{sound()}'></audio></classification-target>"
            )
        )

        page.keyboard.press(" ")
        page.wait_for_function("document.querySelector('audio').paused === false")
        page.keyboard.press("2")
        page.keyboard.press(" ")

        assert page.evaluate("[document.querySelector('audio').paused, it.value]") == [True, "b"]

    def test_the_question_is_seen_whole_on_a_phone(self, open_page: Open) -> None:
        page = open_page(classifier("<p>To judge</p>"), viewport={"width": 390, "height": 800})

        expect(page.get_by_role("heading", name="Which one?")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


class TestKeys:
    def test_a_digit_chooses_and_enter_submits(self, open_page: Open, answer: Answer) -> None:
        page = open_page(classifier("<p>To judge</p>"))

        page.keyboard.press("2")
        page.keyboard.press("Enter")

        assert answer(page) == {"it": {"label": "b"}}

    def test_enter_without_a_choice_says_what_is_missing_until_it_is_there(
        self, open_page: Open, answer: Answer
    ) -> None:
        page = open_page(classifier())

        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("Choose one of the categories.")
        page.keyboard.press("1")

        expect(page.get_by_role("alert")).to_have_count(0)
        assert answer(page) is None

    def test_enter_leaves_a_page_alone_that_goes_on_below(self, open_page: Open, answer: Answer) -> None:
        page = open_page(classifier(after="<label>Why? <input name='why'></label>"))

        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")

        assert answer(page) == {"it": {"label": "a"}}

    def test_on_a_page_with_more_the_summary_names_the_question(self, open_page: Open) -> None:
        page = open_page(classifier(after="<label>Why? <input type='text' name='why' required></label>"))

        page.get_by_role("button", name="Submit").click()
        summary = page.locator("crowd-form").get_by_role("alert").filter(has_text="Why?")
        expect(summary).to_contain_text("Which one? Choose one of the categories.")
        page.keyboard.press("1")

        expect(summary).not_to_contain_text("Which one?")
        expect(summary).to_contain_text("Why?")

    def test_with_the_keyboard_alone_on_the_list(self, open_page: Open, answer: Answer) -> None:
        page = open_page(classifier())
        page.get_by_role("radio", name="a").focus()

        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        assert answer(page) == {"it": {"label": "b"}}

    def test_the_tenth_category_has_the_key_zero(self, open_page: Open) -> None:
        page = open_page(classifier().replace("['a', 'b', 'c']", str([f"n{i}" for i in range(1, 12)])))

        page.keyboard.press("0")

        assert page.evaluate("it.value") == "n10"

    def test_the_help_lists_them(self, open_page: Open) -> None:
        page = open_page(classifier())

        page.keyboard.press("?")

        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Choose a category")

    def test_searching_is_no_change_of_the_answer(self, open_page: Open) -> None:
        page = open_page(classifier().replace("['a', 'b', 'c']", str([f"n{i}" for i in range(30)])))
        page.evaluate(
            "() => { window.heard = 0; for (const kind of ['input', 'change']) document.addEventListener(kind, () => { heard += 1; }); }"
        )

        page.keyboard.press("/")
        page.keyboard.type("n29")
        expect(page.get_by_role("radio")).to_have_count(1)
        page.keyboard.press("Escape")

        expect(page.get_by_role("radio")).to_have_count(30)
        assert page.evaluate("[heard, it.value]") == [0, ""]


class TestComment:
    REGION = "<worker-comment header='Say more' link-text='Tell us' placeholder='Why?'><p>Be kind</p></worker-comment>"

    def test_it_is_part_of_the_answer(self, open_page: Open, answer: Answer) -> None:
        page = open_page(classifier(self.REGION))
        expect(page.get_by_text("Be kind")).to_be_hidden()

        page.get_by_role("button", name="Tell us").click()
        expect(page.get_by_text("Be kind")).to_be_visible()
        page.get_by_role("dialog", name="Say more").get_by_placeholder("Why?").fill("Because 1 is cold")
        page.get_by_role("button", name="Done").click()
        page.keyboard.press("1")
        page.get_by_role("button", name="Submit").click()

        assert answer(page) == {"it": {"label": "a", "workerComment": "Because 1 is cold"}}

    def test_a_key_opens_it_and_it_is_kept_and_reset(self, open_page: Open) -> None:
        page = open_page(classifier(self.REGION, tag="crowd-classifier-multi-select"))

        page.keyboard.press("w")
        page.keyboard.type("c1")
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        state = page.evaluate("it.saveState()")
        page.evaluate("it.reset()")
        assert page.evaluate(COLLECTED) == {}
        page.evaluate("(state) => it.restoreState(state)", state)

        assert page.evaluate(COLLECTED) == {"it": {"labels": ["a"], "workerComment": "c1"}}
        expect(page.locator(".comment p")).to_have_text("c1")

    def test_without_the_region_there_is_none(self, open_page: Open) -> None:
        page = open_page(classifier())

        page.keyboard.press("w")

        expect(page.get_by_role("dialog")).to_have_count(0)


class TestHostile:
    def test_ten_thousand_categories_can_be_searched_and_chosen(
        self, open_page: Open, answer: Answer
    ) -> None:
        page = open_page(
            "<crowd-form><crowd-classifier id='it' name='it' header='?'></crowd-classifier></crowd-form>"
        )
        page.evaluate(
            "it.categories = Array.from({ length: 10000 }, (_, index) => `<b>${index}</b> &amp; 👩‍👩‍👧`)"
        )
        expect(page.locator(".choice")).to_have_count(10_000)

        page.keyboard.press("/")
        page.keyboard.type("<b>9999")
        expect(page.locator(".choice")).to_have_count(1)
        page.keyboard.press("Enter")
        page.locator("awsui-button").click()

        assert answer(page) == {"it": {"label": "<b>9999</b> &amp; 👩‍👩‍👧"}}

    def test_categories_that_cannot_be_read_are_said_and_refused(
        self, open_page: Open, answer: Answer
    ) -> None:
        page = open_page(classifier("<p>To judge</p>").replace("['a', 'b', 'c']", "['a', 'b'"))

        expect(page.get_by_text("The attribute categories cannot be read")).to_be_visible()
        page.get_by_role("button", name="Submit").click()

        expect(page.get_by_text("This task cannot be answered: see the message above.")).to_be_visible()
        assert answer(page) is None

    @pytest.mark.parametrize("text", ["{ text: '<b>None</b>' }", "<b>None</b>"])
    def test_the_words_for_none_are_text(self, open_page: Open, text: str) -> None:
        page = open_page(
            classifier(attributes=f'exclusion-category="{text}"', tag="crowd-classifier-multi-select")
        )

        page.get_by_text("<b>None</b>").click()

        assert page.evaluate(COLLECTED) == {"it": {"labels": []}}
        page.evaluate("it.removeAttribute('exclusion-category')")
        expect(page.get_by_role("checkbox")).to_have_count(3)
        assert page.evaluate(COLLECTED) == {}


def test_a_finger_chooses(open_page: Open) -> None:
    page = open_page(classifier(), has_touch=True, viewport={"width": 390, "height": 800})

    page.get_by_text("c", exact=True).tap()

    assert page.evaluate("it.value") == "c"
