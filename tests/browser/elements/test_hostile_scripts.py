"""Scripts of a page that treat elements roughly: nothing may throw, and what was done before still stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.elements.conftest import FORM, leave_checking

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("tag", "attribute", "value"),
    [
        ("crowd-badge", "icon", "star"),
        ("crowd-button", "icon", "star"),
        ("crowd-button", "variant", "primary"),
        ("crowd-button", "form-action", "reset"),
        ("crowd-icon-button", "icon", "star"),
        ("crowd-input", "type", "number"),
        ("crowd-modal", "link-type", "button"),
        ("iron-icon", "icon", "star"),
        ("crowd-alert", "type", "error"),
        ("crowd-bounding-box", "header", "Words"),
        ("crowd-bounding-box", "src", "/picture.png"),
        ("crowd-card", "heading", "Words"),
        ("crowd-classifier", "header", "Words"),
        ("crowd-classifier", "name", "it"),
        ("crowd-entity-annotation", "text", "Words"),
        ("crowd-fab", "label", "Words"),
        ("crowd-image-classifier", "src", "/picture.png"),
        ("crowd-input", "label", "Words"),
        ("crowd-input", "allowed-pattern", "a+"),
        ("crowd-question-answer-generation", "text", "Words"),
        ("crowd-tab", "header", "Words"),
        ("crowd-text-area", "placeholder", "Words"),
        ("crowd-text-ranking", "text", "Words"),
        ("crowd-textract-analyze-document", "src", "/picture.png"),
        ("crowd-toast", "text", "Words"),
    ],
)
@pytest.mark.parametrize("act", ["it.removeAttribute(attribute)", "it[property] = null", "it[property] = 5"])
def test_an_attribute_may_go_again_and_a_property_be_anything(
    open_page: Any, tag: str, attribute: str, value: str, act: str
) -> None:
    page = open_page(f'<crowd-form><{tag} id="it" {attribute}="{value}">Words</{tag}></crowd-form>')
    name = "".join(word.title() if number else word for number, word in enumerate(attribute.split("-")))

    after = page.evaluate(
        f"async ([attribute, property]) => {{ const it = document.getElementById('it'); {act}; await it.updateComplete; return typeof it[property]; }}",
        [attribute, name],
    )

    assert "string" == after


@pytest.mark.parametrize("tag", ["crowd-classifier", "crowd-classifier-multi-select"])
@pytest.mark.parametrize(
    ("value", "chosen"),
    [("2", ["2"]), ("[2]", ["2"]), ("{}", []), ("true", []), ("Symbol.iterator", []), ("undefined", [])],
)
def test_a_classifier_takes_any_value_and_chooses_what_is_among_its_categories(
    open_page: Any, tag: str, value: str, chosen: list[str]
) -> None:
    page = open_page(f"""<crowd-form><{tag} name="it" categories="['1', '2']"></{tag}></crowd-form>""")

    after = page.evaluate(
        f"() => {{ const it = document.querySelector('{tag}'); it.value = {value}; return it.value; }}"
    )

    assert chosen == ([after] if isinstance(after, str) and after else after or [])


def test_a_badge_that_is_off_the_page_marks_nothing_until_it_is_back(open_page: Any) -> None:
    page = open_page(
        '<div id="place"><b id="goal">Goal</b><crowd-badge for="goal" label="1"></crowd-badge></div>'
    )
    badge = page.evaluate_handle("document.querySelector('crowd-badge')")
    page.evaluate(
        """async (badge) => {
          const box = document.createElement('div');
          badge.remove();
          box.append(badge);
          badge.label = '2';
          await badge.updateComplete;
          document.getElementById('place').append(badge.cloneNode());
          document.getElementById('place').lastChild.remove();
        }""",
        badge,
    )

    page.evaluate(
        "async (badge) => { document.getElementById('place').append(badge); await badge.updateComplete; }",
        badge,
    )

    assert badge.evaluate("badge => badge.shadowRoot.querySelector('.badge').classList.contains('attached')")


@pytest.mark.parametrize(
    "tag", ["crowd-classifier", "crowd-question-answer-generation", "crowd-text-ranking"]
)
def test_an_element_that_is_nowhere_takes_no_focus(open_page: Any, tag: str) -> None:
    page = open_page(f'<crowd-form><{tag} name="it"></{tag}></crowd-form>')

    page.evaluate("(tag) => document.createElement(tag).focus()", tag)


HAS_PICTURE = "document.querySelector('crowd-bounding-box').value?.inputImageProperties?.width > 0"

BOXES = """<crowd-form><crowd-bounding-box name="it" src="/picture.png" labels="['car']"
  initial-value="[{label: 'car', left: 10, top: 20, width: 30, height: 40}]"></crowd-bounding-box></crowd-form>"""


def test_a_key_without_a_name_as_browsers_send_when_they_fill_in_a_field_does_nothing(open_page: Any) -> None:
    page = open_page(BOXES)
    page.wait_for_function(HAS_PICTURE)
    before = page.evaluate(f"{FORM}._serializeForm().taskAnswers")

    page.evaluate(
        "for (const kind of ['keydown', 'keyup']) document.body.dispatchEvent(new Event(kind, {bubbles: true}))"
    )

    assert page.evaluate(f"{FORM}._serializeForm().taskAnswers") == before


def test_a_script_can_draw_with_a_pointer_that_it_makes_up(open_page: Any) -> None:
    page = open_page(BOXES)
    page.wait_for_function(HAS_PICTURE)
    leave_checking(page, "crowd-bounding-box")

    page.evaluate(
        """() => {
          const canvas = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('canvas.upper-canvas');
          const { left, top, width, height } = canvas.getBoundingClientRect();
          const at = (kind, part) => canvas.dispatchEvent(new PointerEvent(kind, {
            bubbles: true, composed: true, cancelable: true, pointerId: 77, button: 0, buttons: 1,
            clientX: left + width * part, clientY: top + height * part,
          }));
          at('pointerdown', 0.5); at('pointermove', 0.6); at('pointermove', 0.8); at('pointerup', 0.8);
        }"""
    )

    page.wait_for_function(
        f"JSON.parse({FORM}._serializeForm().taskAnswers)[0].it.boundingBoxes.length === 2"
    )
