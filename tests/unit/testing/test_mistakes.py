"""What a careless person makes of a right answer."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from secondlook.reviewer import ReviewerError
from secondlook.testing.mistakes import mistaken

CUP = {"label": "cup", "left": 10, "top": 20, "width": 100, "height": 50}
SPOON = {"label": "spoon", "left": 1, "top": 2, "width": 30, "height": 40}
BOXES = {
    "objects": {
        "boundingBoxes": [CUP, SPOON],
        "inputImageProperties": {"width": 640, "height": 480},
    }
}
LABELS = ["cup", "spoon", "saucer"]


def boxes(*those: dict[str, Any]) -> dict[str, Any]:
    return {"objects": {**BOXES["objects"], "boundingBoxes": list(those)}}


def possible(answer: dict[str, Any], labels: list[str]) -> list[dict[str, Any]]:
    """Every different mistake that chance finds."""
    found: list[dict[str, Any]] = []
    for seed in range(200):
        wrong = mistaken(answer, labels, random.Random(seed))
        if wrong not in found:
            found.append(wrong)
    return found


@pytest.mark.parametrize(
    ("answer", "labels", "expected"),
    [
        (
            BOXES,
            LABELS,
            [
                boxes({**CUP, "left": 85}, SPOON),
                boxes(SPOON),
                boxes({**CUP, "label": "spoon"}, SPOON),
                boxes({**CUP, "label": "saucer"}, SPOON),
                boxes(CUP, {**SPOON, "left": 23}),
                boxes(CUP),
                boxes(CUP, {**SPOON, "label": "cup"}),
                boxes(CUP, {**SPOON, "label": "saucer"}),
            ],
        ),
        (boxes(CUP), [], [boxes({**CUP, "left": 85}), boxes()]),
        (
            boxes({"left": 0.25, "top": 0.5, "width": 0.5, "height": 0.5}),
            [],
            [boxes({"left": 0.625, "top": 0.5, "width": 0.5, "height": 0.5}), boxes()],
        ),
        ({"sentiment": {"label": "Good"}}, ["Good", "Bad"], [{"sentiment": {"label": "Bad"}}]),
        ({"tags": {"labels": ["a"]}}, ["a", "b"], [{"tags": {"labels": ["b"]}}]),
        ({"absent": {"iban": True}}, [], [{"absent": {"iban": False}}]),
        ({"stars": 3}, [], [{"stars": 4}]),
        ({"text": ""}, [], [{"text": "?"}]),
        ({"total": "12"}, [], [{"total": "1"}, {"total": "2"}]),
        ({"lines": [{"text": "a"}]}, [], [{"lines": [{"text": ""}]}]),
    ],
)
def test_one_thing_is_wrong(answer, labels, expected):
    before = copy.deepcopy(answer)
    found = possible(answer, labels)

    assert sorted(map(str, expected)) == sorted(map(str, found))
    assert before == answer


@pytest.mark.parametrize("answer", [{}, {"objects": {"boundingBoxes": []}}, {"nothing": None}])
def test_an_empty_answer_asks_what_a_mistake_is(answer):
    with pytest.raises(ReviewerError, match="wrong="):
        mistaken(answer, LABELS, random.Random(0))


def test_the_same_chance_makes_the_same_mistakes():
    first = [mistaken(BOXES, LABELS, random.Random(seed)) for seed in range(20)]

    assert first == [mistaken(BOXES, LABELS, random.Random(seed)) for seed in range(20)]
