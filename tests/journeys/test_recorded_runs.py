"""What public programs gave A2I, and A2I took, is taken here, whatever the service model says (`wire/amendments.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import commandline
from tests.running import Server

from .reviewing import Review


@pytest.fixture
def review(server: Server, name: str) -> Review:
    return Review(server, name)


def test_a_loop_of_the_fraud_detector_notebook_goes_all_the_way(review: Review, tmp_path: Path) -> None:
    loop = f"Fraud-detector-{review.name}"
    review.start(loop)
    worker = review.worker()
    worker.submit(review.taken(worker, loop), {})
    described = review.completed(loop)
    shown = commandline.of(review.server, tmp_path).run("loops", "show", loop).out

    assert described["HumanLoopArn"].endswith(f":human-loop/{loop}")
    assert described["HumanLoopOutput"]["OutputS3Uri"].endswith(f"/{loop}/output.json")
    assert loop == review.output(loop)["humanLoopName"]
    assert loop in shown


def test_names_that_differ_in_capitals_are_two_loops(review: Review) -> None:
    a2i = review.server.client("sagemaker-a2i-runtime")
    names = {review.name, review.name.upper()}
    for loop in names:
        review.start(loop)
    a2i.stop_human_loop(HumanLoopName=review.name.upper())
    a2i.delete_human_loop(HumanLoopName=review.name.upper())
    listed = a2i.list_human_loops(FlowDefinitionArn=review.arn)["HumanLoopSummaries"]

    assert [review.name] == [loop["HumanLoopName"] for loop in listed]
    assert "InProgress" == review.describe(review.name)["HumanLoopStatus"]
