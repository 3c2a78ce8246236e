"""What a loop is about that starts because conditions are true: its InputContent, made of the prediction and the input.

A document of conditions may say it, member by member, as JMESPath expressions (`InputMapping`, beside `Conditions`);
otherwise it is what our templates for boxes, classes and texts read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NoReturn

from secondlook.review.decisions import input_content
from secondlook.review.decisions.conditions.budget import Budget, TooCostly
from secondlook.review.decisions.conditions.evaluation import Evaluation
from secondlook.review.decisions.conditions.members import Members, at, compiled, nearest, refuse, shown
from secondlook.review.decisions.conditions.prediction import UNREADABLE
from secondlook.review.decisions.conditions.query import Query, Unanswered
from secondlook.review.decisions.items import as_score
from secondlook.review.decisions.objects import Box, Object, objects
from secondlook.review.errors import Invalid

ROOTS = ("prediction", "input", "objects", "boxes", "labels", "reasons", "selected", "endpoint")
"""What an expression of a mapping may begin with."""

DEEPEST = input_content.DEEPEST - 1
"""Levels of what becomes a member of an InputContent."""

SHORT = 100_000
"""Bytes of an input that are repeated in a loop's own input; what is longer is behind its URI."""

_JSON = ("application/json", "json")


@dataclass(frozen=True, slots=True)
class Input:
    """What the model was asked about.

    `uri` is where the body lies (s3://…). `size` is width and height of a picture in pixels, without which boxes that
    are parts of the picture stay out of `boxes`.
    """

    uri: str
    content_type: str | None = None
    body: bytes | None = None
    size: tuple[int, int] | None = None

    @property
    def content(self) -> Any:
        """A short text, or what short JSON says; None for all else."""
        kind = (self.content_type or "").partition(";")[0].strip().lower()
        is_json = kind in _JSON or kind.endswith("+json")
        if self.body is None or len(self.body) > SHORT or not (is_json or kind.startswith("text/")):
            return None
        try:
            text = self.body.decode()
            return _clean(json.loads(text)) if is_json else text
        except (ValueError, RecursionError):
            return None

    @property
    def is_picture(self) -> bool:
        return (self.content_type or "").strip().lower().startswith("image/")


@dataclass(frozen=True, slots=True)
class InputMapping:
    """Member of InputContent → expression; None for the usual members."""

    members: Mapping[str, Query] | None = field(default=None)

    @classmethod
    def read(cls, document: Members) -> InputMapping:
        """The mapping of a document, if it has one."""
        given = document.get("InputMapping")
        if "InputMapping" not in document:
            return cls()
        path = at(document.path, "InputMapping")
        if not isinstance(given, dict) or not given:
            refuse(path, f"must be an object of JMESPath expressions; it is {shown(given)}")
        return cls({name: _expression(text, at(path, name)) for name, text in given.items()})

    @property
    def is_usual(self) -> bool:
        """Whether the document says nothing of it."""
        return self.members is None

    @property
    def is_interpreted(self) -> bool:
        """Whether a member is more than something looked up."""
        return any(query.names is None for query in (self.members or {}).values())

    def input_content(
        self, prediction: Any, evaluation: Evaluation, about: Input, endpoint: str | None = None
    ) -> dict[str, Any]:
        """The InputContent of a loop about a prediction (JSON or UNREADABLE), which JSON can hold.

        Raises Invalid naming the member whose expression cannot be evaluated.
        """
        context = _context(prediction, evaluation, about, endpoint)
        if self.members is None:
            return _usual(context, about)
        budget = Budget()
        return {name: _mapped(name, query, context, budget) for name, query in self.members.items()}


def _expression(text: Any, path: str) -> Query:
    if not isinstance(text, str):
        refuse(path, f"must be a JMESPath expression, as text; it is {shown(text)}")
    query = compiled(text, path)
    for name in sorted(query.roots()):
        if name not in ROOTS:
            refuse(path, f"begins with {name!r}, which is not known{nearest(name, ROOTS)}")
    return query


def _mapped(name: str, query: Query, context: Mapping[str, Any], budget: Budget) -> Any:
    try:
        value = query.of(context, budget)
        budget.weigh(value)
    except (Unanswered, TooCostly) as error:
        _fail(name, query, str(error))
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        _fail(name, query, "it gives what JSON cannot hold")
    return value


def _fail(name: str, query: Query, why: str) -> NoReturn:
    raise Invalid(
        f"InputMapping.{name} of the flow definition's activation conditions, {shown(query.text)}, cannot be "
        f"evaluated on this prediction: {why}."
    )


def _context(prediction: Any, evaluation: Evaluation, about: Input, endpoint: str | None) -> dict[str, Any]:
    found = objects(prediction)
    return {
        "prediction": None if prediction is UNREADABLE else _clean(prediction),
        "input": {"uri": about.uri, "contentType": about.content_type, "content": about.content},
        "objects": [_as_json(each) for each in found],
        "boxes": _boxes(found, about.size),
        "labels": list(dict.fromkeys(each.label for each in found if each.label)),
        "reasons": list(evaluation.reasons),
        "selected": _clean(evaluation.selected),
        "endpoint": endpoint,
    }


def _usual(context: Mapping[str, Any], about: Input) -> dict[str, Any]:
    """What our templates read: `taskObject`; of a picture or of boxes `initialValue` and `labels`; of a text `content`."""
    content: dict[str, Any] = {"taskObject": about.uri}
    if context["boxes"] or about.is_picture:
        content |= {"initialValue": context["boxes"], "labels": context["labels"]}
    elif context["input"]["content"] is not None:
        content["content"] = context["input"]["content"]
    return {**content, "prediction": context["prediction"], "reasons": context["reasons"]}


def _as_json(each: Object) -> dict[str, Any]:
    box = each.box and {
        "left": each.box.left,
        "top": each.box.top,
        "width": each.box.width,
        "height": each.box.height,
    }
    return {"label": each.label, "score": each.score, "box": box}


def _boxes(found: Sequence[Object], size: tuple[int, int] | None) -> list[dict[str, Any]]:
    """As `crowd-bounding-box` takes them: whole pixels, and the score, by which it shows the least certain first. A box that ends
    where no number reaches is none.
    """
    boxes = []
    for each in found:
        pixels = each.box and _in_pixels(each.box, size)
        if pixels and _is_finite(pixels):
            left, top = round(pixels.left), round(pixels.top)
            width, height = round(pixels.left + pixels.width) - left, round(pixels.top + pixels.height) - top
            box = {"label": each.label, "left": left, "top": top, "width": width, "height": height}
            boxes.append(box if each.score is None else {**box, "score": each.score})
    return boxes


def _in_pixels(box: Box, size: tuple[int, int] | None) -> Box | None:
    if not box.is_relative:
        return box
    if size is None:
        return None
    width, height = size
    return Box(box.left * width, box.top * height, box.width * width, box.height * height)


def _is_finite(box: Box) -> bool:
    """Whether all its corners are numbers, each of whose sides is one (`objects`)."""
    corners = (box.left, box.top, box.left + box.width, box.top + box.height)
    return all(as_score(corner) is not None for corner in corners)


def _clean(value: Any) -> Any:
    """The value with null for each number that JSON cannot hold (NaN, Infinity), which models write all the same.

    None for what is nested deeper than an InputContent may be.
    """
    try:
        if input_content.depth(value) > DEEPEST:
            return None
        return value if _is_json(value) else _finite(value)
    except RecursionError:
        return None


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not isfinite(value) else value
