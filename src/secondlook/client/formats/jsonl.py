"""JSON Lines: everything that is known, one line a record. https://jsonlines.org"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Any

from secondlook.client.formats.annotations import Reading, as_json
from secondlook.client.formats.characters import json_text
from secondlook.client.formats.items import Answer, Record
from secondlook.client.formats.tally import Tally


def write(records: Iterable[Record], place: Path, tally: Tally) -> None:
    """One file."""
    with place.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json_text(document(record)) + "\n")
            tally.written += 1


def document(record: Record) -> dict[str, Any]:
    """What is not known is left out; `annotations` and `members` are what counts."""
    item, size = record.item, record.size
    known = {
        "id": record.id,
        "flow": item.flow,
        "uri": item.uri,
        "contentType": item.content_type,
        "text": item.text,
        "width": size and size.width,
        "height": size and size.height,
        "source": record.source,
        **_said(record.reading),
        "answer": record.answer and _answer(record.answer),
        "prediction": _said(item.prediction),
        "answers": [_answer(answer) for answer in item.answers],
        "humanLoopName": item.loop,
        "decision": item.decision,
        "probability": item.probability,
        "reasons": list(item.reasons),
        "labels": list(item.labels),
        "about": dict(item.about),
        "creationTime": item.at.astimezone(UTC).isoformat(),
    }
    return {name: value for name, value in known.items() if value is not None}


def _said(reading: Reading) -> dict[str, Any]:
    return {
        "annotations": [as_json(annotation) for annotation in reading.annotations],
        "members": dict(reading.members),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    known = {
        "workerId": answer.worker_id,
        "acceptanceTime": answer.accepted_at,
        "submissionTime": answer.submitted_at,
        "timeSpentInSeconds": answer.seconds,
        "answerContent": answer.content,
    }
    return {name: value for name, value in known.items() if value is not None}
