"""ConfidenceCheck, case by case: which items match, when it is true, and what it says."""

import math

import pytest

from secondlook.review.decisions.conditions import UNREADABLE
from tests.unit.review.conditions.asked import check, evaluated

BICYCLE = {"id": "bicycle", "score": 0.75, "left": 10, "top": 20, "right": 30, "bottom": 40}
DOG = {"id": "dog", "score": 0.95, "left": 0, "top": 0, "right": 5, "bottom": 2}
SEEN = [BICYCLE, DOG]


@pytest.mark.parametrize(
    ("parameters", "is_true", "reasons"),
    [
        ({"ConfidenceLessThan": 0.9}, True, ["bicycle 0.75 is under 0.90"]),
        ({"ConfidenceLessThan": 0.75}, False, []),
        ({"ConfidenceLessThanEquals": 0.75}, True, ["bicycle 0.75 is 0.75 or less"]),
        ({"ConfidenceGreaterThan": 0.95}, False, []),
        ({"ConfidenceGreaterThanEquals": 0.95}, True, ["dog 0.95 is 0.95 or more"]),
        ({"ConfidenceEquals": 0.95}, True, ["dog 0.95 is exactly 0.95"]),
        (
            {"ConfidenceGreaterThan": 0.5, "ConfidenceLessThan": 0.8},
            True,
            ["bicycle 0.75 is under 0.80 and over 0.50"],
        ),
        ({"ConfidenceLessThan": 0.7501}, True, ["bicycle 0.7500 is under 0.7501"]),
        ({"LabelName": "dog", "ConfidenceLessThan": 0.9}, False, []),
        ({"LabelName": ["dog", "bicycle"], "ConfidenceLessThan": 0.8}, True, ["bicycle 0.75 is under 0.80"]),
        ({"LabelName": "*", "ConfidenceLessThan": 0.8}, True, ["bicycle 0.75 is under 0.80"]),
        ({"LabelName": "Dog", "ConfidenceGreaterThan": 0}, False, []),
        ({"Thresholds": {"dog": 0.96, "bicycle": 0.5}}, True, ["dog 0.95 is under 0.96"]),
        ({"Thresholds": {"dog": 0.9, "*": 0.8}}, True, ["bicycle 0.75 is under 0.80"]),
        ({"Thresholds": {"cat": 0.99}}, False, []),
        (
            {"Thresholds": {"*": 0.99}, "ConfidenceGreaterThan": 0.8},
            True,
            ["dog 0.95 is over 0.80 and under 0.99"],
        ),
        ({"AreaLessThan": 50}, True, ["the area of dog 10.00 is under 50.00"]),
        ({"AreaGreaterThanEquals": 401}, False, []),
        (
            {"AreaLessThan": 50, "ConfidenceGreaterThan": 0.9},
            True,
            ["dog 0.95 is over 0.90, its area 10.00 is under 50.00"],
        ),
        ({"ConfidenceLessThan": 0.99, "Match": "all"}, True, ["all 2 objects are under 0.99"]),
        ({"ConfidenceLessThan": 0.9, "Match": "all"}, False, []),
        ({"ConfidenceGreaterThanEquals": 0.96, "Match": "none"}, True, ["no object with 0.96 or more"]),
        ({"ConfidenceGreaterThanEquals": 0.9, "Match": "none"}, False, []),
        (
            {"LabelName": "cat", "ConfidenceGreaterThanEquals": 0.9, "Match": "none"},
            True,
            ['no object "cat" with 0.90 or more'],
        ),
        ({"CountGreaterThan": 1}, True, ["2 objects, which is over 1"]),
        ({"CountLessThan": 2}, False, []),
        (
            {"LabelName": "dog", "ConfidenceGreaterThan": 0.9, "CountEquals": 1},
            True,
            ['1 object "dog" with over 0.90, which is exactly 1'],
        ),
    ],
)
def test_it_is_true_of_a_bicycle_and_a_dog(parameters, is_true, reasons):
    evaluation = evaluated(SEEN, check(**parameters))

    assert is_true == evaluation.is_true
    assert reasons == list(evaluation.reasons)


@pytest.mark.parametrize(
    ("match", "is_true"), [({"Match": "any"}, False), ({"Match": "all"}, False), ({"Match": "none"}, True)]
)
def test_of_no_items_only_none_is_true(match, is_true):
    assert is_true == evaluated([], check(ConfidenceLessThan=0.9, **match)).is_true


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (None, "bicycle has no usable score"),
        ("0.9", 'bicycle has no usable score: "0.9"'),
        (True, "bicycle has no usable score: true"),
        (math.nan, "bicycle has no usable score: NaN"),
        (math.inf, "bicycle has no usable score: Infinity"),
        (10**400, "bicycle has no usable score: 1000000000"),
        ([0.9], "bicycle has no usable score: a list of 1"),
    ],
)
@pytest.mark.parametrize("match", [{}, {"Match": "all"}, {"Match": "none"}, {"CountGreaterThan": 9}])
def test_an_item_without_a_usable_score_is_looked_at_by_a_person(score, said, match):
    item = {**BICYCLE, "score": score}
    evaluation = evaluated([DOG, item, DOG], check(ConfidenceGreaterThan=0.9, **match))

    assert evaluation.is_true
    assert evaluation.reasons[-1].startswith(said)
    assert item in evaluation.selected


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"LabelName": "dog", "ConfidenceLessThan": 0.1}, "item 2 has no label"),
        ({"Thresholds": {"dog": 0.1}}, "item 2 has no label"),
        ({"AreaLessThan": 1}, "item 2 has no box with an area"),
    ],
)
def test_an_item_that_lacks_what_is_asked_for_is_looked_at_by_a_person(parameters, said):
    assert (said,) == evaluated([DOG, {"score": 0.9}], check(**parameters)).reasons


def test_a_score_is_not_missed_where_none_is_asked_for():
    assert not evaluated([{"label": "dog"}], check(CountGreaterThan=1)).is_true


@pytest.mark.parametrize(
    "answer",
    [
        [{"label": "cat", "score": 0.4}],
        {"label": "cat", "confidence": 0.4},
        {"predictions": [{"class": "cat", "probability": 0.4}]},
        {"detections": [{"name": "cat", "score": None, "confidence": 0.4}]},
        {"objects": [{"Name": "cat", "Confidence": 0.4}]},
        {"results": [{"id": "cat", "score": 0.4}]},
        {"labels": ["cat"], "scores": [0.4]},
        {"ModerationLabels": [{"Name": "cat", "Confidence": 0.4}]},
    ],
)
def test_the_usual_shapes_need_no_expressions(answer):
    reasons = evaluated(answer, check(LabelName="cat", ConfidenceLessThan=0.5)).reasons

    assert ("cat 0.40 is under 0.50",) == reasons


def test_each_item_says_its_label_and_score_in_its_own_way():
    answer = [
        {"id": "a", "confidence": 0.1},
        {"id": "b", "label": "cat", "score": 0.2, "confidence": 0.9},
        {"label": None, "class": 3, "score": None, "probability": 0.3},
        0.4,
    ]
    reasons = evaluated(answer, check(ConfidenceLessThan=0.5)).reasons

    assert (
        "a 0.10 is under 0.50",
        "cat 0.20 is under 0.50",
        "3 0.30 is under 0.50",
        "item 4 0.40 is under 0.50",
    ) == reasons


def test_a_bare_number_is_its_own_score():
    assert ("item 2 0.40 is under 0.50",) == evaluated([0.6, 0.4], check(ConfidenceLessThan=0.5)).reasons


def test_expressions_say_where_items_scores_and_labels_are():
    answer = {"pages": [{"words": [{"t": {"is": "Total"}, "p": [0.3]}]}]}
    asked = check(
        Items="pages[].words[]", Label="t.is", Score="p[0]", LabelName="Total", ConfidenceLessThan=0.5
    )

    assert ("Total 0.30 is under 0.50",) == evaluated(answer, asked).reasons


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("missing", "Items 'missing' gives null, not a list"),
        ("name", "Items 'name' gives \"x\", not a list"),
        ("max(name)", 'max() takes array-number or array-string, not "x"'),
    ],
)
def test_items_that_cannot_be_found_are_a_reason_to_look(items, said):
    evaluation = evaluated({"name": "x"}, check(Items=items, ConfidenceLessThan=0.5))

    assert evaluation.reasons[0].startswith(f"ConfidenceCheck cannot be evaluated: {said}")
    assert {"name": "x"} == evaluation.selected


def test_what_is_no_json_is_looked_at_by_a_person():
    evaluation = evaluated(UNREADABLE, check(ConfidenceLessThan=0.5))

    assert ("ConfidenceCheck cannot be evaluated: the answer is not JSON",) == evaluation.reasons
    assert evaluation.selected is None


@pytest.mark.parametrize(
    ("label", "said"),
    [("a\nb\x00\ud800", "a b   0.40 is"), ("x" * 100, f"{'x' * 80}… 0.40 is"), ("", "item 1 0.40 is")],
)
def test_a_reason_is_one_short_line(label, said):
    (reason,) = evaluated([{"label": label, "score": 0.4}], check(ConfidenceLessThan=0.5)).reasons

    assert reason.startswith(said)


def test_ten_reasons_are_said_and_of_the_rest_how_many():
    reasons = evaluated([BICYCLE] * 1000, check(ConfidenceLessThan=0.9)).reasons

    assert 11 == len(reasons)
    assert "and 990 more" == reasons[-1]
