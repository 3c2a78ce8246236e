"""A server with a model whose score is what it is told, and a review of what it is not sure of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from secondlook.client import connection
from secondlook.client.connection import Connection, connect
from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server
from tests.town import Town

MODEL = """
    import json
    def transform_fn(model, body, content_type, accept):
        asked = json.loads(body) if body[:1] in (b"{", "{") else {"score": 0.5}
        if "text" in asked:
            return json.dumps({"summary": asked["text"][:5]}), "application/json"
        if asked["score"] is None:
            raise ValueError("no score")
        box = {"left": 10, "top": 20, "right": 110, "bottom": 220}
        return json.dumps([{"id": "bicycle", "score": asked["score"], **box}]), "application/json"
"""

DOUBT = {"ConditionType": "ConfidenceCheck", "ConditionParameters": {"ConfidenceLessThan": 0.9}}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("client") / "data"
    put_product(data, "detector", MODEL, "application/json")
    with Server(data) as server:
        town = Town(server.start())
        town.deploy("detector", town.subscribe("detector"))
        yield town


@pytest.fixture(autouse=True)
def here(town: Town, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """The connection that functions mean which are given none."""
    monkeypatch.setattr(connection, "_latest", None)
    return connect(town.server.data)


@pytest.fixture
def review(town: Town, name: str) -> Review:
    """Looks at what is under 0.90."""
    return Review(town.server, name, conditions={"Conditions": [DOUBT]})


def answered(review: Review, loop: str, content: dict[str, Any]) -> None:
    """The worker of the review submits; the output is written."""
    worker = review.worker()
    worker.submit(review.taken(worker, loop), content)
    review.completed(loop)


def put(town: Town, bucket: str, documents: dict[str, Any]) -> None:
    s3 = town.server.client("s3")
    for key, document in documents.items():
        s3.put_object(
            Bucket=bucket, Key=key, Body=json.dumps(document).encode(), ContentType="application/json"
        )
