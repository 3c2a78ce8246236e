"""What a page reports to the portal: what its template, its scripts and its pictures have wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.elements.framed import BOXES, FIELD, Portal

pytestmark = pytest.mark.browser


def test_a_picture_that_fails_is_reported(portal: Callable[[str], Portal], site: Any) -> None:
    site.bodies["/picture.png"] = None

    task = portal(BOXES)

    assert "/picture.png could not be loaded: its server answered 403" in task.wait("error")["message"]


def reports(task: Portal, count: int) -> list[str]:
    """The page's first reports, once there are that many."""
    errors = "received.filter(({type}) => type === 'error').map(({message}) => message)"
    task.page.wait_for_function(f"{errors}.length >= {count}")
    messages = task.page.evaluate(errors)
    assert isinstance(messages, list)
    return messages


def test_errors_of_the_templates_scripts_are_reported_with_their_line(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(
        FIELD
        + """
        <script>undefinedFunction();</script>
        <script>
          Promise.reject(new TypeError('no such thing'));
          for (let n = 0; n < 3; n++) setTimeout(() => { throw new Error('again'); });
        </script>"""
    )

    messages = reports(task, 3)

    assert any(text.endswith("undefinedFunction is not defined (the page, line 2)") for text in messages)
    assert "A script of the page failed: TypeError: no such thing" in messages
    assert len([text for text in messages if "again" in text]) == 1


def test_no_more_than_twenty_reports_leave_a_page(portal: Callable[[str], Portal]) -> None:
    task = portal(
        FIELD
        + "<script>for (let n = 0; n < 50; n++) setTimeout(() => { throw new Error('no. ' + n); });</script>"
    )
    messages = reports(task, 20)
    task.flush()

    assert messages == reports(task, 20)
    assert len(messages) == 20


def test_a_picture_inside_an_element_that_does_not_load_is_reported_too(
    portal: Callable[[str], Portal], site: Any
) -> None:
    site.bodies["/gone.png"] = None

    task = portal(f'{FIELD}<crowd-card image="/gone.png?X-Amz-Signature=abc">A card</crowd-card>')

    assert task.wait("error")["message"].rpartition("/")[2] == "gone.png could not be loaded."


def test_pictures_and_scripts_that_do_not_load_are_reported_without_their_signature(
    portal: Callable[[str], Portal], site: Any
) -> None:
    site.bodies["/gone.png"] = site.bodies["/gone.js"] = None
    task = portal(FIELD + '<img src="/gone.png?X-Amz-Signature=abc"><script src="/gone.js"></script>')

    messages = reports(task, 2)

    assert sorted(text.rpartition("/")[2] for text in messages) == [
        "gone.js could not be loaded.",
        "gone.png could not be loaded.",
    ]


def test_elements_that_do_not_exist_are_reported_also_those_that_a_script_adds(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(
        "<crowd-form id='task'><crowd-unheard-of></crowd-unheard-of><own-element></own-element></crowd-form>"
    )
    assert reports(task, 1) == [
        "The element crowd-unheard-of does not exist here: it shows nothing and adds nothing to the answer."
    ]

    task.frame.evaluate(
        "task.form.append(document.createElement('crowd-late'), document.createElement('crowd-unheard-of'))"
    )

    assert [text.split()[2] for text in reports(task, 2)] == ["crowd-unheard-of", "crowd-late"]


def test_fields_that_give_no_answer_are_reported_by_name_once(portal: Callable[[str], Portal]) -> None:
    task = portal(
        """<input name="outside"><select name="list"><option>a</option></select><input><button name="push">x</button>
        <crowd-form id="task"><input name="a"><input type="file" name="scan" required><input type="file"></crowd-form>
        <input type="submit" name="send" form="none">"""
    )
    messages = reports(task, 3)
    assert [text.partition(",")[0] for text in messages] == [
        'The field "scan" gives no answer: a file that is chosen there is not sent.',
        'The field "outside" gives no answer',
        'The field "list" gives no answer',
    ]
    assert "because it stands outside crowd-form: what is entered there is not sent." in messages[1]

    task.frame.evaluate(
        "document.body.append(Object.assign(document.createElement('textarea'), {name: 'late'}))"
    )

    assert [text.split('"')[1] for text in reports(task, 4)] == ["scan", "outside", "list", "late"]
    task.frame.locator("[name=outside]").fill("unheard")
    assert task.flush()["answer"] == {}


def test_a_field_whose_script_comes_late_is_reported_too(portal: Callable[[str], Portal]) -> None:
    task = portal("<crowd-form><crowd-input type='file' name='paper'></crowd-input></crowd-form>")

    assert reports(task, 1) == ['The field "paper" gives no answer: a file that is chosen there is not sent.']


def test_an_icon_that_does_not_exist_is_reported_once(portal: Callable[[str], Portal]) -> None:
    task = portal("<crowd-form>" + "<iron-icon icon='no-such'></iron-icon>" * 2 + "</crowd-form>")

    assert reports(task, 1) == ['There is no icon "no-such".']


def test_a_tool_that_cannot_be_seen_is_reported_and_one_that_is_hidden_is_not(
    portal: Callable[[str], Portal],
) -> None:
    tool = '<crowd-bounding-box name="%s" src="/picture.png" labels="[\'a\']" style="display: %s"></crowd-bounding-box>'
    task = portal(f"<crowd-form>{tool % ('hidden', 'none')}{tool % ('blank', 'contents')}</crowd-form>")

    assert reports(task, 1) == [
        "The element crowd-bounding-box of the page has no size: it cannot be seen or worked with."
    ]


def test_initial_shapes_that_cannot_be_read_are_reported(portal: Callable[[str], Portal]) -> None:
    task = portal(BOXES.replace("score: 0.5}", "score: 0.5}, {label: 'car', left: 1, top: 2, width: 3}"))

    (message,) = reports(task, 1)
    assert message == (
        "1 of 2 items of the attribute initial-value cannot be read and were left out. "
        'item 2: "height" must be a number, but it is missing'
    )


def test_labels_that_are_given_and_not_listed_are_reported_and_kept_for_when_they_are(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(BOXES.replace("['car', 'person']", "['person']"))

    (message,) = reports(task, 1)
    assert message == (
        'The initial-value of crowd-bounding-box has labels that are not in its labels: "car". '
        "What has them is neither shown nor part of the answer."
    )
    value = task.frame.evaluate(
        "() => { const tool = document.querySelector('crowd-bounding-box'); tool.labels = ['car']; return tool.value; }"
    )
    assert [box["label"] for box in value["boundingBoxes"]] == ["car"]


def test_a_tool_without_labels_is_reported_and_tells_the_worker_why_nothing_can_be_drawn(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(
        "<crowd-form><crowd-keypoint name='points' src='/picture.png'></crowd-keypoint></crowd-form>"
    )
    assert reports(task, 1) == [
        "The element crowd-keypoint has no labels, so that nothing can be labelled with it: its attribute labels has to list them."
    ]

    task.frame.get_by_role("button", name="Submit").click()

    expect(task.frame.get_by_text("This task has no labels, so nothing can be labelled")).to_be_visible()


def test_labels_that_a_script_brings_are_labels(portal: Callable[[str], Portal]) -> None:
    task = portal(
        """<crowd-form><crowd-keypoint name='points' src='/picture.png'></crowd-keypoint></crowd-form>
        <script>
          document.addEventListener('all-crowd-elements-ready', () => {
            document.querySelector('crowd-keypoint').labels = ['eye'];
          });
          addEventListener('load', () => setTimeout(() => { throw new Error('the end'); }, 6000));
        </script>"""
    )

    (message,) = reports(task, 1)
    assert "the end" in message
