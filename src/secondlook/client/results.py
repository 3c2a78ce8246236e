"""What models predicted in a flow definition and what people answered, side by side: one row for each input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from secondlook.client import inputs
from secondlook.client.connection import Connection, present
from secondlook.client.errors import SecondlookError
from secondlook.client.failures import in_words
from secondlook.client.looking import FINAL
from secondlook.client.service import Service
from secondlook.names import last_part

READERS = 8
"""Outputs that are fetched at the same time."""

Row = dict[str, Any]
Frame = Literal["pandas", "polars", "rows"]
Since = datetime | timedelta | str | None


def results(
    flow: str, since: Since = None, *, frame: Frame | None = None, connection: Connection | None = None
) -> Any:
    """Predictions of a flow definition with people's answers, oldest first; loops that were started without a prediction too.

    `since` is a time, a span until now, or a date as text (`"2026-11-27"`). `frame` says what you get: a DataFrame of pandas or polars,
    or a list of dictionaries; left out, the first of these that is installed. The columns are those of `rows`.
    """
    kind = frame or _installed()
    if kind not in ("pandas", "polars", "rows"):
        raise SecondlookError(f'frame is "pandas", "polars" or "rows", not {kind!r}.')
    with in_words():
        found = list(rows(present(connection).service, last_part(flow), moment(since)))
    return found if kind == "rows" else _framed(kind, found)


def rows(service: Service, flow: str, since: datetime | None = None) -> Iterator[Row]:
    """Each input, with

    `prediction_id`, `endpoint`, `input_uri`, `content_type`, `objects`, `decision`, `probability`, `reasons`: of the prediction, None where
    there is none; `probability` is the chance with which it was to be looked at;
    `loop`, `status`: of the human loop, None where nobody was asked;
    `answers`, `workers`, `seconds`: of each answer what the page's fields say, the worker's opaque id, and the time of work;
    `created`: when it was predicted, or the loop started.
    """
    loops = {loop["HumanLoopName"]: loop for loop in _loops(service, flow, since)}
    predicted = list(_predictions(service, flow, since))
    named = {prediction.get("HumanLoopName") for prediction in predicted}
    begun: list[tuple[datetime, Row, Mapping[str, Any] | None]] = [
        (each["CreationTime"], _of_prediction(each), loops.get(each.get("HumanLoopName", "")))
        for each in predicted
    ]
    begun += [
        (loop["CreationTime"], _of_prediction({}), loop) for name, loop in loops.items() if name not in named
    ]
    begun.sort(key=lambda each: each[0])
    with ThreadPoolExecutor(READERS) as readers:
        outputs = readers.map(lambda each: _answers(service, each[2]), begun)
        for (created, row, loop), answers in zip(begun, outputs, strict=True):
            status = loop["HumanLoopStatus"] if loop else None
            name = loop["HumanLoopName"] if loop else row["loop"]
            yield {**row, "loop": name, "status": status, **answers, "created": created}


def moment(since: Since) -> datetime | None:
    """A time without a zone is UTC, as all times of the server. Raises SecondlookError for what is no time."""
    if isinstance(since, timedelta):
        return datetime.now(UTC) - since
    if isinstance(since, str):
        try:
            since = datetime.fromisoformat(since)
        except ValueError:
            raise SecondlookError(
                f"since is a time like 2026-11-27 or 2026-11-27T04:30, not {since!r}."
            ) from None
    return since.replace(tzinfo=UTC) if since is not None and since.tzinfo is None else since


def _predictions(service: Service, flow: str, since: datetime | None) -> Iterator[Mapping[str, Any]]:
    after: dict[str, Any] = {"CreationTimeAfter": since} if since else {}
    return service.every("secondlook", "list_predictions", "Predictions", FlowDefinitionName=flow, **after)


def _loops(service: Service, flow: str, since: datetime | None) -> Iterator[Mapping[str, Any]]:
    """They come newest first."""
    for loop in service.every("secondlook", "list_loops", "Loops", FlowDefinitionName=flow):
        if since is not None and loop["CreationTime"] < since:
            return
        yield loop


def _of_prediction(recorded: Mapping[str, Any]) -> Row:
    return {
        "prediction_id": recorded.get("PredictionId"),
        "endpoint": recorded.get("EndpointName"),
        "input_uri": recorded.get("InputUri"),
        "content_type": recorded.get("ContentType"),
        "objects": [_object(each) for each in recorded.get("Objects", ())],
        "decision": recorded.get("Decision"),
        "probability": recorded.get("Probability"),
        "reasons": list(recorded.get("Reasons", ())),
        "loop": recorded.get("HumanLoopName"),
    }


def _object(recorded: Mapping[str, Any]) -> Row:
    box = recorded.get("Box") or {}
    sides = {side.lower(): box.get(side) for side in ("Left", "Top", "Width", "Height")}
    return {"label": recorded.get("Label"), "score": recorded.get("Score"), **sides}


def _answers(service: Service, loop: Mapping[str, Any] | None) -> Row:
    """Those of a loop that is over; there are none where its output could not be written."""
    document: Mapping[str, Any] = {}
    if loop and loop["HumanLoopStatus"] in FINAL and loop["Answers"] and not loop.get("OutputProblem"):
        bucket, key = inputs.bucket_and_key(loop["OutputS3Uri"])
        document = json.load(service.client("s3").get_object(Bucket=bucket, Key=key)["Body"])
    given: Iterable[Mapping[str, Any]] = document.get("humanAnswers", ())
    return {
        "answers": [answer["answerContent"] for answer in given],
        "workers": [answer["workerId"] for answer in given],
        "seconds": [answer["timeSpentInSeconds"] for answer in given],
    }


def _installed() -> str:
    return next((name for name in ("pandas", "polars") if find_spec(name)), "rows")


def _framed(kind: str, found: list[Row]) -> Any:
    try:
        library = import_module(kind)
    except ImportError:
        raise SecondlookError(
            f'frame="{kind}" needs {kind}, which is not installed: pip install {kind}, or frame="rows".'
        ) from None
    if kind == "pandas":
        return library.DataFrame(found, columns=COLUMNS)
    # Answers of different pages have different fields, and a column of polars has one type.
    texts = [
        {**row, "answers": [json.dumps(each, ensure_ascii=False) for each in row["answers"]]} for row in found
    ]
    return library.DataFrame(texts, schema=COLUMNS, infer_schema_length=None, strict=False)


COLUMNS = [
    "prediction_id",
    "endpoint",
    "input_uri",
    "content_type",
    "objects",
    "decision",
    "probability",
    "reasons",
    "loop",
    "status",
    "answers",
    "workers",
    "seconds",
    "created",
]
