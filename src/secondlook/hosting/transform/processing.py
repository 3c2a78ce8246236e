"""DataProcessing: what of a record the model sees, what it is joined with, what of that is kept. Pure.

Source: API reference, DataProcessing; the guide "Associate Prediction Results with Input Records". Records are JSON documents
or rows of CSV; a row is an array of its cells.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from secondlook.hosting.errors import Invalid
from secondlook.hosting.transform.jsonpath import JsonPath, NotThere
from secondlook.hosting.transform.splitting import Unusable

FORMATS = {"text/csv": "csv", "application/json": "json", "application/jsonlines": "json"}
"""Content types whose records can be filtered and joined."""

INPUT, OUTPUT = "SageMakerInput", "SageMakerOutput"
"""Members that a joined record gets."""


class Processing:
    """What a job does with records on their way in and out; nothing, unless DataProcessing says so."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        """From the members of CreateTransformJob. Raises Invalid."""
        said = definition.get("DataProcessing") or {}
        self._sees = JsonPath.parse(said.get("InputFilter") or "$", "DataProcessing.InputFilter")
        self._keeps = JsonPath.parse(said.get("OutputFilter") or "$", "DataProcessing.OutputFilter")
        self._joins = said.get("JoinSource") == "Input"
        given = definition["TransformInput"]
        content_type = _bare(given.get("ContentType"))
        accept = _bare(definition["TransformOutput"].get("Accept")) or content_type
        self.changes_input = not self._sees.is_all
        self.changes_output = self._joins or not self._keeps.is_all
        self._format = FORMATS.get(content_type, "")
        self._answers = FORMATS.get(accept, "")
        self._is_split = given.get("SplitType") == "Line"
        self._is_document = content_type == "application/json"
        self._check(content_type, accept)

    def _check(self, content_type: str, accept: str) -> None:
        if (self.changes_input or self._joins) and not self._format:
            raise Invalid(
                f"DataProcessing takes records of {', '.join(FORMATS)}; TransformInput.ContentType is {content_type!r}."
            )
        if self.changes_output and not self._answers:
            raise Invalid(
                f"DataProcessing takes answers of {', '.join(FORMATS)}; TransformOutput.Accept is {accept!r}."
            )
        if self._joins and self._format != self._answers:
            raise Invalid(
                f"JoinSource joins records with answers of the same format; TransformInput.ContentType is {content_type!r} and "
                f"TransformOutput.Accept is {accept!r}."
            )

    def sent(self, record: bytes) -> bytes:
        """What the model sees of a record, or of an object that is not split. Raises Unusable."""
        if not self.changes_input:
            return record
        return b"\n".join(
            _written(self._taken(self._sees, _read(part, self._format), "InputFilter"), self._format)
            for part in self._parts(record)
        )

    def result(self, records: Sequence[bytes], answer: bytes) -> bytes:
        """What is kept of the answer to a request of these records. Raises Unusable."""
        if not self.changes_output:
            return answer
        given = [part for record in records for part in self._parts(record)]
        answers = self._answers_to(len(given), answer)
        return b"\n".join(
            _written(self._kept(record, each), self._answers)
            for record, each in zip(given, answers, strict=True)
        )

    def _parts(self, record: bytes) -> Sequence[bytes]:
        """The records within an object that is not split: its lines, but for one JSON document."""
        if self._is_split or self._is_document or not self._format:
            return [record]
        return [line.removesuffix(b"\r") for line in record.split(b"\n") if line.strip()]

    def _answers_to(self, count: int, answer: bytes) -> Sequence[Any]:
        """One value for each record: the answer itself, its lines, or the elements of its array."""
        if count == 1 and self._answers == "json":
            return [_read(answer, "json")]
        split = [line for line in answer.split(b"\n") if line.strip()]
        if len(split) == count:
            return [_read(line, self._answers) for line in split]
        if self._answers == "json" and answer.lstrip().startswith(b"["):
            value = _read(answer, "json")
            if isinstance(value, list) and len(value) == count:
                return value
        raise Unusable(
            f"the model was asked about {count} records and answered with {len(split)} lines, so they cannot be told apart: "
            "a BatchStrategy of SingleRecord asks about one at a time"
        )

    def _kept(self, record: bytes, answer: Any) -> Any:
        return self._taken(
            self._keeps, self._joined(record, answer) if self._joins else answer, "OutputFilter"
        )

    def _joined(self, record: bytes, answer: Any) -> Any:
        value = _read(record, self._format)
        if self._format == "csv":
            return [*value, *answer]
        if isinstance(value, dict):
            return {**value, OUTPUT: answer}
        return {INPUT: value, OUTPUT: answer}

    def _taken(self, path: JsonPath, value: Any, member: str) -> Any:
        try:
            return path.of(value)
        except NotThere as error:
            raise Unusable(f"{member} {path.text} does not fit: {error}") from error


def _bare(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _read(record: bytes, form: str) -> Any:
    try:
        text = record.decode("utf-8-sig")
        return next(csv.reader([text]), []) if form == "csv" else json.loads(text)
    except (ValueError, RecursionError, csv.Error) as error:
        raise Unusable(f"{record[:80]!r} is no {form.upper()}: {error}") from error


def _written(value: Any, form: str) -> bytes:
    if form == "json":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace")
    row = io.StringIO()
    csv.writer(row, lineterminator="").writerow(value if isinstance(value, list) else [value])
    return row.getvalue().encode(errors="backslashreplace")
