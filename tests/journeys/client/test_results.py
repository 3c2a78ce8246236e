"""`secondlook.results`: predictions and answers side by side; and sessions of boto3's that mean the server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import secondlook
from secondlook.client.connection import Connection
from secondlook.client.errors import SecondlookError
from tests.journeys.client.conftest import answered
from tests.journeys.reviewing import Review
from tests.town import Town


def test_each_input_is_a_row_with_what_was_predicted_and_answered(review: Review) -> None:
    sure = secondlook.ask(review.name, {"score": 0.97}, endpoint="detector")
    doubt = secondlook.ask(review.name, {"score": 0.25}, endpoint="detector")
    plain = secondlook.ask(review.name, {"text": "x"})
    answered(review, doubt.loop, {"said": "yes"})

    found = secondlook.results(review.name, frame="rows")

    assert [sure.loop, doubt.loop, plain.loop] == [row["loop"] for row in found]
    assert ["Accept", "Review", None] == [row["decision"] for row in found]
    assert [None, None, "human loop is under way"] == [row["unanswered"] for row in found]
    assert [[], [{"said": "yes"}], []] == [row["answers"] for row in found]
    assert [0, 1, None] == [row["probability"] for row in found]
    box = {"label": "bicycle", "score": 0.25, "left": 10, "top": 20, "width": 100, "height": 200}
    assert [{"kind": "box", **box}] == found[1]["objects"]
    assert doubt.input_uri == found[1]["input_uri"]
    assert [1, 1] == [len(found[1][column]) for column in ("workers", "seconds")]


def test_only_what_came_since_then(review: Review) -> None:
    secondlook.ask(review.name, {"text": "before"})
    secondlook.ask(review.name, {"score": 0.1}, endpoint="detector")
    between = datetime.now(UTC)
    late = [
        secondlook.ask(review.name, {"text": "after"}).loop,
        secondlook.ask(review.name, {"score": 0.2}, endpoint="detector").loop,
    ]

    assert late == [row["loop"] for row in secondlook.results(review.name, between, frame="rows")]
    assert 4 == len(secondlook.results(review.arn, timedelta(days=1), frame="rows"))
    assert [] == secondlook.results(review.name, "2999-01-01", frame="rows")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"since": "yesterday"}, "since is a time like 2026-11-27"),
        ({"frame": "table"}, 'frame is "pandas", "polars" or "rows"'),
        ({"frame": "polars"}, "needs polars, which is not installed: pip install polars"),
        ({"flow": "nowhere-at-all"}, "nowhere-at-all"),
    ],
)
def test_what_is_wrong_is_said(review: Review, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(SecondlookError, match=message):
        secondlook.results(**{"flow": review.name, **arguments})


def test_clients_of_the_connection_s_session_talk_to_the_server(here: Connection, town: Town) -> None:
    account = here.client("sts").get_caller_identity()["Account"]

    assert f"arn:aws:sagemaker:us-east-1:{account}:flow-definition/f" == here.flow_arn("f")
    assert here.flow_arn("f") == here.flow_arn(here.flow_arn("f"))
    assert town.server.url == here.client("secondlook").get_server()["PublicUrl"]
    # As the SageMaker SDK asks for STS, with Amazon's own URL.
    elsewhere = here.session.client("sts", endpoint_url="https://sts.us-east-1.amazonaws.com")
    assert account == elsewhere.get_caller_identity()["Account"]


def test_resources_of_the_session_do_too(here: Connection, review: Review) -> None:
    bucket = here.session.resource("s3").Bucket(review.name)
    bucket.put_object(Key="a", Body=b"b")

    assert ["a"] == [entry.key for entry in bucket.objects.all()]
