"""What the demo says became of each box, and the sample's question and answer."""

from __future__ import annotations

import pytest

from secondlook.cli.demo.boxes import Boxes, changes
from secondlook.cli.demo.subject import SURE, Mark, doubtful

PREDICTED = [
    {"id": "cup", "score": 0.95, "left": 0, "top": 0, "right": 10, "bottom": 10},
    {"id": "cup", "score": 0.80, "left": 100, "top": 100, "right": 200, "bottom": 200},
    {"id": "bowl", "score": 0.50, "left": 300, "top": 100, "right": 400, "bottom": 150},
]
CUP, BOWL = Mark("cup", 100, 100, 100, 100, 0.8), Mark("bowl", 300, 100, 100, 50, 0.5)


def box(label: str, left: int, top: int, width: int, height: int) -> dict:
    return {"label": label, "left": left, "top": top, "width": width, "height": height}


def what(before: list[Mark], after: list[Mark]) -> list[tuple[str, str]]:
    return [(mark.caption, change) for mark, change in changes(before, after)]


def test_only_what_scores_less_goes_to_a_person():
    assert PREDICTED[1:] == doubtful(PREDICTED)
    assert [] == doubtful([{**PREDICTED[0], "score": SURE}])


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([Mark("cup", 100, 100, 100, 100)], [("cup", "kept"), ("bowl", "deleted")]),
        ([Mark("cup", 110, 95, 100, 100), BOWL], [("cup", "moved"), ("bowl", "kept")]),
        ([Mark("saucer", 100, 100, 100, 100)], [("saucer", "was cup"), ("bowl", "deleted")]),
        ([CUP, BOWL, Mark("spoon", 500, 0, 20, 20)], [("cup", "kept"), ("bowl", "kept"), ("spoon", "new")]),
        ([], [("cup", "deleted"), ("bowl", "deleted")]),
    ],
)
def test_each_box_of_the_answer_says_what_became_of_it(after, expected):
    assert expected == what([CUP, BOWL], after)


def test_a_moved_box_does_not_take_the_place_of_one_that_stayed():
    twin = Mark("cup", 110, 110, 100, 100)

    assert [("cup", "moved"), ("cup", "kept")] == what([CUP, twin], [Mark("cup", 104, 104, 100, 100), twin])


def test_the_question_holds_the_doubtful_boxes_their_scores_and_each_label_once():
    question = Boxes().question([*PREDICTED[1:], PREDICTED[1]], "s3://b/k")

    assert "s3://b/k" == question["picture"]
    assert ["cup", "bowl"] == question["labels"]
    assert {**box("bowl", 300, 100, 100, 50), "score": 0.5} == question["boxes"][1]


def test_the_outcome_is_a_row_per_box():
    answer = {"boxes": {"boundingBoxes": [box("cup", 100, 100, 100, 100)]}}

    headings, rows = Boxes().outcome(PREDICTED[1:], answer)

    assert "CHANGE" == headings[-1]
    assert [("cup", 100, 100, 100, 100, "kept"), ("bowl", 300, 100, 100, 50, "deleted")] == rows
