"""The elements that worker task templates may use: those of Amazon's library, and what our bundle has beside them. Pure.

Which there are says the bundle: the build records the tags of the tables in `elements/src` beside it. What each is for is said here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import secondlook

FORM = "crowd-form"
_PREFIX = "crowd-"

FORMS = frozenset({FORM, "crowd-entity-annotation"})
"""Elements that submit an answer: the second stands on its page without the first."""

AMAZONS: Mapping[str, str] = {
    FORM: "wraps every task; collects, validates and submits the answer",
    "crowd-input": "one line of text",
    "crowd-text-area": "several lines of text",
    "crowd-checkbox": "check box",
    "crowd-radio-button": "radio button",
    "crowd-radio-group": "makes radio buttons exclusive",
    "crowd-slider": "a number on a scale",
    "crowd-slider-label": "marks under a slider",
    "crowd-toggle-button": "on or off",
    "crowd-button": "button; may submit the form",
    "crowd-fab": "round floating button",
    "crowd-icon-button": "button that is an icon",
    "crowd-alert": "message box",
    "crowd-badge": "small mark on another element",
    "crowd-card": "raised box",
    "crowd-instructions": "link or button that opens instructions",
    "crowd-modal": "link or button that opens a dialog",
    "crowd-tabs": "tabbed layout",
    "crowd-tab": "one tab of it",
    "crowd-toast": "notice that goes away",
    "crowd-bounding-box": "labelled rectangles on a picture",
    "crowd-polygon": "labelled polygons on a picture",
    "crowd-polyline": "labelled open lines on a picture",
    "crowd-line": "labelled lines of two points on a picture",
    "crowd-keypoint": "labelled points on a picture",
    "crowd-semantic-segmentation": "a mask of pixels for each class",
    "crowd-instance-segmentation": "a mask of pixels for each thing",
    "crowd-image-classifier": "one category for a picture",
    "crowd-image-classifier-multi-select": "several categories for a picture",
    "crowd-classifier": "one category for any content",
    "crowd-classifier-multi-select": "several categories for any content",
    "crowd-entity-annotation": "labelled spans of a text; brings its own form",
    "crowd-rekognition-detect-moderation-labels": "review of labels for image moderation",
    "crowd-textract-analyze-document": "review of key-value pairs found in a document",
    "crowd-text-ranking": "ranks several texts",
    "crowd-question-answer-generation": "questions and answers about a text",
    "full-instructions": "the long instructions of a task",
    "short-instructions": "the instructions beside a task",
    "classification-target": "what a classifier is about",
    "worker-comment": "offers a comment on a choice",
    "short-summary": "the first page of `crowd-instructions`",
    "detailed-instructions": "the second page of it",
    "positive-example": "an example of what is right, on the third",
    "negative-example": "an example of what is wrong, there too",
    "iron-icon": "an icon",
}
"""Every element that Amazon's library defines, with what it is for [crowd-elements/index.md: All elements]."""

OURS: Mapping[str, str] = {
    "crowd-2d-skeleton": "labelled skeletons on a picture, as the component of AWS's samples",
    "secondlook-pdf": "a PDF to read; one that a template embeds is shown by it",
}
"""What our bundle has beside them, with what it is for."""

_CASES = Path(secondlook.__file__).parent / "pages/static/built/gallery.json"
_RECORD = Path(secondlook.__file__).parent / "pages/static/built/bundle.json"


@cache
def _record() -> Mapping[str, Any]:
    record: dict[str, Any] = json.loads(_RECORD.read_text(encoding="utf-8"))
    return record


def served() -> tuple[str, ...]:
    """The tags that the bundle of this installation defines, in its order."""
    return tuple(_record()["elements"])


def untouched() -> Mapping[str, Mapping[str, Any]]:
    """By tag, how an element answers before anybody has touched it: the rules of `elements/cases`."""
    rules: dict[str, Mapping[str, Any]] = _record()["untouched"]
    return rules


@cache
def cases() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """By tag, pages with an element to look at: `title`, `attributes` (text, or true for one without a value) and `content`."""
    shown: dict[str, list[Mapping[str, Any]]] = json.loads(_CASES.read_text(encoding="utf-8"))
    return shown


def scripts(tags: Iterable[str]) -> list[str]:
    """The scripts that elements with these tags need beside the bundle itself, by their paths from its folder on."""
    chunks: dict[str, list[str]] = _record()["chunks"]
    return list(dict.fromkeys(path for tag in tags for path in chunks.get(tag, ())))


def fault(tag: str) -> str:
    """What to say about a tag that no element has."""
    # What all names begin with makes none of them alike.
    tags = {known.removeprefix(_PREFIX): known for known in served()}
    close = get_close_matches(tag.removeprefix(_PREFIX), tags, n=1)
    return f"There is no element <{tag}>" + (f"; did you mean <{tags[close[0]]}>?" if close else "")
