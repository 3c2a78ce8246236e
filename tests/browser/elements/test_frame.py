"""A task page in a sandboxed frame and the portal's words with it (`elements/src/frame/protocol.ts`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from secondlook.wire.sandbox import SANDBOX
from tests.browser.elements.conftest import leave_checking
from tests.browser.elements.framed import BOXES, FIELD, PORTAL, Portal
from tests.bundle import chunk

pytestmark = pytest.mark.browser


def test_a_page_announces_itself_once_with_its_nonce_from_an_opaque_origin(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(FIELD)

    assert task.page.evaluate("readies") == [
        {"type": "secondlook:ready", "nonce": "n1", "secret": True, "origin": "null"}
    ]


def test_an_answer_goes_to_the_portal_and_not_onto_the_page(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)
    task.frame.locator("#a").fill("x")

    task.frame.get_by_role("button", name="Submit").click()

    assert task.wait("submit") == {"type": "submit", "answer": {"a": "x", "b": {"on": False}}}
    expect(task.frame.get_by_role("button", name="Submit")).to_be_disabled()
    assert task.frame.locator("#answers-box").count() == 0


def test_the_portal_can_submit_for_the_worker(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)

    task.say(type="request-submit")

    assert task.wait("submit")["answer"] == {"b": {"on": False}}


def test_a_refused_answer_is_explained_and_can_be_sent_again(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)
    button = task.frame.get_by_role("button", name="Submit")
    button.click()
    task.wait("submit")

    task.say(type="submit-result", ok=False, message="The time for this task is over.")

    expect(task.frame.get_by_role("alert")).to_have_text("The time for this task is over.")
    expect(button).to_be_enabled()
    task.frame.locator("#a").fill("again")
    button.click()
    task.page.wait_for_function("received.filter((message) => message.type === 'submit').length === 2")
    assert (task.last("submit") or {})["answer"]["a"] == "again"


def test_a_change_makes_the_page_dirty_and_then_a_draft(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)

    task.frame.locator("#a").fill("half")

    draft = task.wait("draft")
    assert draft == {
        "type": "draft",
        "draft": {
            "answer": {"a": "half", "b": {"on": False}},
            "state": {"version": 1, "fields": {"a#0": "half", "b#0": False}},
        },
    }
    assert task.page.evaluate("received.map(({type}) => type)") == ["dirty", "draft"]


def test_a_flush_is_answered_at_once_with_its_id(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)

    task.say(type="flush", id=7)

    assert task.wait("draft")["id"] == 7


def test_a_draft_puts_fields_back_and_tells_the_pages_own_script(portal: Callable[[str], Portal]) -> None:
    task = portal(
        FIELD + "<script>let heard = 0; a.addEventListener('change', () => { heard += 1; });</script>"
    )

    task.say(
        type="restore",
        draft={"answer": {}, "state": {"version": 1, "fields": {"a#0": "back", "b#0": True, "gone#0": 1}}},
    )

    expect(task.frame.locator("#a")).to_have_value("back")
    expect(task.frame.locator("#b")).to_be_checked()
    assert task.frame.evaluate("heard") == 1


def test_the_plain_elements_come_back_from_a_draft(portal: Callable[[str], Portal]) -> None:
    html = """<crowd-form><crowd-input id="a" name="a" value="x"></crowd-input><crowd-text-area id="b" name="b"></crowd-text-area>
      <crowd-checkbox id="c" name="c" checked>c</crowd-checkbox><crowd-toggle-button id="d" name="d">d</crowd-toggle-button>
      <crowd-radio-group><crowd-radio-button name="e" value="1" checked>1</crowd-radio-button><crowd-radio-button id="e" name="e" value="2">2</crowd-radio-button></crowd-radio-group>
      <crowd-slider id="f" name="f" required></crowd-slider></crowd-form>"""
    earlier = portal(html)
    earlier.frame.locator("#a input").fill("written")
    earlier.frame.locator("#b textarea").fill("two\nlines")
    for name in "cde":
        earlier.frame.locator(f"#{name} input").press("Space")
    earlier.frame.locator("#f .track").press("ArrowRight")
    draft = earlier.flush()

    task = portal(html)
    task.say(type="restore", draft=draft)

    assert task.flush()["answer"] == {
        "a": "written",
        "b": "two\nlines",
        "c": {"on": False},
        "d": {"on": True},
        "e": {"1": False, "2": True},
        "f": 1,
    }


def test_boxes_come_back_from_a_draft_and_are_measured_against_the_prediction(
    portal: Callable[[str], Portal],
) -> None:
    first = portal(BOXES)
    first.frame.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )
    leave_checking(first.frame, "crowd-bounding-box")
    first.frame.locator("crowd-bounding-box .surface").focus()
    for key in ("Tab", "2", "ArrowRight"):
        first.page.keyboard.press(key)
    draft = first.flush()

    second = portal(BOXES)
    second.frame.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )
    second.say(type="restore", draft=draft)

    second.frame.wait_for_function("document.querySelector('crowd-bounding-box').value.initialValueModified")
    assert second.frame.evaluate("document.querySelector('crowd-bounding-box').value") == {
        "boundingBoxes": [{"height": 40, "label": "person", "left": 11, "top": 20, "width": 30}],
        "initialValueModified": True,
        "inputImageProperties": {"height": 400, "width": 600},
    }
    assert second.frame.get_by_role("button", name="Undo").is_disabled()


def test_two_forms_make_one_draft_and_one_answer(portal: Callable[[str], Portal]) -> None:
    task = portal(
        "<crowd-form><input name='a' id='a'></crowd-form><crowd-form><input name='b' id='b'></crowd-form>"
    )
    task.frame.locator("#a").fill("1")
    task.frame.locator("#b").fill("2")
    draft = task.flush()
    assert draft == {
        "answer": {"a": "1", "b": "2"},
        "state": {"version": 1, "fields": {"a#0": "1", "b#0": "2"}},
    }

    task.say(type="restore", draft={**draft, "state": {"version": 1, "fields": {"a#0": "x", "b#0": "y"}}})
    expect(task.frame.locator("#b")).to_have_value("y")
    task.say(type="request-submit")

    assert task.wait("submit")["answer"] == {"a": "x", "b": "y"}


def test_control_enter_in_the_frame_submits(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)

    task.frame.locator("#a").press("Control+Enter")

    task.wait("submit")


def test_a_draft_waits_for_an_element_that_has_not_come(portal: Callable[[str], Portal], site: Any) -> None:
    """The page speaks with the portal meanwhile, and nothing that the draft holds is lost."""
    site.bodies[chunk("crowd-bounding-box")] = None
    task = portal(BOXES + FIELD)
    shapes = [{"label": "person", "left": 1, "top": 2, "width": 3, "height": 4}]
    fields = {"boxes#0": {"shapes": shapes, "nothingToLabel": False}, "a#0": "x", "b#0": False}
    assert task.wait("error") == {
        "type": "error",
        "message": "The element crowd-bounding-box could not be loaded: its script did not arrive. What was done so far is kept. If trying again does not help, open the task again.",
        "isShown": True,
    }

    task.say(type="restore", draft={"answer": {}, "state": {"version": 1, "fields": fields}})
    assert task.flush()["state"]["fields"] == fields

    del site.bodies[chunk("crowd-bounding-box")]
    task.frame.get_by_role("button", name="Try again").click()
    task.frame.wait_for_function(
        "document.querySelector('crowd-bounding-box').value?.boundingBoxes.length === 1"
    )
    task.frame.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width === 600"
    )
    draft = task.flush()

    assert draft["state"]["fields"] == fields
    assert [box["label"] for box in draft["answer"]["boxes"]["boundingBoxes"]] == ["person"]


def test_a_message_of_unknown_form_changes_nothing(portal: Callable[[str], Portal]) -> None:
    task = portal(FIELD)

    task.say(type="restore", draft={"state": "nonsense"})
    task.say(type="unheard-of")
    task.say(type="flush", id=1)

    assert task.wait("draft")["id"] == 1


def test_a_framed_page_whose_portal_does_not_answer_shows_its_answer(browser: Browser, site: Any) -> None:
    site.page(
        "/task",
        f'<meta name="secondlook-render" content="other"><script src="/crowd-html-elements.js"></script>{FIELD}',
    )
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.page("/portal", PORTAL % SANDBOX))
        page.wait_for_function("readies.length === 1")
        frame = next(frame for frame in page.frames if frame.url.endswith("/task"))

        frame.get_by_role("button", name="Submit").click()

        expect(frame.locator("#answers-box")).to_be_visible()


NAMES = """<crowd-entity-annotation name="names" labels="['person']" text="Ada met Bob"><input name="a"></crowd-entity-annotation>"""


def test_a_draft_waits_for_the_element_that_brings_the_form(
    portal: Callable[[str], Portal], site: Any
) -> None:
    site.bodies[chunk("crowd-entity-annotation")] = None
    task = portal(NAMES)
    task.wait("error")
    spans = [{"label": "person", "startOffset": 0, "endOffset": 3}]
    fields = {"names#0": {"shapes": spans, "nothingToLabel": False}, "a#0": "x"}
    task.say(type="restore", draft={"answer": {}, "state": {"version": 1, "fields": fields}})

    del site.bodies[chunk("crowd-entity-annotation")]
    task.frame.get_by_role("button", name="Try again").click()
    task.frame.wait_for_function(
        "document.querySelector('crowd-entity-annotation').value?.entities.length === 1"
    )

    assert task.flush() == {
        "answer": {"a": "x", "names": {"entities": [{"endOffset": 3, "label": "person", "startOffset": 0}]}},
        "state": {"version": 1, "fields": fields},
    }


def test_what_changes_in_an_element_with_its_own_form_and_beside_it_is_a_draft(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(NAMES)
    task.frame.locator("input[name=a]").fill("x")
    assert task.wait("draft")["draft"]["answer"] == {"a": "x", "names": {"entities": []}}

    task.frame.locator(".surface").press("ArrowRight")
    task.frame.locator(".surface").press("1")
    task.page.wait_for_function("last('draft').draft.answer.names.entities.length === 1")
    task.frame.get_by_role("button", name="Submit").click()

    assert task.wait("submit")["answer"] == {
        "a": "x",
        "names": {"entities": [{"endOffset": 3, "label": "person", "startOffset": 0}]},
    }
