"""A human loop in the console: all that is known of it, stopped, deleted, its output written again."""

import json
import re
from html import unescape

import pytest
from sqlalchemy import select

from secondlook.review import assignment, closing, events, loop, people, workteam
from secondlook.review.errors import NotFound
from secondlook.review.stories import loop_update, overview, queue
from secondlook.store import tables
from secondlook.store.document import Document
from tests.portal_world import PLACE, now

PAGE = "/console/loops/loop-1"


@pytest.fixture
def root(world, enter):
    world.person("root", admin=True)
    return enter("root")


@pytest.fixture
def number(world):
    world.flow("fd", task_count=2)
    return world.loop("fd", "loop-1", {"question": "<b>Is this a cat?</b>"})


def take(world, who="alice"):
    with world.store.write() as cx:
        return queue.take(cx, people.person_by_email(cx, f"{who}@example.org").id, "fd", now())


def act(world, who, function, number, *more):
    with world.store.write() as cx:
        person = people.person_by_email(cx, f"{who}@example.org").id
        return function(cx, person, number, *more, PLACE, now())


def answered(world, unwritten=None):
    """Alice and Bob have answered, and the output is written, or could not be."""
    for who in ("alice", "bob"):
        act(world, who, assignment.submit, take(world, who), Document.of({"reply": f"{who} says no"}))
    with world.store.write() as cx:
        row = loop.find(cx, "loop-1")
        if unwritten:
            closing.failed(cx, row.id, unwritten, PLACE, now())
        else:
            closing.written(cx, row.id, PLACE, now())


def text(browser, path=PAGE):
    return unescape(browser.get(path).text)


def press(browser, button):
    return browser.post(f"{PAGE}/{button}", {"csrf": browser.get(PAGE).csrf})


def status(world):
    with world.store.read() as cx:
        return loop.find(cx, "loop-1").status


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_admins_see_and_act(world, alice, number, method):
    csrf = alice.get("/work").csrf
    reply = alice.get(PAGE) if method == "get" else alice.post(f"{PAGE}/stop", {"csrf": csrf})

    assert 403 == reply.status
    assert "InProgress" == status(world)


def test_the_console_leads_to_the_loop(root, number):
    assert f'href="{PAGE}"' in root.get("/console").text


def test_a_loop_that_is_not_there(root):
    reply = root.get(PAGE)

    assert 404 == reply.status
    assert "loop-1" in reply.text
    assert '<a class="button primary" href="/console">To the console</a>' in reply.text


def test_an_open_loop_says_how_far_it_is_and_who_declined_why(world, root, number):
    world.person("dora", "cats")
    act(world, "alice", assignment.decline, take(world), "It is blurred")
    held = take(world, "bob")
    act(world, "bob", assignment.report, held, "cat.jpg cannot be loaded")
    page = text(root)

    assert "0 of 2, 1 at work" in page
    assert "It is blurred" in page
    assert "cat.jpg cannot be loaded" in page
    assert '"question": "<b>Is this a cat?</b>"' in page
    assert "&lt;b&gt;Is this" in root.get(PAGE).text
    assert "not written yet" in page


def test_a_problem_that_a_page_has_reported_is_marked_in_the_list(world, root, number):
    assert "page problem" not in text(root, "/console")
    act(world, "bob", assignment.report, take(world, "bob"), "cat.jpg cannot be loaded")

    assert "1 page problem reported" in text(root, "/console")


def test_too_few_people_are_said_at_the_flow_definition_and_at_the_loop(world, root, number):
    with world.store.write() as cx:
        workteam.expel(cx, "cats", people.person_by_email(cx, "bob@example.org").id, now())

    assert "1 person in the work team 'cats' can take tasks" in text(root, "/console")
    assert "1 person in the work team 'cats' could still give one" in text(root, "/console")
    assert "1 person in the work team 'cats' could still give one" in text(root)


def test_what_is_asked_of_one_loop_alone_is_shown(world, root, number):
    assert "Priority" not in text(root)
    with world.store.write() as cx:
        loop_update.change(cx, "loop-1", 7, 1, PLACE, now())

    assert "<dt>Priority</dt><dd>7</dd>" in text(root)
    assert "<dt>Answers</dt><dd>0 of 1" in text(root)


def test_flow_definitions_beyond_the_latest_are_not_left_out_in_silence(world, root):
    assert "No more than the latest" not in text(root, "/console")
    for count in range(overview.MOST_FLOWS):
        world.flow(f"fd-{count}")

    assert "No more than the latest 200 are shown." in text(root, "/console")


def test_a_bucket_that_is_gone_is_said_before_it_is_needed(world, root, number):
    world.services.objects.buckets.delete("out")

    assert "The bucket 'out' of S3OutputPath 's3://out/results' does not exist any more" in text(root)
    assert "does not exist any more" in text(root, "/console")


def test_an_ended_loop_shows_its_answers_and_leads_to_its_output(world, root, number):
    answered(world)
    page = text(root)

    assert '"reply": "bob says no"' in page
    assert re.search(r'href="http://localhost:8700/out/results/fd/[^"]+/loop-1/output.json\?until=', page)
    assert "Completed" in page


def test_what_is_large_is_cut(world, root):
    world.flow("fd")
    world.loop("fd", "loop-1", {"text": "x" * 50_000})
    page = text(root)

    assert "Only the beginning is shown." in page
    assert len(page) < 40_000


def test_what_no_page_can_hold_is_shown_somehow(world, root):
    world.flow("fd")
    world.loop("fd", "loop-1", {"half": "\ud800", "deep": json.loads("[" * 300 + "]" * 300)})

    assert 200 == root.get(PAGE).status


def test_stopping_asks_with_a_dialog_that_names_it(world, root, number):
    page = root.get(PAGE).text
    dialog = page[page.index('<dialog id="stop-dialog"') :].partition("</dialog>")[0]
    assert "<strong>loop-1</strong>" in dialog

    assert f"{PAGE}?notice=loop-stopped" == press(root, "stop").location
    assert "Stopped" == status(world)
    assert "no answer was given" in text(root)


def test_deleting_is_refused_while_it_is_open_and_then_done(world, root, number):
    reply = press(root, "delete")
    assert (400, True) == (reply.status, "stop it first" in reply.text)
    press(root, "stop")

    assert "/console?notice=loop-deleted" == press(root, "delete").location
    with pytest.raises(NotFound):
        status(world)


def test_a_completed_loop_cannot_be_stopped(world, root, number):
    answered(world)
    reply = press(root, "stop")

    assert (400, True) == (reply.status, "is Completed and cannot be stopped" in reply.text)


def test_answers_that_could_not_be_written_are_written_again_once_the_bucket_is_back(world, root, number):
    world.services.objects.buckets.delete("out")
    answered(world, unwritten="The output could not be written to s3://out/x: no bucket")
    page = text(root)
    assert "2 answers had arrived, and are kept on this server only" in page
    assert "were never written anywhere else, and will be lost for good" in page

    reply = press(root, "output")
    assert (400, True) == (reply.status, "The specified bucket does not exist" in reply.text)
    world.services.objects.buckets.create("out", "us-east-1", now())
    assert f"{PAGE}?notice=output-written" == press(root, "output").location
    assert "Completed" == status(world)
    with world.store.read() as cx:
        created = loop.find(cx, "loop-1").created_at
    with world.services.objects.get(
        "out", f"results/fd/{created:%Y/%m/%d/%H/%M/%S}/loop-1/output.json"
    ) as body:
        assert 2 == len(json.loads(body.all())["humanAnswers"])


def test_events_of_our_own_stand_in_the_console_with_their_words(world, root, number):
    world.person("dora", "cats")
    act(world, "alice", assignment.decline, take(world), "It is blurred")
    with world.store.write() as cx:  # what the clock does with an event that is owed
        (owed,) = cx.scalars(select(tables.duty.c.payload).where(tables.duty.c.kind == "publish-event"))
        events.publish(cx, owed["event"], owed["flow"], now())

    page = text(root, "/console")
    assert "Task Declined" in page
    assert "It is blurred" in page
