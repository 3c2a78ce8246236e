"""Parquet: the columns of JSON Lines, for pandas, DuckDB, Spark and their like. https://parquet.apache.org"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from secondlook.client.formats.annotations import Box, Choice, as_json
from secondlook.client.formats.characters import json_text, whole
from secondlook.client.formats.items import Record
from secondlook.client.formats.missing import needed
from secondlook.client.formats.tally import Tally

ROWS = 1000
"""Of a row group, which is what is kept in memory."""


def write(records: Iterable[Record], place: Path, tally: Tally) -> None:
    """One file. Raises MissingPackage where pyarrow is not installed."""
    arrow = needed("pyarrow", "pyarrow", "An export to Parquet")
    parquet = needed("pyarrow.parquet", "pyarrow", "An export to Parquet")
    schema, remaining = _schema(arrow), iter(records)
    with parquet.ParquetWriter(place, schema, compression="zstd") as writer:
        while rows := [row(record) for record in islice(remaining, ROWS)]:
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
            tally.written += len(rows)


def row(record: Record) -> dict[str, Any]:
    """What has many shapes is JSON text; boxes and chosen labels have columns of their own."""
    item, answer, annotations = record.item, record.answer, record.reading.annotations
    columns = {
        "id": record.id,
        "flow": item.flow,
        "uri": item.uri,
        "content_type": item.content_type,
        "text": item.text,
        "width": record.size and record.size.width,
        "height": record.size and record.size.height,
        "source": record.source,
        "labels": [label for choice in annotations if isinstance(choice, Choice) for label in choice.labels],
        "boxes": [_box(box) for box in annotations if isinstance(box, Box)],
        "annotations": json_text([as_json(annotation) for annotation in annotations]),
        "members": json_text(dict(record.reading.members)),
        "worker_id": answer and answer.worker_id,
        "acceptance_time": answer and answer.accepted_at,
        "submission_time": answer and answer.submitted_at,
        "seconds": answer and answer.seconds,
        "answer": json_text(answer.content) if answer else None,
        "answers": len(item.answers),
        "prediction": json_text([as_json(annotation) for annotation in item.prediction.annotations]),
        "human_loop_name": item.loop,
        "decision": item.decision,
        "probability": item.probability,
        "reasons": [whole(reason) for reason in item.reasons],
        "about": json_text(dict(item.about)),
        "creation_time": item.at,
    }
    return {name: whole(value) if isinstance(value, str) else value for name, value in columns.items()}


def _box(box: Box) -> dict[str, Any]:
    return {name: getattr(box, name) for name in ("label", "left", "top", "width", "height", "score")}


def _schema(arrow: Any) -> Any:
    text, number = arrow.string(), arrow.float64()
    sides = [(side, number) for side in ("left", "top", "width", "height", "score")]
    return arrow.schema(
        [
            arrow.field("id", text, nullable=False),
            ("flow", text),
            ("uri", text),
            ("content_type", text),
            ("text", text),
            ("width", arrow.int32()),
            ("height", arrow.int32()),
            arrow.field("source", text, nullable=False),
            ("labels", arrow.list_(text)),
            ("boxes", arrow.list_(arrow.struct([("label", text), *sides]))),
            ("annotations", text),
            ("members", text),
            ("worker_id", text),
            ("acceptance_time", text),
            ("submission_time", text),
            ("seconds", number),
            ("answer", text),
            ("answers", arrow.int32()),
            ("prediction", text),
            ("human_loop_name", text),
            ("decision", text),
            ("probability", number),
            ("reasons", arrow.list_(text)),
            ("about", text),
            ("creation_time", arrow.timestamp("us", tz="UTC")),
        ]
    )
