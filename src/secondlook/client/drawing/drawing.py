"""Which drawing an input and its answers ask for, and the page around it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from secondlook.client import predicted
from secondlook.client.drawing import picture, words
from secondlook.client.drawing.picture import Picture
from secondlook.client.errors import SecondlookError
from secondlook.client.formats import answers as elements
from secondlook.client.formats.annotations import Annotation, Box, Choice, FormField, Reading, Size, Span

PLACED = frozenset({"box", "polygon", "polyline", "keypoint", "mask"})
"""Kinds of annotations that have a place in a picture."""

TEXTS = ("text", "content", "initialValue", "taskObject")
"""Members of an input that commonly hold the text which is labelled."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """`svg` is None where there is no picture; `table` has what else was answered, as HTML."""

    svg: str | None
    table: str

    def html(self, heading: str = "") -> str:
        """For a notebook. The picture is an image, in which nothing can run."""
        parts = [f"<div><b>{escape(heading)}</b></div>"] if heading else []
        if self.svg is not None:
            url = (
                f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode('utf-8', 'replace')).decode()}"
            )
            parts.append(f'<img src="{url}" alt="{escape(heading) or "drawing"}" style="max-width:100%">')
        return "".join([*parts, self.table])

    def save(self, path: str | Path) -> None:
        """Write the picture with what was drawn, as SVG. Raises SecondlookError where there is none."""
        if self.svg is None:
            raise SecondlookError(
                "There is no picture to save: its texts are in the property table, as HTML."
            )
        Path(path).write_text(self.svg, encoding="utf-8", errors="replace")

    def _repr_html_(self) -> str:
        return self.html()


def drawing(
    content: Mapping[str, Any],
    prediction: Any,
    answers: Sequence[Mapping[str, Any]],
    load: Callable[[], bytes | None],
) -> Drawing:
    """Of an InputContent, what a model said, and answers. `load` fetches the input's bytes; it is called if something is placed."""
    readings = [elements.read(answer) for answer in answers]
    placed = [[each for each in reading.annotations if each.kind in PLACED] for reading in readings]
    table = "".join(
        _answer(content, reading, number, len(readings)) for number, reading in enumerate(readings, 1)
    )
    begun = elements.boxes(content.get("initialValue")) or ()
    said = content.get("prediction") if prediction is None else prediction
    is_placed = begun or predicted.has_boxes(said) or any(reading.kinds & PLACED for reading in readings)
    if not is_placed:
        return Drawing(None, table)
    ground = Picture.of(load())
    size = ground.size if ground else next((reading.size for reading in readings if reading.size), None)
    shown = predicted.boxes(said, size) or begun
    return Drawing(picture.svg(size or _around(shown), ground, shown, placed), table)


def _around(annotations: Sequence[Box]) -> Size:
    """A frame for boxes whose picture is not to be had."""
    right = max((each.left + each.width for each in annotations), default=0)
    bottom = max((each.top + each.height for each in annotations), default=0)
    return Size(max(int(right * 1.05), 1), max(int(bottom * 1.05), 1))


def _answer(content: Mapping[str, Any], reading: Reading, number: int, of: int) -> str:
    """What an answer says beside what is placed in a picture."""
    rows = [(name, _member(content, name, value)) for name, value in reading.members.items()]
    rows += [row for row in (_said(content, each) for each in reading.annotations) if row]
    if not rows:
        return ""
    heading = f'<tr><td colspan="2">Answer {number} of {of}</td></tr>' if of > 1 else ""
    cells = "".join(
        f'<tr><th style="text-align:left;vertical-align:top">{escape(name)}</th>'
        f'<td style="text-align:left;white-space:pre-wrap">{value}</td></tr>'
        for name, value in rows
    )
    return f"<table>{heading}{cells}</table>"


def _member(content: Mapping[str, Any], name: str, value: Any) -> str:
    if not isinstance(value, str):
        return words.shown(json.dumps(value, ensure_ascii=False))
    before = next((text for text in _before(content, name) if isinstance(text, str)), None)
    return words.shown(value) if before is None else words.changes(before, value)


def _before(content: Mapping[str, Any], name: str) -> list[Any]:
    """Where the text may stand that a worker began with: under the field's name, as initialValue, or in the prediction."""
    prediction = content.get("prediction")
    inner = prediction.get(name) if isinstance(prediction, Mapping) else None
    return [content.get(name), inner, content.get("initialValue")]


def _said(content: Mapping[str, Any], annotation: Annotation) -> tuple[str, str] | None:
    if isinstance(annotation, Choice):
        return "chosen", words.shown(", ".join(annotation.labels))
    if isinstance(annotation, FormField):
        return annotation.key, words.shown(annotation.value or "")
    if isinstance(annotation, Span):
        text = next((content[name] for name in TEXTS if isinstance(content.get(name), str)), "")
        return annotation.label, words.shown(text[annotation.start : annotation.end])
    return None
