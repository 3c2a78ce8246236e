"""Expressions that would hang or fill a server end soon, with a reason, and a person looks."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions import Input
from secondlook.review.decisions.conditions.budget import STEPS, Budget
from secondlook.review.decisions.conditions.query import Query, Unanswered
from secondlook.review.errors import Invalid
from tests.unit.review.conditions.asked import condition, evaluated

ITEMS = [{"label": "x", "score": 0.5}] * 1000
NUMBERS = json.dumps([0] * 1000)


@pytest.mark.parametrize(
    "expression",
    [
        # Doubles at each step.
        "[@,@][]" + "|[@,@][]" * 20,
        "[@,@]" + "|[@,@]" * 30 + " | to_string(@)",
        "{a:@,b:@}" + "|{a:@,b:@}" * 30 + " | to_string(@)",
        "[@,@]" + "|[@,@]" * 30 + " | contains(@, `1`)",
        "[[@,@]" + "|[@,@]" * 30 + ", [@,@]" + "|[@,@]" * 30 + "] | [0] == [1]",
        "[*].label" + " | [join('x', @), join('y', @)]" * 35,
        "to_string(@)" + " | [@,@] | to_string(@)" * 18,
        # A long list, named once for each item.
        f"map(&`{NUMBERS}`, @)[]",
        f"[*].[`{NUMBERS}`, `{NUMBERS}`][][]",
        # Each with each.
        "[*].score | [sort(@), sort(@), sort(@), sort(@)][]" * 1 + " | [sort(@), sort(@), sort(@)][]" * 30,
        "sort_by(@, &to_string(`{}`))".format(NUMBERS.replace("`", "")),
        "reverse(to_string(@))" + " | join('', [@,@,@,@])" * 30,
    ],
)
def test_it_stops_with_a_reason(expression):
    (reason,) = evaluated(ITEMS, condition("Expression", Expression=expression)).reasons

    assert f"Expression cannot be evaluated: it would take more than {STEPS:,} steps on this answer" == reason


@pytest.mark.parametrize(
    "expression",
    ["[@,@]" + "|[@,@]" * 35, "{a:@,b:@}" + "|{a:@,b:@}" * 35, "merge(@[0], {a: @})" * 1 + "|[@,@]" * 35],
)
def test_what_is_small_in_memory_and_endless_on_paper_is_never_written_out(expression):
    evaluation = evaluated(ITEMS, condition("Expression", Expression=expression))

    assert "gives a list of 2" in evaluation.reasons[0] or "gives an object of 2" in evaluation.reasons[0]

    mapping = conditions.parse(json.dumps({"InputMapping": {"all": f"prediction | {expression}"}})).mapping
    with pytest.raises(Invalid, match=r"InputMapping\.all of .* it would take more than"):
        mapping.input_content(ITEMS, evaluation, Input("s3://bucket/key"))


@pytest.mark.parametrize("doubling", ["[@,@]", "{a:@,b:@}"])
def test_nor_in_the_reason_why_an_expression_fails(doubling):
    expression = doubling + f"|{doubling}" * 35 + " | abs(@)"
    (reason,) = evaluated(ITEMS, condition("Expression", Expression=expression)).reasons

    assert reason.startswith("Expression cannot be evaluated: abs() takes number, not a")


def test_all_conditions_of_an_evaluation_share_what_may_be_spent():
    costly = condition("Expression", Expression="length([?score > `1`]) > `1`")
    evaluation = evaluated(ITEMS * 10, *[costly] * 20)

    assert 20 == len(evaluation.results["Conditions"])
    assert not evaluation.results["Conditions"][0]["EvaluationResult"]
    assert evaluation.results["Conditions"][19]["EvaluationResult"]
    assert "it would take more than" in evaluation.reasons[-1] or evaluation.reasons[-1].startswith("and ")


@pytest.mark.parametrize(
    "parameters",
    [
        [("Entropy", {"EntropyGreaterThan": 0.99})],
        [("Margin", {"MarginLessThan": 0.1})],
        [("ConfidenceCheck", {"Score": f"s{n}", "ConfidenceLessThan": 0.5}) for n in range(9)],
        [("ConfidenceCheck", {"LabelName": "x", "ConfidenceLessThan": 0.5})],
        [("ConfidenceCheck", {"AreaLessThan": 0.5})],
        [("ConfidenceCheck", {"ConfidenceLessThan": 0.5})] * 9,
    ],
    ids=lambda parameters: "-".join(parameters[0][1]),
)
def test_items_that_conditions_go_through_without_an_expression_are_counted_too(parameters):
    evaluation = evaluated([0.9] * 300_000, *[condition(kind, **each) for kind, each in parameters])

    results = [each["EvaluationResult"] for each in evaluation.results["Conditions"]]
    assert results[-1] is True
    # Ten reasons at most, and those of one that was evaluated may be as many.
    if len(parameters) == 1 or not results[0]:
        assert f"it would take more than {STEPS:,} steps" in evaluation.reasons[-1]


def test_a_large_answer_is_looked_at_by_the_conditions_of_a_usual_document():
    boxes = [{"label": "x", "score": 0.95, "box": [0, 0, 9, 9]}] * 50_000
    document = [
        condition("ConfidenceCheck", ConfidenceLessThan=0.9),
        condition("ConfidenceCheck", LabelName="x", ConfidenceLessThan=0.5, AreaLessThan=4),
        condition("NoPrediction", LabelName="x"),
    ]

    assert not evaluated(boxes, *document).is_true


@pytest.mark.parametrize(
    ("document", "is_costly"),
    [
        ({"Conditions": [condition("ConfidenceCheck", Items="a.b", ConfidenceLessThan=0.9)]}, False),
        ({"Conditions": [condition("Expression", Expression="a == b")]}, True),
        ({"Conditions": [condition("Margin", Scores="a[]", MarginLessThan=0.9)]}, True),
        ({"InputMapping": {"a": "labels"}}, False),
        ({"InputMapping": {"a": "labels[0]"}}, True),
    ],
)
def test_expressions_are_an_effort_whatever_the_size_of_the_answer(document, is_costly):
    assert is_costly == (conditions.parse(json.dumps(document)).effort(100) > 1_000_000)


def test_each_condition_is_an_effort_as_large_as_the_answer():
    check = condition("ConfidenceCheck", ConfidenceLessThan=0.9)

    assert 600 == conditions.parse(json.dumps({"Conditions": [check, {"And": [check, check]}]})).effort(200)


def test_an_answer_nested_too_deep_is_a_reason_to_look():
    deep: object = 0
    for _ in range(5000):
        deep = [deep]
    (reason,) = evaluated(deep, condition("Expression", Expression="to_string(@) == 'x'")).reasons

    assert "Expression cannot be evaluated: the answer is nested too deep" == reason


WORDS = st.sampled_from(
    ["a", "b", "@", "$", "*", "[", "]", "{", "}", "(", ")", ".", ",", ":", "|", "||", "&&", "!", "&", "==", "<", ">=", "`1`",
     "`[1, 2]`", "'x'", '"a"', "0", "-1", "[]", "[?", "[*]", "length(", "sort(", "join(", "to_number(", "max_by(", "`", "'", " "]
)  # fmt: skip


# Older JMESPath took literals without quotes, `x`; the library still does, and says so.
@pytest.mark.filterwarnings("ignore:deprecated string literal syntax")
@given(
    st.lists(WORDS, max_size=14).map("".join),
    st.sampled_from([None, [], {"a": [1, "b"]}, [[{"a": 1}]], "x", 3]),
)
@settings(max_examples=700, deadline=None)
def test_any_text_is_refused_or_gives_something_or_says_why_not(text, value):
    with suppress(Unanswered):
        query = expression(text)
        if query is not None:
            query.of(value, Budget())


def expression(text: str) -> Query | None:
    try:
        return Query(text)
    except ValueError:
        return None
