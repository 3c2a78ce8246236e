"""What models predicted in a flow definition and what people answered, side by side: one row for each input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from operator import itemgetter
from typing import Any, Literal

from secondlook.client.connection import Connection, present
from secondlook.client.errors import SecondlookError
from secondlook.client.exporting.joining import Asked, Joined
from secondlook.client.exporting.objects import Objects
from secondlook.client.failures import in_words
from secondlook.client.formats.annotations import as_json
from secondlook.client.service import Service
from secondlook.names import last_part

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
        found = sorted(
            rows(present(connection).service, last_part(flow), moment(since)), key=itemgetter("created")
        )
    return found if kind == "rows" else _framed(kind, found)


def rows(service: Service, flow: str, since: datetime | None = None) -> Iterator[Row]:
    """Each input, with

    `created`: when it was predicted, or the loop started;
    `input_uri`, `content_type`, `objects`: the input, and what was seen in it before people looked;
    `decision`, `reasons`, `probability`, `endpoint`, `prediction_id`: of the prediction, None where none was recorded; `probability` is the
    chance with which people were to look;
    `loop`: the human loop, None where nobody was asked;
    `answers`, `workers`, `seconds`: of each answer what the page's fields say, the worker's opaque id, and the time of work;
    `unanswered`: why there are no answers though somebody was asked.

    Predictions come first, oldest first, then loops that had none, newest first; a page of them is held at a time.
    """
    for item in Joined(service, Asked(flow, since), Objects(service.client("s3"))):
        yield {
            "created": item.at,
            "input_uri": item.uri,
            "decision": item.decision and item.decision.capitalize(),
            "reasons": list(item.reasons),
            "loop": item.loop,
            "answers": [dict(answer.content) for answer in item.answers],
            "workers": [answer.worker_id for answer in item.answers],
            "seconds": [answer.seconds for answer in item.answers],
            "unanswered": item.unanswered.removeprefix("whose ") if item.loop and not item.answers else None,
            "objects": [as_json(each) for each in item.prediction.annotations],
            "probability": item.probability,
            "endpoint": item.about.get("EndpointName"),
            "content_type": item.content_type,
            "prediction_id": item.id if item.decision else None,
        }


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
    "created",
    "input_uri",
    "decision",
    "reasons",
    "loop",
    "answers",
    "workers",
    "seconds",
    "unanswered",
    "objects",
    "probability",
    "endpoint",
    "content_type",
    "prediction_id",
]
