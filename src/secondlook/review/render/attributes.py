"""The attributes of the elements that templates use, and what of them is not as Amazon's documentation has it. Pure.

The elements themselves declare what they observe; a test in Chromium holds these tables against them.
"""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "name": "the key of the answer; without one a field is no part of it",
    "required": "nothing can be submitted before there is an answer",
    "disabled": "cannot be changed, and is no part of the answer",
    "value": "what it begins with; of a box or a button its key in the answer, `on` by default",
    "checked": "on from the beginning",
    "label": "the name that the worker sees; of a badge or a round button its few characters",
    "placeholder": "a hint in an empty field, never an answer",
    "type": "of a field a type of HTML's `input`; of an alert `info`, `success`, `warning` or `error`",
    "error-message": "what is said where the value is not accepted",
    "auto-validate": "checks while the worker types",
    "allowed-pattern": "a regular expression of the characters that are taken, with `auto-validate`",
    "auto-focus": "has the focus when the page comes",
    "max-length": "takes no more characters",
    "min-length": "takes no fewer characters",
    "rows": "lines that are seen at first",
    "max-rows": "lines up to which it grows",
    "char-counter": "shows how many characters there are",
    "min": "the least",
    "max": "the greatest",
    "step": "what lies between two values",
    "pin": "shows the value at the knob",
    "editable": "the value can be typed too",
    "secondary-progress": "where a second bar ends",
    "invalid": "shown as wrong while it is off",
    "form-action": "`submit` or `reset`: what a press does to the form; nothing otherwise",
    "variant": "`primary`, `normal`, `link` or `icon`",
    "loading": "busy, and cannot be pressed",
    "href": "an address that it leads to",
    "target": "where that opens",
    "icon": "the name of an icon of iron-icons, or an address",
    "icon-align": "`left` or `right` of the words",
    "icon-url": "an icon by its address",
    "title": "what is said when the pointer rests on it",
    "for": "the `id` of the element on whose corner it stands",
    "dismissible": "the worker can close it",
    "heading": "the words at its top",
    "header": "the title",
    "image": "the address of a picture",
    "link-text": "the words of the link",
    "link-type": "`link` or `button`",
    "duration": "milliseconds for which it is seen; 0 until it is closed",
    "opened": "seen from the beginning",
    "position": "the value on the slider that it marks",
    "src": "the address of the picture or file, as `grant_read_access` makes it",
    "labels": "a list of what can be marked",
    "label-colors": "a list of colours, in the order of the labels",
    "initial-value": "what the worker begins with, in the shape of the answer; shapes with a `score` come the least certain first; of a classifier the category chosen",
    "categories": "a list of what can be chosen",
    "exclusion-category": "`{ text: 'None' }`: a choice that excludes the others",
    "overlay": "annotations of an earlier task to show over the picture",
    "text": "the text that the task is about; of a toast its words",
    "allow-overlap": "`false`: no span may overlap another (ours)",
    "block-types": "the types of blocks under review",
    "keys": "a list of keys to look for: `importantFormKey`, `importantFormKeyAliases`",
    "no-key-edit": "the texts of keys cannot be changed",
    "no-geometry-edit": "boxes cannot be moved",
    "responses": "a list of the texts to rank",
    "ordinal-ranking-dimensions": "a list of `{ name, allowTie }`",
    "min-questions": "the least number of questions",
    "max-questions": "the greatest number of questions",
    "question-min-words": "the least number of words of a question",
    "question-max-words": "the greatest number of words of a question",
    "answer-min-words": "the least number of words of an answer",
    "answer-max-words": "the greatest number of words of an answer",
    "question-tags": "a list of tags to choose from",
    "allow-custom-question-tags": "the worker may write other tags",
    "answer-format": "of Mechanical Turk; without effect",
    "imgsrc": "as `src`",
    "keypointclasses": "a list of `{ id, label, color, x, y }`",
    "skeletonrig": "a list of pairs of labels, joined by lines",
    "skeletonboundingbox": "where new skeletons stand: `{ left, top, right, bottom }`",
    "initialvalues": "the skeletons to begin with",
}

_FIELD = ("name", "required", "disabled")
_TYPED = (
    *_FIELD,
    *("value", "label", "placeholder", "error-message", "auto-validate", "allowed-pattern", "auto-focus", "max-length"),
)  # fmt: skip
_TICK = (*_FIELD, "value", "checked")
_TOOL = (*_FIELD, "header")
_MARKING = (*_TOOL, "src", "labels", "label-colors", "initial-value")
_CHOOSING = (*_TOOL, "categories", "exclusion-category", "initial-value")
_CHOOSING_OF_PICTURE = (*_CHOOSING, "src", "overlay")

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "crowd-form": ("answer-format",),
    "crowd-input": (*_TYPED, "type", "min-length"),
    "crowd-text-area": (*_TYPED, "rows", "max-rows", "char-counter"),
    "crowd-checkbox": _TICK,
    "crowd-radio-button": _TICK,
    "crowd-slider": (*_FIELD, "value", "min", "max", "step", "pin", "editable", "secondary-progress"),
    "crowd-slider-label": ("position",),
    "crowd-toggle-button": (*_TICK, "invalid"),
    "crowd-button": (
        *("form-action", "variant", "disabled", "loading", "href", "target"),
        *("icon", "icon-align", "icon-url"),
    ),
    "crowd-fab": ("icon", "label", "title", "disabled"),
    "crowd-icon-button": ("icon", "title", "disabled"),
    "crowd-alert": ("type", "dismissible"),
    "crowd-badge": ("for", "label", "icon"),
    "crowd-card": ("heading", "image"),
    "crowd-instructions": ("link-text", "link-type"),
    "crowd-modal": ("link-text", "link-type"),
    "crowd-tab": ("header",),
    "crowd-toast": ("text", "duration", "opened"),
    "crowd-bounding-box": _MARKING,
    "crowd-polygon": _MARKING,
    "crowd-polyline": _MARKING,
    "crowd-line": _MARKING,
    "crowd-keypoint": _MARKING,
    "crowd-semantic-segmentation": _MARKING,
    "crowd-instance-segmentation": _MARKING,
    "crowd-image-classifier": _CHOOSING_OF_PICTURE,
    "crowd-image-classifier-multi-select": _CHOOSING_OF_PICTURE,
    "crowd-classifier": _CHOOSING,
    "crowd-classifier-multi-select": _CHOOSING,
    "crowd-entity-annotation": (*_TOOL, "text", "labels", "label-colors", "initial-value", "allow-overlap"),
    "crowd-rekognition-detect-moderation-labels": _CHOOSING_OF_PICTURE,
    "crowd-textract-analyze-document": (
        *(*_TOOL, "src", "initial-value", "keys", "block-types"),
        *("no-key-edit", "no-geometry-edit"),
    ),
    "crowd-text-ranking": (*_FIELD, "text", "responses", "ordinal-ranking-dimensions"),
    "crowd-question-answer-generation": (
        *(*_FIELD, "text", "min-questions", "max-questions", "question-min-words", "question-max-words"),
        *("answer-min-words", "answer-max-words", "question-tags", "allow-custom-question-tags"),
    ),
    "full-instructions": ("header",),
    "short-instructions": ("header",),
    "worker-comment": ("header", "link-text", "placeholder"),
    "iron-icon": ("icon", "src"),
    "crowd-2d-skeleton": (
        *(*_MARKING, "imgsrc", "keypointclasses", "skeletonrig"),
        *("skeletonboundingbox", "initialvalues"),
    ),
    "secondlook-pdf": ("src",),
}
"""By tag, what it reads; an element that is not here reads nothing."""

NAMED_BY_THEMSELVES = frozenset(
    {
        "crowd-2d-skeleton",
        "crowd-rekognition-detect-moderation-labels",
        "crowd-text-ranking",
        "crowd-textract-analyze-document",
    }
)
"""Elements that have a key in the answer without a `name`."""

LISTS = frozenset(
    {
        *("labels", "label-colors", "categories", "keys", "block-types"),
        *("responses", "ordinal-ranking-dimensions", "question-tags"),
    }
)
OBJECTS = frozenset({"overlay"})
"""Attributes that hold a list, and an object, in lenient JSON, whichever element they stand on."""

NOT_HONOURED: tuple[tuple[str, str, str], ...] = (
    (
        "crowd-textract-analyze-document",
        "`block-types` other than `KEY_VALUE_SET`",
        "shown and not edited: Amazon's documentation supports no other either",
    ),
    (
        "crowd-semantic-segmentation, crowd-instance-segmentation",
        "auto-segmentation by four extreme points",
        "a model of Amazon's service; the answer has the same shape without it",
    ),
    (
        "crowd-semantic-segmentation, crowd-instance-segmentation",
        "a URL without quotes in `initial-value`",
        "a slip of one example of the documentation; the page says that the attribute cannot be read, and where",
    ),
    ("crowd-input, crowd-text-area", "a `label` that floats in the field", "stands above it, where it stays"),
    ("crowd-radio-button", "`required`", "no effect, as documented; use radio buttons of HTML's own"),
    ("crowd-form", "`answer-format`, `action`", "of Mechanical Turk: answers are nested objects, as in A2I"),
    (
        "crowd-2d-skeleton",
        "`uniqueSkeletonColors`, and of keypoints `keypoint_style`, `keypoint_color`, `editable`",
        "no effect: colours tell keypoints apart; what a skeleton was given beside its keypoints is answered as it came",
    ),
    ("crowd-fab", "a place above the page", "stands where the template puts it, and hides nothing"),
    (
        "crowd-modal",
        "content after a self-closed tag as a part of the page",
        "HTML makes it the element's content, and so the dialog's",
    ),
    (
        "crowd-text-ranking, crowd-question-answer-generation",
        "`text` that names an object of S3",
        "shown as it is: read the object where the loop is started",
    ),
    ("all", "`--paper-*` variables of styles", "colours follow light, dark and forced colours instead"),
)
"""Elements; what is documented or known of Amazon's; what is done here instead, and why."""
