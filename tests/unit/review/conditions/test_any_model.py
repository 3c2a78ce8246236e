"""The other conditions for any model, case by case: none found, expressions, margins, entropies."""

import json
import math

import pytest

from secondlook.review.decisions.conditions import UNREADABLE
from tests.unit.review.conditions.asked import condition, evaluated

CATS = [{"label": "cat", "score": 0.42}, {"label": "dog", "score": 0.4}, {"label": "eel", "score": 0.18}]


@pytest.mark.parametrize(
    ("answer", "parameters", "reasons"),
    [
        ([], {}, ["no prediction"]),
        (None, {}, ["no prediction"]),
        ({}, {}, ["no prediction"]),
        ({"predictions": []}, {}, ["no prediction"]),
        ({"label": "cat", "score": 1}, {}, []),
        (CATS, {}, []),
        (CATS, {"LabelName": "cat"}, []),
        (CATS, {"LabelName": "Cat"}, ['no prediction "Cat"']),
        (CATS, {"LabelName": ["cow", "bee"]}, ['no prediction "bee" or "cow"']),
        (CATS, {"LabelName": ["cow", "cat"]}, []),
        (CATS, {"LabelName": "*"}, []),
        ([{"score": 1}], {"LabelName": "cat"}, ['no prediction "cat"']),
        (["cat"], {"LabelName": "cat"}, []),
        ([{"class": 3}], {"LabelName": "3"}, []),
        ({"a": {"b": []}}, {"Items": "a.b"}, ["no prediction"]),
        ({"a": [{"k": "cat"}]}, {"Items": "a", "Label": "k", "LabelName": "cat"}, []),
        (
            {"a": 1},
            {"Items": "b"},
            ["NoPrediction cannot be evaluated: Items 'b' gives null, not a list"],
        ),
        (UNREADABLE, {}, ["NoPrediction cannot be evaluated: the answer is not JSON"]),
    ],
)
def test_no_prediction(answer, parameters, reasons):
    evaluation = evaluated(answer, condition("NoPrediction", **parameters))

    assert reasons == list(evaluation.reasons)
    assert bool(reasons) == evaluation.is_true
    # It is about the whole answer.
    assert evaluation.selected == (None if answer is UNREADABLE else answer)


@pytest.mark.parametrize(
    ("expression", "reasons"),
    [
        ("length(@) > `2`", ["length(@) > `2` is true"]),
        ("length(@) > `3`", []),
        ("[0].score < [1].score", []),
        ("[?label == 'cat'] | [0].score < `0.5`", ["[?label == 'cat'] | [0].score < `0.5` is true"]),
        ("[0].missing", ["Expression cannot be evaluated: [0].missing gives null, not true or false"]),
        ("[0].score", ["Expression cannot be evaluated: [0].score gives 0.42, not true or false"]),
        ("@", ["Expression cannot be evaluated: @ gives a list of 3, not true or false"]),
        ("[0]", ["Expression cannot be evaluated: [0] gives an object of 2, not true or false"]),
        ("[0].label", ['Expression cannot be evaluated: [0].label gives "cat", not true or false']),
        ("&a", ["Expression cannot be evaluated: &a gives something that is no JSON, not true or false"]),
        (
            "[0].label > `1`",
            [
                "Expression cannot be evaluated: '>' not supported between instances of 'str' and 'int'",
            ],
        ),
        (
            "abs([0].label)",
            ['Expression cannot be evaluated: abs() takes number, not "cat"'],
        ),
        (
            "avg(@)",
            ["Expression cannot be evaluated: avg() takes array-number, not an object of 2"],
        ),
    ],
)
def test_an_expression(expression, reasons):
    evaluation = evaluated(CATS, condition("Expression", Expression=expression))

    assert reasons == list(evaluation.reasons)
    assert CATS == evaluation.selected


def test_a_plain_name_is_an_expression_too():
    assert not evaluated({"a": {"ok": False}}, condition("Expression", Expression="a.ok")).is_true
    assert evaluated({"a": {"ok": True}}, condition("Expression", Expression="a.ok")).is_true


@pytest.mark.parametrize(
    ("answer", "scores"),
    [
        (CATS, None),
        ({"predictions": CATS}, None),
        ({"cat": 0.42, "dog": 0.4, "eel": 0.18}, None),
        ({"probabilities": {"eel": 0.18, "dog": 0.4, "cat": 0.42}}, None),
        ({"labels": ["eel", "dog", "cat"], "scores": [0.18, 0.4, 0.42]}, None),
        ({"out": [CATS]}, "out[0]"),
        ({"out": {"cat": 0.42, "dog": 0.4}}, "out"),
    ],
)
def test_the_margin_is_between_the_two_surest_classes(answer, scores):
    where = {"Scores": scores} if scores else {}
    reasons = evaluated(answer, condition("Margin", MarginLessThan=0.1, **where)).reasons

    assert ("cat leads dog by 0.02, under 0.10",) == reasons
    assert not evaluated(answer, condition("Margin", MarginLessThan=0.02, **where)).is_true
    assert evaluated(answer, condition("Margin", MarginEquals=0.02, **where)).is_true
    assert evaluated(
        answer, condition("Margin", MarginGreaterThan=0, MarginLessThanEquals=0.02, **where)
    ).is_true


def test_classes_without_labels_are_counted_from_0():
    answer = {"scores": [0.1, 0.5, 0.4]}
    reasons = evaluated(answer, condition("Margin", MarginLessThan=0.2)).reasons

    assert ("class 1 leads class 2 by 0.10, under 0.20",) == reasons


@pytest.mark.parametrize(
    ("scores", "parameters", "reasons"),
    [
        ([1, 0, 0], {"EntropyGreaterThan": 0}, []),
        ([1, 1], {"EntropyEquals": 1}, ["the entropy of 2 classes is 1.00, exactly 1.00"]),
        ([0.25] * 4, {"EntropyGreaterThan": 0.9}, ["the entropy of 4 classes is 1.00, over 0.90"]),
        # As shares of their sum, so any unit will do.
        ([50, 50], {"EntropyGreaterThanEquals": 1}, ["the entropy of 2 classes is 1.00, 1.00 or more"]),
        # H(0.9, 0.1) = 0.469 bits of 1.
        ([0.9, 0.1], {"EntropyLessThan": 0.469}, ["the entropy of 2 classes is 0.46900, under 0.469"]),
        ([0.9, 0.1], {"EntropyLessThan": 0.468}, []),
        ([1.7e308, 1.7e308], {"EntropyEquals": 1}, ["the entropy of 2 classes is 1.00, exactly 1.00"]),
    ],
)
def test_entropy_is_from_0_for_sure_to_1_for_no_idea(scores, parameters, reasons):
    said = list(evaluated(scores, condition("Entropy", **parameters)).reasons)

    assert [reason[:30] for reason in reasons] == [reason[:30] for reason in said]


@pytest.mark.parametrize("kind", ["Margin", "Entropy"])
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ([], "it takes the scores of 2 classes or more, and finds 0"),
        ([0.9], "it takes the scores of 2 classes or more, and finds 1"),
        ({"label": "cat", "score": 0.9}, "it takes the scores of 2 classes or more, and finds 1"),
        ([0.9, None], "class 1 has no usable score: null"),
        ([{"label": "cat", "score": "high"}, 1], 'cat has no usable score: "high"'),
        ([0.9, math.nan], "class 1 has no usable score: NaN"),
        ([0.9, True], "class 1 has no usable score: true"),
        (UNREADABLE, "the answer is not JSON"),
    ],
)
def test_without_scores_a_person_looks(kind, answer, why):
    family = {"Margin": "MarginGreaterThan", "Entropy": "EntropyLessThan"}[kind]
    reasons = evaluated(answer, condition(kind, **{family: 0})).reasons

    assert (f"{kind} cannot be evaluated: {why}",) == reasons


@pytest.mark.parametrize(
    ("kind", "scores", "why"),
    [
        ("Entropy", [2.5, -1.0], "a score is -1.00; an entropy is of scores that are 0 or more"),
        ("Entropy", [0, 0], "all scores are 0"),
        ("Margin", [1.7e308, -1.7e308], "the scores are too far apart for a number"),
    ],
)
def test_scores_that_have_none_are_a_reason_to_look(kind, scores, why):
    assert (f"{kind} cannot be evaluated: {why}",) == evaluated(
        scores, condition(kind, **{f"{kind}LessThan": 1})
    ).reasons


def test_scores_that_an_expression_does_not_find_are_a_reason_to_look():
    (reason,) = evaluated({}, condition("Margin", MarginLessThan=1, Scores="a.b")).reasons

    assert "Margin cannot be evaluated: Scores gives null, not a list or an object of scores" == reason


def test_all_of_it_is_json_again():
    evaluation = evaluated(CATS, condition("Margin", MarginLessThan=0.1))

    assert evaluation.results == json.loads(json.dumps(evaluation.results))
