"""Loops that are offered sooner, and of which another opinion is asked, over plain boto3 and the portal."""

from __future__ import annotations

import pytest
from botocore.exceptions import ParamValidationError

from tests.running import Server, eventually

from .client_errors import refused
from .reviewing import Review

WORKERS = ("ana@example.org", "ben@example.org")


def test_what_matters_most_is_offered_first_and_answered_twice(server: Server, name: str) -> None:
    own = server.client("secondlook")
    review = Review(server, name, WORKERS)
    loops = [f"{name}-{number}" for number in range(3)]
    for loop in loops:
        review.start(loop)
    for loop in loops:
        eventually(lambda loop=loop: own.describe_loop(HumanLoopName=loop)["Loop"]["Ready"])
    updated = own.update_loop(HumanLoopName=loops[2], Priority=5, TaskCount=2)["Loop"]
    for email in WORKERS:
        worker = review.worker(email)
        worker.submit(worker.take(name), {"by": email})
    review.completed(loops[2])

    assert (5, 2) == (updated["Priority"], updated["TaskCount"])
    answers = review.output(loops[2])["humanAnswers"]
    assert [{"by": email} for email in WORKERS] == [answer["answerContent"] for answer in answers]
    assert "InProgress" == review.describe(loops[0])["HumanLoopStatus"]


def test_what_cannot_be_changed_is_said(server: Server, name: str) -> None:
    own = server.client("secondlook")
    review = Review(server, name)
    review.start(name)

    refused("ValidationException", "Give Priority, TaskCount, or both", own.update_loop, HumanLoopName=name)
    refused("ResourceNotFound", "nope", own.update_loop, HumanLoopName="nope", Priority=1)
    refused(
        "ValidationException", "less than or equal to 10", own.update_loop, HumanLoopName=name, Priority=11
    )
    with pytest.raises(ParamValidationError):
        own.update_loop(HumanLoopName=name, TaskCount=0)
    server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=name)
    refused("ValidationException", "is Stopped", own.update_loop, HumanLoopName=name, TaskCount=2)
