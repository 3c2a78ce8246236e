"""What a loop is about that starts because conditions are true."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from secondlook.review.decisions import conditions, input_content
from secondlook.review.decisions.conditions import UNREADABLE, Input
from secondlook.review.errors import Invalid
from tests.unit.review.conditions.asked import check

PICTURE = Input("s3://photos/1.jpg", "image/jpeg", b"\xff\xd8")
SEEN = [
    {"id": "bicycle", "score": 0.75, "left": 10.4, "top": 20, "right": 30.6, "bottom": 40},
    {"id": "dog", "score": 0.95, "left": 0, "top": 0, "right": 5, "bottom": 2},
]
UNDER = check(ConfidenceLessThan=0.9)


def content(prediction: Any, about: Input, mapping: dict[str, str] | None = None) -> dict[str, Any]:
    document = {"Conditions": [UNDER], **({"InputMapping": mapping} if mapping else {})}
    parsed = conditions.parse(json.dumps(document))
    made = parsed.mapping.input_content(prediction, parsed.evaluate(prediction, 0.5), about, "detector")
    json.dumps(made, allow_nan=False)
    return made


def test_boxes_are_what_the_bounding_box_element_takes():
    assert {
        "taskObject": "s3://photos/1.jpg",
        "initialValue": [
            {"label": "bicycle", "left": 10, "top": 20, "width": 21, "height": 20, "score": 0.75},
            {"label": "dog", "left": 0, "top": 0, "width": 5, "height": 2, "score": 0.95},
        ],
        "labels": ["bicycle", "dog"],
        "prediction": SEEN,
        "reasons": ["bicycle 0.75 is under 0.90"],
    } == content(SEEN, PICTURE)


def test_a_picture_without_finds_has_no_boxes_yet():
    made = content([], PICTURE)

    assert ([], []) == (made["initialValue"], made["labels"])


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (Input("s3://b/1", "text/plain; charset=utf-8", "Grüße".encode()), {"content": "Grüße"}),
        (Input("s3://b/1", "application/json", b'{"a": [1]}'), {"content": {"a": [1]}}),
        (Input("s3://b/1", "application/vnd.x+json", b"[1]"), {"content": [1]}),
        (Input("s3://b/1", "text/csv", b"1,2"), {"content": "1,2"}),
        (Input("s3://b/1", "application/json", b'{"a": NaN}'), {"content": {"a": None}}),
        # Neither short text nor JSON: it is behind its URI.
        (Input("s3://b/1", "text/plain", b"x" * 100_001), {}),
        (Input("s3://b/1", "text/plain", b"\xff"), {}),
        (Input("s3://b/1", "application/json", b"{"), {}),
        (Input("s3://b/1", "application/json", b"[" * 50_000), {}),
        (Input("s3://b/1", "application/octet-stream", b"x"), {}),
        (Input("s3://b/1", None, b"x"), {}),
        (Input("s3://b/1", "text/plain"), {}),
    ],
)
def test_of_a_text_its_content(about, said):
    classes = [{"label": "cat", "score": 0.4}]

    assert {
        "taskObject": "s3://b/1",
        **said,
        "prediction": classes,
        "reasons": ["cat 0.40 is under 0.90"],
    } == content(classes, about)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("input.uri", "s3://photos/1.jpg"),
        ("input.contentType", "image/jpeg"),
        ("input.content", None),
        ("endpoint", "detector"),
        ("labels", ["bicycle", "dog"]),
        ("labels[?@ != 'dog']", ["bicycle"]),
        ("boxes[0]", {"label": "bicycle", "left": 10, "top": 20, "width": 21, "height": 20, "score": 0.75}),
        (
            "objects[1]",
            {"label": "dog", "score": 0.95, "box": {"left": 0, "top": 0, "width": 5, "height": 2}},
        ),
        ("selected[].id", ["bicycle"]),
        ("reasons[0]", "bicycle 0.75 is under 0.90"),
        ("prediction[-1].score", 0.95),
        ("{objects: boxes, classes: labels}.classes", ["bicycle", "dog"]),
        ("`7`", 7),
    ],
)
def test_a_mapping_says_member_by_member(expression, value):
    assert {"wanted": value} == content(SEEN, PICTURE, {"wanted": expression})


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("sum(prediction[].id)", 'sum() takes array-number, not "bicycle"'),
        ("sum([`1e308`, `1e308`])", "it gives what JSON cannot hold"),
        ("&labels", "it gives what JSON cannot hold"),
    ],
)
def test_an_expression_that_gives_nothing_to_show_is_told_by_its_member(expression, why):
    with pytest.raises(Invalid, match=r"InputMapping\.wanted of the flow definition") as error:
        content(SEEN, PICTURE, {"fine": "labels", "wanted": expression})

    assert why in str(error.value)


def test_numbers_that_json_cannot_hold_are_null_so_that_the_loop_starts():
    odd = [{"label": "cat", "score": math.nan, "box": [0, 0, math.inf, 1]}]
    made = content(odd, PICTURE)

    assert [{"label": "cat", "score": None, "box": [0, 0, None, 1]}] == made["prediction"]
    assert ["cat has no usable score: NaN"] == made["reasons"]


@pytest.mark.parametrize(
    "box",
    [
        {"x": 1.7e308, "y": 0, "width": 1.7e308, "height": 1},
        {"x": 0, "y": 10**308, "width": 1, "height": 10**308},
        {"BoundingBox": {"Left": 1e308, "Top": 0, "Width": 1, "Height": 1}},
        {"BoundingBox": {"Left": 0, "Top": 0, "Width": 1, "Height": 1e308}},
    ],
)
def test_boxes_that_end_where_no_number_reaches_are_left_out(box):
    made = content(
        [{"label": "cat", "score": 0.5, **box}], Input("s3://b/1", "image/png", None, (4000, 3000))
    )

    assert [] == made["initialValue"]
    assert ["cat"] == made["labels"]


@pytest.mark.parametrize("levels", [254, 255, 256, 900])
def test_an_answer_nested_deeper_than_an_input_may_be_is_reviewed_without_it(levels):
    deep: Any = 0.5
    for _ in range(levels):
        deep = [deep]
    mapping = {"prediction": "prediction", "selected": "selected"}
    for made in (content(deep, PICTURE), content(deep, PICTURE, mapping)):
        input_content.check(json.dumps(made))
        assert (made["prediction"] is None) == (levels > 255)


def test_what_is_no_json_is_reviewed_without_a_prediction():
    made = content(UNREADABLE, PICTURE)

    assert made["prediction"] is None
    assert ["ConfidenceCheck cannot be evaluated: the answer is not JSON"] == made["reasons"]


@pytest.mark.parametrize(
    ("size", "boxes"),
    [
        (None, []),
        ((200, 100), [{"label": "dog", "left": 20, "top": 20, "width": 60, "height": 40, "score": 90}]),
    ],
)
def test_boxes_that_are_parts_of_a_picture_take_its_size(size, boxes):
    box = {"Left": 0.1, "Top": 0.2, "Width": 0.3, "Height": 0.4}
    answer = {"predictions": [{"Name": "dog", "Confidence": 90, "BoundingBox": box}]}

    assert {"b": boxes} == content(answer, Input("s3://b/1", "image/png", None, size), {"b": "boxes"})
