"""The document that EventBridge would carry [events.md]."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from secondlook.names import Place
from secondlook.review.decisions import event
from secondlook.review.decisions.event import loop_status_change

PLACE = Place("us-east-1", "444455556666")
CREATED = datetime(2026, 3, 2, 9, 13, 40, 204_999, tzinfo=UTC)
ENDED = datetime(2026, 3, 2, 9, 15, 11, 900_000, tzinfo=UTC)
OUTPUT = "s3://bucket/fd-1/2026/03/02/09/13/40/loop-1/output.json"


def change(**changes) -> dict:
    fields = {
        "loop_name": "loop-1",
        "flow_name": "fd-1",
        "status": "Completed",
        "failure_code": None,
        "failure_reason": None,
        "created_at": CREATED,
        "output_uri": OUTPUT,
        "now": ENDED,
    }
    return loop_status_change(PLACE, **{**fields, **changes})


def test_the_documented_example_member_by_member() -> None:
    document = change()
    identifier = document.pop("id")

    assert {
        "version": "0",
        "detail-type": "SageMaker A2I HumanLoop Status Change",
        "source": "aws.sagemaker",
        "account": "444455556666",
        "time": "2026-03-02T09:15:11Z",
        "region": "us-east-1",
        "resources": ["arn:aws:sagemaker:us-east-1:444455556666:human-loop/loop-1"],
        "detail": {
            "creationTime": "2026-03-02T09:13:40.204Z",
            "failureCode": None,
            "failureReason": None,
            "flowDefinitionArn": "arn:aws:sagemaker:us-east-1:444455556666:flow-definition/fd-1",
            "humanLoopArn": "arn:aws:sagemaker:us-east-1:444455556666:human-loop/loop-1",
            "humanLoopName": "loop-1",
            "humanLoopOutput": {"outputS3Uri": OUTPUT},
            "humanLoopStatus": "Completed",
        },
    } == document
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier)


def test_a_failed_loop_says_why() -> None:
    reason = "Task failed to render: [ InvalidParameters: '…' ]."
    detail = change(status="Failed", failure_code="ValidationError", failure_reason=reason)["detail"]

    assert ("Failed", "ValidationError", reason) == (
        detail["humanLoopStatus"],
        detail["failureCode"],
        detail["failureReason"],
    )


def test_the_same_end_of_a_loop_has_the_same_id_whenever_it_is_sent() -> None:
    assert change()["id"] == change(now=datetime(2026, 3, 3, tzinfo=UTC))["id"]


def test_a_name_used_again_gives_another_id() -> None:
    assert change()["id"] != change(created_at=datetime(2026, 3, 4, tzinfo=UTC))["id"]


def test_a_loop_whose_output_was_written_later_has_a_second_event() -> None:
    assert change()["id"] != change(is_rewritten=True)["id"]


OWN = {
    "loop_name": "loop-1",
    "flow_name": "fd-1",
    "created_at": datetime(2026, 3, 2, 9, 13, 40, 204000, tzinfo=UTC),
    "worker_id": "w1",
    "now": datetime(2026, 3, 2, 9, 15, 11, tzinfo=UTC),
}


def test_a_declined_task_is_an_event_of_our_own() -> None:
    document = event.task_declined(PLACE, reason="blurred", **OWN)

    assert ("secondlook", "secondlook HumanLoop Task Declined") == (
        document["source"],
        document["detail-type"],
    )
    assert [f"{PLACE.arn('human-loop', 'loop-1')}"] == document["resources"]
    assert {
        "creationTime": "2026-03-02T09:13:40.204Z",
        "flowDefinitionArn": PLACE.arn("flow-definition", "fd-1"),
        "humanLoopArn": PLACE.arn("human-loop", "loop-1"),
        "humanLoopName": "loop-1",
        "reason": "blurred",
        "workerId": "w1",
    } == document["detail"]
    assert "Task Declined" == event.happened(document)


def test_every_problem_of_a_page_has_an_id_of_its_own() -> None:
    documents = [
        event.page_problem(PLACE, message=message, **{**OWN, "worker_id": worker})
        for message, worker in (("a", "w1"), ("b", "w1"), ("a", "w2"), ("a", None), ("a", "w1"))
    ]

    assert 4 == len({document["id"] for document in documents})
    assert "Page Problem" == event.happened(documents[0])


@given(at=st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1970), name=st.text())
def test_times_keep_their_form_and_the_document_survives_json(at: datetime, name: str) -> None:
    document = change(created_at=at, now=at, loop_name=name)

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["time"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", document["detail"]["creationTime"])
    assert document == json.loads(json.dumps(document))
