"""Samples, groups, and what is told of an evaluation."""

import json

import pytest

from secondlook.review.decisions import conditions
from tests.unit.review.conditions.asked import check, evaluated, sample

DOUBTFUL = [{"label": "cat", "score": 0.4}, {"label": "dog", "score": 0.9}]
SURE = [{"label": "cat", "score": 0.9}]
UNDER_HALF = check(ConfidenceLessThan=0.5)


@pytest.mark.parametrize(
    ("node", "answer", "probability"),
    [
        (sample(5), SURE, 0.05),
        (sample(100), SURE, 1),
        (sample(0.01), SURE, 0.0001),
        ({"And": [UNDER_HALF, sample(5)]}, DOUBTFUL, 0.05),
        ({"And": [UNDER_HALF, sample(5)]}, SURE, 0),
        ({"Or": [UNDER_HALF, sample(5)]}, DOUBTFUL, 1),
        ({"Or": [UNDER_HALF, sample(5)]}, SURE, 0.05),
        ({"And": [sample(20), sample(5)]}, SURE, 0.05),
        ({"Or": [sample(20), sample(5)]}, SURE, 0.2),
        ({"Or": [sample(5), {"And": [UNDER_HALF, sample(20)]}]}, DOUBTFUL, 0.2),
    ],
)
def test_the_probability_is_the_share_of_coins_for_which_it_is_true(node, answer, probability):
    parsed = conditions.parse(json.dumps(node))
    evaluations = [parsed.evaluate(answer, coin / 10_000) for coin in range(10_000)]

    assert {probability} == {evaluation.probability for evaluation in evaluations}
    assert probability == sum(evaluation.is_true for evaluation in evaluations) / 10_000


@pytest.mark.parametrize(
    ("nodes", "answer", "coin", "decision", "reasons"),
    [
        ([UNDER_HALF], SURE, 0.5, "accept", []),
        ([UNDER_HALF], DOUBTFUL, 0.5, "review", ["cat 0.40 is under 0.50"]),
        ([sample(5)], SURE, 0.049, "audit", ["a random sample of 5 %"]),
        ([sample(5)], SURE, 0.05, "accept", []),
        ([sample(100)], SURE, 0.999, "review", ["a random sample of 100 %"]),
        ([UNDER_HALF, sample(5)], DOUBTFUL, 0.9, "review", ["cat 0.40 is under 0.50"]),
        (
            [{"And": [UNDER_HALF, sample(5)]}],
            DOUBTFUL,
            0.01,
            "audit",
            ["cat 0.40 is under 0.50", "a random sample of 5 %"],
        ),
        # A condition that is true in an And that is not says nothing.
        ([{"And": [UNDER_HALF, sample(5)]}, sample(50)], DOUBTFUL, 0.3, "audit", ["a random sample of 50 %"]),
        ([], SURE, 0.5, "review", ["the flow definition has no conditions, so everything is reviewed"]),
    ],
)
def test_it_is_accepted_reviewed_or_audited_for_a_reason(nodes, answer, coin, decision, reasons):
    evaluation = evaluated(answer, *nodes, coin=coin)

    assert decision == evaluation.decision
    assert reasons == list(evaluation.reasons)


@pytest.mark.parametrize(
    ("nodes", "coin", "selected"),
    [
        ([UNDER_HALF], 0.5, DOUBTFUL[:1]),
        ([UNDER_HALF, check(ConfidenceGreaterThan=0.8)], 0.5, DOUBTFUL),
        ([UNDER_HALF, sample(60)], 0.5, DOUBTFUL),
        ([{"And": [UNDER_HALF, sample(60)]}], 0.5, DOUBTFUL[:1]),
        ([{"Or": [UNDER_HALF, sample(60)]}], 0.5, DOUBTFUL),
        ([{"Or": [UNDER_HALF, sample(60)]}], 0.7, DOUBTFUL[:1]),
        # That none matches is a reason to look at all.
        ([check(ConfidenceGreaterThan=0.95, Match="none")], 0.5, DOUBTFUL),
        ([check(ConfidenceGreaterThan=0.95, CountLessThan=1)], 0.5, DOUBTFUL),
        ([check(ConfidenceGreaterThan=0.8, CountLessThan=2)], 0.5, DOUBTFUL[1:]),
        ([check(ConfidenceLessThan=0.95, Match="all")], 0.5, DOUBTFUL),
    ],
)
def test_a_person_sees_what_made_it_true(nodes, coin, selected):
    assert selected == evaluated(DOUBTFUL, *nodes, coin=coin).selected


def test_what_is_selected_keeps_the_shape_of_the_answer():
    answer = {"model": "m", "pages": [{"found": DOUBTFUL}, {"found": SURE}], "extra": [1, 2]}
    selected = evaluated(answer, check(Items="pages[].found[]", ConfidenceLessThan=0.5)).selected

    assert {**answer, "pages": [{"found": DOUBTFUL[:1]}, {"found": []}]} == selected


def test_the_results_repeat_the_tree_with_what_each_part_came_to():
    group = {"Or": [UNDER_HALF, {"And": [sample(5), sample(60)]}]}
    results = evaluated(SURE, group, sample(60)).results

    assert {
        "Conditions": [
            {
                "EvaluationResult": False,
                "Or": [
                    {**UNDER_HALF, "EvaluationResult": False},
                    {
                        "EvaluationResult": False,
                        "And": [
                            {**sample(5), "EvaluationResult": False},
                            {**sample(60), "EvaluationResult": True},
                        ],
                    },
                ],
            },
            {**sample(60), "EvaluationResult": True},
        ]
    } == results


@pytest.mark.parametrize("coin", [-0.1, 1, 1.5, float("nan")])
def test_a_coin_is_at_least_0_and_less_than_1(coin):
    with pytest.raises(ValueError, match="a coin is at least 0 and less than 1"):
        conditions.NONE.evaluate([], coin)


def test_the_version_is_of_what_the_document_says():
    first = conditions.parse('{"Conditions": [], "InputMapping": {"a": "labels"}}')
    same = conditions.parse('{"InputMapping":{"a":"labels"},"Conditions":[]}')

    assert first.version == same.version != conditions.NONE.version
    assert 16 == len(first.version)
