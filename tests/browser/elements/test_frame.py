"""A task page in a sandboxed frame and the portal's words with it (`elements/src/frame/protocol.ts`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from secondlook.wire.sandbox import SANDBOX
from tests.browser.conftest import NewPage
from tests.browser.elements.conftest import leave_checking
from tests.bundle import chunk

pytestmark = pytest.mark.browser

PORTAL = """<!DOCTYPE html><title>Portal</title>
<script>
  const received = [], readies = [], claims = [];
  let port;
  addEventListener('message', (event) => {
    if (event.data.type === 'secondlook:ready') readies.push({...event.data, secret: claims.includes(event.data.secret), origin: event.origin});
    if (event.data.type === 'secondlook:claim') claims.push(event.data.secret);
    if (event.data.nonce !== 'n1' || port) return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({data}) => received.push(data);
    event.source.postMessage({type: 'secondlook:port'}, '*', [channel.port2]);
  });
  const last = (type) => received.filter((message) => message.type === type).at(-1);
</script>
<iframe src="/task" sandbox="%s" style="width:100%%;height:760px;border:0"></iframe>"""


class Portal:
    """The page around the frame: what it received, and what it says."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.flushes = 0
        page.wait_for_function("port !== undefined")
        self.frame: Frame = next(frame for frame in page.frames if frame.url.endswith("/task"))

    def say(self, **message: Any) -> None:
        self.page.evaluate("(message) => port.postMessage(message)", message)

    def wait(self, kind: str) -> dict[str, Any]:
        """The last message of this kind, as soon as it has come."""
        self.page.wait_for_function("(kind) => last(kind) !== undefined", arg=kind)
        return self.last(kind) or {}

    def flush(self) -> dict[str, Any]:
        """The draft as it is now: what the page sent by itself a moment earlier is not taken for it."""
        self.flushes += 1
        self.say(type="flush", id=self.flushes)
        self.page.wait_for_function("(id) => last('draft')?.id === id", arg=self.flushes)
        return self.wait("draft")["draft"]

    def last(self, kind: str) -> dict[str, Any] | None:
        message = self.page.evaluate("(kind) => last(kind) ?? null", kind)
        assert message is None or isinstance(message, dict)
        return message


@pytest.fixture
def portal(new_page: NewPage, site: Any) -> Callable[..., Portal]:
    def open_portal(html: str, sandbox: str = SANDBOX) -> Portal:
        site.page(
            "/task",
            f'<meta name="secondlook-render" content="n1"><script src="/crowd-html-elements.js"></script>{html}',
        )
        page = new_page()
        page.goto(site.page("/portal", PORTAL % sandbox))
        return Portal(page)

    return open_portal


FIELD = '<crowd-form id="task"><input name="a" id="a"><input type="checkbox" name="b" id="b"></crowd-form>'
BOXES = """<crowd-form><crowd-bounding-box name="boxes" src="/picture.png" labels="['car', 'person']"
  initial-value="[{label: 'car', left: 10, top: 20, width: 30, height: 40, score: 0.5}]"></crowd-bounding-box></crowd-form>"""


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


TWO_BOXES = BOXES.replace(
    "score: 0.5}", "score: 0.5}, {label: 'person', left: 200, top: 20, width: 30, height: 40, score: 0.9}"
)


def test_who_likes_to_begin_otherwise_is_not_led_through_predictions(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(TWO_BOXES)
    bar = task.frame.locator(".verify")
    expect(bar).to_contain_text("0 of 2 checked")

    task.say(type="preferences", preferences={"verify": False})
    expect(bar).to_have_count(0)

    task.frame.locator(".surface").press("q")
    expect(bar).to_contain_text("0 of 2 checked")
    assert task.wait("preference") == {"type": "preference", "name": "verify", "value": True}


def test_being_led_through_predictions_changes_nothing_of_how_pictures_open(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(TWO_BOXES)
    scale = task.frame.locator("button.scale")
    task.say(type="preferences", preferences={"zoom": {"start": "natural"}})
    task.flush()
    surface = task.frame.locator(".surface")
    expect(task.frame.locator(".verify")).to_contain_text("0 of 2 checked")
    expect(scale).not_to_have_text("100%")

    surface.press("q")
    expect(scale).to_have_text("100%")
    task.flush()
    assert task.last("preference") == {"type": "preference", "name": "verify", "value": False}

    surface.press("q")
    for _ in range(2):
        surface.press(" ")
    expect(task.frame.locator(".verify")).to_contain_text("Anything missing?")
    task.flush()
    assert task.last("preference") == {"type": "preference", "name": "verify", "value": True}


def test_a_score_that_was_chosen_in_another_task_is_said_until_it_is_chosen_in_this_one(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(TWO_BOXES)
    task.say(type="preferences", preferences={"score": {"from": 0.6}, "verify": False})

    remark = task.frame.locator(".remark")
    expect(remark).to_have_text(
        "As you chose before, boxes with a low score are hidden. They stay in the answer; S leads to the slider."
    )
    expect(task.frame.get_by_role("status")).to_contain_text("2 boxes, 1 hidden")

    task.frame.get_by_role("slider", name="Show from this score").fill("0.55")
    expect(remark).to_have_text("")
    assert task.wait("preference") == {"type": "preference", "name": "score", "value": {"from": 0.55}}
