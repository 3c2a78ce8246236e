"""What was recorded of a model's answer, and what a loop was started with, as readings. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from secondlook.client.formats.annotations import Box, Choice, Reading, Size
from secondlook.client.formats.answers import boxes
from secondlook.client.formats.characters import whole
from secondlook.client.formats.items import NOTHING

_SIDES = ("Left", "Top", "Width", "Height")


def prediction(
    objects: Sequence[Mapping[str, Any]], *, of_picture: bool, size: Callable[[], Size | None]
) -> Reading:
    """The Objects of ListPredictions; none `of_picture` means that nothing was found in it.

    `size` is asked for only where boxes are parts of the picture; without it such boxes are left out.
    """
    placed = [found for found in objects if found.get("Box") or found.get("BoundingBox")]
    kinds = {Box.kind} if placed or (not objects and of_picture) else set()
    chosen = [found for found in objects if found not in placed and found.get("Label")]
    said: list[Box | Choice] = []
    if placed:
        whole_size = size() if any(found.get("BoundingBox") for found in placed) else None
        said += [box for found in placed if (box := _box(found, whole_size))]
    if chosen:
        labels = tuple(whole(found["Label"]) for found in chosen)
        said.append(Choice(labels, several=True, scores=tuple(found.get("Score") for found in chosen)))
        kinds.add(Choice.kind)
    return Reading(frozenset(kinds), tuple(said), {})


def _box(found: Mapping[str, Any], picture: Size | None) -> Box | None:
    box, scale = (found["Box"], Size(1, 1)) if found.get("Box") else (found["BoundingBox"], picture)
    if scale is None:
        return None
    (left, top, width, height), (across, down) = (box[side] for side in _SIDES), scale
    return Box(
        whole(found.get("Label") or ""),
        left * across,
        top * down,
        width * across,
        height * down,
        found.get("Score"),
    )


@dataclass(frozen=True, slots=True)
class Content:
    """What InputContent says of the input: where it lies or what it reads, the labels to choose from, what was drawn before."""

    uri: str | None = None
    text: str | None = None
    labels: tuple[str, ...] = ()
    initial: Reading = NOTHING


def content(document: Any) -> Content:
    """Of a loop's InputContent; in the member names of Ground Truth and AWS, else by what a member looks like."""
    if not isinstance(document, Mapping):
        return Content()
    uri, text = _task_object(document)
    drawn = _drawn(document)
    initial = NOTHING if drawn is None else Reading(frozenset({Box.kind}), drawn, {})
    return Content(uri, text, _labels(document.get("labels")), initial)


def _task_object(document: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """`taskObject`, an object or a text; what an AWS service was asked about; else the only object that is named."""
    given = document.get("taskObject")
    if isinstance(given, str):
        return (given, None) if given.startswith("s3://") else (None, whole(given))
    asked = document.get("aiServiceRequest")
    for member in ("document", "image"):
        with suppress(KeyError, TypeError):
            place = asked[member]["s3Object"]  # type: ignore[index]
            return f"s3://{place['bucket']}/{place['name']}", None
    named = [value for value in document.values() if isinstance(value, str) and value.startswith("s3://")]
    return (named[0] if len(named) == 1 else None), None


def _drawn(document: Mapping[str, Any]) -> tuple[Box, ...] | None:
    """`initialValue`, which may be JSON text; else the only list of boxes there is."""
    if "initialValue" in document:
        return boxes(_parsed(document["initialValue"]))
    found = [drawn for value in document.values() if (drawn := boxes(value))]
    return found[0] if len(found) == 1 else None


def _parsed(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


def _labels(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        return ()
    return tuple(whole(label) for label in value)
