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

_ROUNDED = 1e-3
"""By how much a share of the picture may be more than all of it."""


def prediction(
    objects: Sequence[Mapping[str, Any]], *, of_picture: bool, size: Callable[[], Size | None]
) -> Reading:
    """The Objects of ListPredictions; none `of_picture` means that nothing was found in it.

    `size` is asked for only where boxes are shares of the picture. Whether they are is not recorded: they are where none reaches beyond 1, as no object that is less than a pixel is found.
    Without a size such boxes are left out.
    """
    placed = [found for found in objects if found.get("Box")]
    kinds = {Box.kind} if placed or (not objects and of_picture) else set()
    chosen = [found for found in objects if not found.get("Box") and found.get("Label")]
    said: list[Box | Choice] = []
    if placed:
        scale: Size | None = size() if all(map(_is_share, placed)) else Size(1, 1)
        said += [_box(found, scale) for found in placed] if scale else []
    if chosen:
        labels = tuple(whole(found["Label"]) for found in chosen)
        said.append(Choice(labels, several=True, scores=tuple(found.get("Score") for found in chosen)))
        kinds.add(Choice.kind)
    return Reading(frozenset(kinds), tuple(said), {})


def _is_share(found: Mapping[str, Any]) -> bool:
    left, top, width, height = (found["Box"][side] for side in _SIDES)
    return bool(max(left + width, top + height) <= 1 + _ROUNDED)


def _box(found: Mapping[str, Any], scale: Size) -> Box:
    left, top, width, height = (found["Box"][side] for side in _SIDES)
    across, down = scale
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
