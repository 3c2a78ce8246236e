"""The duties of loops with real parts: database, objects in a directory, rendering in child processes."""

from __future__ import annotations

import dataclasses
import json
import threading
from datetime import timedelta
from pathlib import Path
from shutil import rmtree

import pytest
from sqlalchemy import select

from secondlook.clock.handler import TransientFailure
from secondlook.clock.handlers import loops as loop_handlers
from secondlook.review import assignment, flow, loop, workteam
from secondlook.review.people import ensure_person
from secondlook.review.stories import progress
from secondlook.store import outbox
from secondlook.store.objects import About
from secondlook.store.tables import loop as loops

from .conftest import Run, Wind
from .desk import PLACE, TEMPLATE, Desk
from .timing import AT_ONCE, until


def test_a_loop_is_offered_once_its_template_has_rendered(desk: Desk, run: Run) -> None:
    desk.start()

    assert desk.take() is None
    run()
    assert desk.ready()
    assert desk.take() is not None


def test_a_template_that_does_not_render_fails_the_loop_with_the_reason(desk: Desk, run: Run) -> None:
    desk.flow("fd-2", '<crowd-form>{{ " " | grant_read_access }}</crowd-form>')
    run()
    desk.start("loop-2", of="fd-2")

    assert desk.ended("loop-2")
    row = desk.loop("loop-2")
    assert ("Failed", "ValidationError") == (row.status, row.failure_code)
    assert row.failure_reason.startswith("Task failed to render: [ ")
    assert "grant_read_access" in row.failure_reason
    assert until(lambda: len(desk.events()) == 1)
    assert row.failure_reason == desk.events()[0]["detail"]["failureReason"]


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (
            "<crowd-form>\n<crowd-boundingbox></crowd-boundingbox></crowd-form>",
            "[ UnknownElement: 'There is no element <crowd-boundingbox>; did you mean <crowd-bounding-box>? (line 2, column 1).' ].",
        ),
        (
            "<p>{{ task.input.text }}</p>",
            "[ MissingForm: 'There is no <crowd-form> on the page, so nobody could",
        ),
        ("{{ task.input.text }}", "[ Fragment: 'There is no <crowd-form> on the page, so nobody could"),
        (
            "<crowd-form><crowd-x></crowd-x><input required hidden name=a></crowd-form>",
            "column 13).', UnfillableField: 'The required field 'a' is hidden",
        ),
    ],
)
def test_a_page_that_nobody_could_answer_fails_the_loop_naming_every_problem(
    desk: Desk, run: Run, template: str, reason: str
) -> None:
    desk.flow("fd-2", template)
    run()
    desk.start("loop-2", of="fd-2")

    assert desk.ended("loop-2")
    row = desk.loop("loop-2")
    assert ("Failed", "ValidationError") == (row.status, row.failure_code)
    assert row.failure_reason.startswith("Task failed to render: [ ")
    assert reason in row.failure_reason


PICTURE = '<crowd-form><img src="{{ task.input.image | grant_read_access }}"></crowd-form>'


@pytest.mark.parametrize(
    ("image", "says"),
    [
        ("s3://nope/cat.jpg", ["s3://nope/cat.jpg to read, but: The specified bucket does not exist."]),
        ("s3://results/no.jpg", ["s3://results/no.jpg to read, but: The specified key does not exist."]),
        ("s3://results/cat.jpg", []),
    ],
)
def test_a_picture_that_is_not_there_is_told_to_the_requester_and_the_loop_is_offered(
    desk: Desk, run: Run, image: str, says: list[str]
) -> None:
    desk.objects.put("results", "cat.jpg", b"a cat", About(), desk.time())
    desk.flow("fd-2", PICTURE)
    run()
    desk.start("loop-2", of="fd-2", content=json.dumps({"image": image}))

    assert desk.ready("loop-2")
    with desk.store.read() as cx:
        reports = progress.reports(cx, desk.loop("loop-2").id)
    assert [(None, f"The page is given {sentence}") for sentence in says] == [
        (report.email, report.message) for report in reports
    ]
    assert until(lambda: len(desk.events()) == len(says))


def test_a_reason_that_would_be_too_long_says_how_many_problems_it_leaves_out(desk: Desk, run: Run) -> None:
    faults = "".join(f"<crowd-a-rather-long-name-that-nobody-has-{letter}>" for letter in "abcdefghijklmno")
    desk.flow("fd-2", f"<crowd-form>{faults}</crowd-form>")
    run()
    desk.start("loop-2", of="fd-2")

    assert desk.ended("loop-2")
    reason = desk.loop("loop-2").failure_reason
    named = reason.count("UnknownElement: ")
    assert 800 < len(reason) <= 1024
    assert reason.endswith(f".', and {15 - named} more ].")


def test_the_last_answer_writes_the_output_then_the_status_then_the_event(desk: Desk, run: Run) -> None:
    created = desk.time()
    run()
    desk.start()
    assert desk.ready()
    number = desk.take()
    desk.time.move(seconds=61.772)
    desk.submit(number)

    assert desk.ended()
    key = f"a2i/fd-1/{created:%Y/%m/%d/%H/%M/%S}/loop-1/output.json"
    with desk.objects.get("results", key) as opened:
        written = json.loads(opened.all())
        assert "application/json" == opened.stored.content_type
    assert {"text": "a < b"} == written["inputContent"]
    assert [{"read": {"text": "yes"}}] == [answer["answerContent"] for answer in written["humanAnswers"]]
    assert 61.772 == written["humanAnswers"][0]["timeSpentInSeconds"]
    assert "Completed" == desk.loop().status
    assert until(lambda: len(desk.events()) == 1)
    detail = desk.events()[0]["detail"]
    assert ("Completed", f"s3://results/{key}") == (
        detail["humanLoopStatus"],
        detail["humanLoopOutput"]["outputS3Uri"],
    )
    assert until(lambda: desk.owed() == [])


def test_an_output_is_said_to_be_encrypted_as_its_flow_definition_or_its_bucket_says(
    desk: Desk, run: Run
) -> None:
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    desk.objects.buckets.set("results", "ServerSideEncryptionConfiguration", {"Rules": [rule]})
    desk.flow("fd-2", TEMPLATE, kms_key_id="alias/ours")
    run()
    for name, of in (("loop-1", "fd-1"), ("loop-2", "fd-2")):
        desk.start(name, of)
        assert desk.ready(name)
        desk.submit(desk.take(of))
        assert desk.ended(name)

    listed = desk.objects.list("results", "a2i/").objects
    written = [desk.objects.head("results", entry.key).encryption for entry in listed]
    assert written == [
        {"ServerSideEncryption": "AES256"},
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/ours"},
    ]


def test_until_the_output_is_written_the_loop_is_in_progress(desk: Desk, run: Run) -> None:
    began, go_on = threading.Event(), threading.Event()
    closing = desk.duties.handlers()["close-loop"]

    def held(duty: outbox.Duty):
        began.set()
        assert go_on.wait(60)
        return closing.do(duty)

    run(**{"close-loop": dataclasses.replace(closing, do=held)})
    desk.start()
    assert desk.ready()
    desk.submit(desk.take())
    assert began.wait(30)

    assert "InProgress" == desk.loop().status
    assert [] == desk.events()
    go_on.set()
    assert desk.ended()


def test_an_output_without_a_bucket_fails_the_loop_in_the_end(desk: Desk, run: Run) -> None:
    run()
    desk.start()
    assert desk.ready()
    number = desk.take()
    desk.objects.buckets.delete("results")
    desk.submit(number)

    assert desk.ended()
    row = desk.loop()
    assert ("Failed", "InternalError") == (row.status, row.failure_code)
    assert "could not be written to s3://results/a2i/fd-1/" in row.failure_reason
    assert row.failure_reason.endswith("The specified bucket does not exist")
    assert until(lambda: len(desk.events()) == 1)
    assert "Failed" == desk.events()[0]["detail"]["humanLoopStatus"]


def test_a_disk_that_fails_is_told_without_its_path(desk: Desk, tmp_path: Path) -> None:
    """Without a clock: the reason becomes the loop's FailureReason when the last try is over."""
    desk.start()
    with desk.store.write() as cx:
        loop.rendered(cx, desk.loop().id)
    desk.submit(desk.take())
    rmtree(tmp_path / "objects")
    duty = outbox.Duty(1, "close-loop", "1", {"loop_id": desk.loop().id}, 1, desk.time())
    with pytest.raises(TransientFailure, match="the disk that they lie on fails") as failure:
        desk.duties.close(duty)

    assert str(tmp_path) not in str(failure.value)


def test_an_output_that_is_being_tried_again_says_so(desk: Desk, wind: Wind) -> None:
    desk.start()
    with desk.store.write() as cx:
        loop.rendered(cx, desk.loop().id)
    number = desk.take()
    desk.objects.buckets.delete("results")
    desk.submit(number)
    later = dataclasses.replace(AT_ONCE, first=timedelta(hours=1), longest=timedelta(hours=1))
    closing = dataclasses.replace(desk.duties.handlers()["close-loop"], retry=later)
    wind(desk.store, {"close-loop": closing}, now=desk.time)

    def warnings() -> list[str]:
        with desk.store.read() as cx:
            return progress.warnings(cx, progress.loop_by_name(cx, "loop-1"))

    assert until(
        lambda: any(
            warning.startswith("Being tried again: The output could not be") for warning in warnings()
        )
    )


def test_a_bucket_that_comes_back_in_time_gets_the_output(desk: Desk, wind: Wind) -> None:
    """Without a clock in between: two tries of the same duty."""
    desk.start()
    with desk.store.write() as cx:
        loop.rendered(cx, desk.loop().id)
    number = desk.take()
    desk.objects.buckets.delete("results")
    desk.submit(number)
    tries: list[int] = []
    closing = desk.duties.handlers()["close-loop"]

    def close(duty: outbox.Duty):
        tries.append(duty.attempts)
        if duty.attempts == 2:
            desk.objects.buckets.create("results", PLACE.region, desk.time())
        return closing.do(duty)

    wind(desk.store, {"close-loop": dataclasses.replace(closing, do=close, retry=AT_ONCE)}, now=desk.time)

    assert desk.ended()
    assert "Completed" == desk.loop().status
    assert [1, 2] == tries


def test_a_duty_done_twice_changes_nothing(desk: Desk, run: Run) -> None:
    clock = run()
    desk.start()
    assert desk.ready()
    desk.submit(desk.take())
    assert desk.ended()
    assert until(lambda: desk.owed() == [])
    row = desk.loop()
    before = desk.events()
    for kind in ("check-render", "close-loop", "expire-loop"):
        with desk.store.write() as cx:
            outbox.owe(cx, kind, "again", {"loop_id": row.id}, due=desk.time(), now=desk.time())
    with desk.store.write() as cx:
        again = {"event": before[0], "flow": "fd-1"}
        outbox.owe(cx, "publish-event", "again", again, due=desk.time(), now=desk.time())

    assert until(lambda: desk.owed() == [])
    clock.stop()
    assert row == desk.loop()
    assert before == desk.events()


def test_an_answer_too_late_for_its_task_gives_the_slot_back(desk: Desk, run: Run) -> None:
    clock = run()
    desk.start()
    assert desk.ready()
    first = desk.take()
    desk.time.move(seconds=611)
    clock.look()
    assert until(lambda: "expire-assignment" not in desk.owed())

    again = desk.take()
    assert first == again  # the same worker's row, held anew
    desk.submit(again)
    assert desk.ended()
    assert "Completed" == desk.loop().status


def test_a_loop_that_nobody_answers_expires(desk: Desk, run: Run) -> None:
    clock = run()
    desk.start()
    assert desk.ready()
    desk.time.move(seconds=3600)
    clock.look()

    assert desk.ended()
    assert ("Failed", "Expired") == (desk.loop().status, desk.loop().failure_code)
    assert until(lambda: len(desk.events()) == 1)


def test_when_the_last_one_who_could_answer_leaves_the_team_a_declined_loop_fails(
    desk: Desk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_handlers, "SETTLE_AT_ONCE", 2)  # several steps
    run()
    with desk.store.write() as cx:
        bob = ensure_person(cx, "bob@example.org", desk.time()).id
        workteam.add(cx, "readers", [bob], desk.time())
    for name in ("loop-1", "loop-2", "loop-3", "loop-4"):
        desk.start(name)
        assert desk.ready(name)
    for reason in ("blurred", None, None):
        number = desk.take()
        with desk.store.write() as cx:
            assignment.decline(cx, desk.alice, number, reason, PLACE, desk.time())
    with desk.store.write() as cx:
        workteam.expel(cx, "readers", bob, desk.time())

    assert all(desk.ended(name) for name in ("loop-1", "loop-2", "loop-3"))
    assert "Declined" == desk.loop("loop-3").failure_code
    assert until(lambda: "settle-flow" not in desk.owed())
    assert desk.loop("loop-4").closed_at is None


def test_deleting_a_flow_definition_stops_what_waits_and_lets_the_open_task_finish(
    desk: Desk, run: Run
) -> None:
    clock = run()
    desk.start("worked-on")
    assert desk.ready("worked-on")
    number = desk.take()
    desk.start("waiting")
    with desk.store.write() as cx:
        flow.begin_delete(cx, "fd-1", desk.time())

    assert desk.ended("waiting")
    assert "Stopping" == desk.loop("worked-on").status
    desk.submit(number)
    assert desk.ended("worked-on")
    assert "Stopped" == desk.loop("worked-on").status
    desk.time.move(seconds=5)
    clock.look()
    assert until(lambda: "delete-flow" not in desk.owed())
    with desk.store.read() as cx:
        assert [] == cx.scalars(select(loops.c.name)).all()
