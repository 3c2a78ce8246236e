"""Laws that hold for all conditions and all answers."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions import UNREADABLE, Evaluation, Input
from secondlook.review.decisions.conditions.kinds import KINDS
from secondlook.review.decisions.objects import objects
from secondlook.review.errors import Invalid
from tests.unit.review.conditions.asked import REKOGNITION, TEXTRACT, check, condition, evaluated, sample

SCORES = st.floats(0, 1) | st.sampled_from([None, "0.5", math.nan])
ITEMS = st.lists(st.fixed_dictionaries({"label": st.sampled_from("ab"), "score": SCORES}), max_size=6)
COINS = st.floats(0, 1, exclude_max=True)
PERCENTAGES = st.floats(0.01, 100)

SIMPLE = st.one_of(
    st.builds(sample, PERCENTAGES),
    st.builds(
        lambda limit, match: check(ConfidenceLessThan=limit, Match=match),
        st.floats(0, 1),
        st.sampled_from(["any", "all", "none"]),
    ),
    st.builds(lambda limit: check(Thresholds={"a": limit}), st.floats(0, 1)),
    st.builds(lambda name: condition("NoPrediction", LabelName=name), st.sampled_from("abc")),
    st.builds(lambda limit: condition("Margin", MarginLessThan=limit), st.floats(0, 1)),
    st.builds(
        lambda text: condition("Expression", Expression=text), st.sampled_from(["@ == `[]`", "[0].label"])
    ),
)


def group(members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda kind, listed: {kind: listed},
        st.sampled_from(["And", "Or"]),
        st.lists(members, min_size=2, max_size=3),
    )


NODES = SIMPLE | group(SIMPLE | group(SIMPLE))


def told(evaluation: Evaluation) -> tuple[Any, ...]:
    return evaluation.is_true, evaluation.probability, evaluation.decision


@given(SIMPLE, SIMPLE, ITEMS, COINS, st.sampled_from(["And", "Or"]))
def test_the_order_of_a_group_does_not_matter(one, other, answer, coin, kind):
    first = evaluated(answer, {kind: [one, other]}, coin=coin)
    second = evaluated(answer, {kind: [other, one]}, coin=coin)

    assert told(first) == told(second)
    assert repr(first.selected) == repr(second.selected)


@given(SIMPLE, SIMPLE, ITEMS, COINS)
def test_a_group_absorbs(one, other, answer, coin):
    alone = told(evaluated(answer, one, coin=coin))

    assert alone == told(evaluated(answer, {"And": [one, {"Or": [one, other]}]}, coin=coin))
    assert alone == told(evaluated(answer, {"Or": [one, {"And": [one, other]}]}, coin=coin))
    assert alone == told(evaluated(answer, {"And": [one, one]}, coin=coin))


@given(st.lists(NODES, max_size=3), ITEMS, COINS)
def test_the_members_of_conditions_are_an_or(nodes, answer, coin):
    whole = evaluated(answer, *nodes, coin=coin)

    assert whole.is_true == (not nodes or any(evaluated(answer, node, coin=coin).is_true for node in nodes))


@given(st.lists(NODES, max_size=3), ITEMS, COINS)
def test_the_results_mirror_the_conditions(nodes, answer, coin):
    results = evaluated(answer, *nodes, coin=coin).results

    assert {"Conditions": nodes} == without_results(results)
    assert_each_group_follows_from_its_members(results["Conditions"])


def without_results(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_results(part) for name, part in value.items() if name != "EvaluationResult"}
    return [without_results(part) for part in value] if isinstance(value, list) else value


def assert_each_group_follows_from_its_members(listed: list[Any]) -> None:
    for node in listed:
        for kind, rule in (("And", all), ("Or", any)):
            if kind in node:
                assert node["EvaluationResult"] == rule(member["EvaluationResult"] for member in node[kind])
                assert_each_group_follows_from_its_members(node[kind])


@given(st.lists(NODES, max_size=3), ITEMS, COINS)
def test_the_same_is_said_of_the_same(nodes, answer, coin):
    first, second = (evaluated(answer, *nodes, coin=coin) for _ in range(2))

    assert told(first) == told(second)
    assert first.reasons == second.reasons
    assert first.results == second.results
    assert bool(first.reasons) == first.is_true


@given(st.lists(NODES, min_size=1, max_size=3), ITEMS)
def test_the_probability_is_the_share_of_coins(nodes, answer):
    parsed = conditions.parse(json.dumps({"Conditions": nodes}))
    evaluations = [parsed.evaluate(answer, coin / 500) for coin in range(500)]
    share = sum(evaluation.is_true for evaluation in evaluations) / 500

    assert {evaluation.probability for evaluation in evaluations} == {evaluations[0].probability}
    assert share == pytest.approx(evaluations[0].probability, abs=1 / 500)


@given(ITEMS, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_limit_never_loses_an_item(answer, one, other):
    low, high = sorted([one, other])
    few, more = (evaluated(answer, check(ConfidenceLessThan=limit)) for limit in (low, high))

    assert few.probability <= more.probability
    if few.is_true:
        kept = {id(item) for item in more.selected}
        assert all(id(item) in kept for item in few.selected)


@given(ITEMS)
def test_who_has_no_usable_score_is_always_shown(answer):
    evaluation = evaluated(answer, check(ConfidenceLessThan=0.5), sample(0.01), coin=0.9)
    doubtful = [item for item in answer if not isinstance(item["score"], float) or math.isnan(item["score"])]

    assert not doubtful or evaluation.is_true
    assert not evaluation.is_true or all(
        any(item is other for other in evaluation.selected) for item in doubtful
    )


NAMES = st.sampled_from(
    ["Conditions", "And", "Or", "ConditionType", "ConditionParameters", "InputMapping", "Items", "Score", "Scores", "Label",
     "LabelName", "Thresholds", "Match", "Expression", "RandomSamplingPercentage", "ConfidenceLessThan", "CountEquals",
     "AreaLessThan", "MarginLessThan", "EntropyGreaterThan", "ModerationLabelName", "ImportantFormKey", "x"]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["*", "a", "any", "[*].a", "length(@)", "score", "prediction", "boxes[0]", ""]
) | st.sampled_from(sorted(KINDS))
NUMBERS = st.integers() | st.floats() | st.sampled_from([0, 1, 50, 10**400, 1e308])


def json_of(names: st.SearchStrategy[str], scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
        max_leaves=12,
    )


ANY_JSON = json_of(
    NAMES | st.text(max_size=3), st.none() | st.booleans() | NUMBERS | TEXTS | st.text(max_size=3)
)
PARAMETERS = st.dictionaries(
    NAMES, NUMBERS | TEXTS | st.dictionaries(st.sampled_from("ab*"), NUMBERS), max_size=4
)
NEARLY = st.fixed_dictionaries(
    {
        "Conditions": st.lists(
            st.builds(
                lambda kind, given: condition(kind, **given), st.sampled_from(sorted(KINDS)), PARAMETERS
            ),
            max_size=2,
        )
    }
)


@given(ANY_JSON | NEARLY, st.sampled_from([None, REKOGNITION, TEXTRACT]))
@settings(max_examples=500)
def test_any_json_is_a_document_or_refused(document, source):
    try:
        text = json.dumps(document)
        conditions.parse(text, source)
    except Invalid as error:
        assert str(error).startswith("HumanLoopActivationConditions")  # noqa: PT017  # either is fine
    except ValueError as error:
        assert "Exceeds the limit" in str(error)  # noqa: PT017


MEMBERS = st.sampled_from(
    ["predictions", "score", "label", "id", "left", "top", "right", "bottom", "box", "bbox", "polygon", "BoundingBox", "labels",
     "scores", "Blocks", "BlockType", "Relationships", "Type", "Ids", "Id", "EntityTypes", "Confidence", "Text", "ModerationLabels",
     "Name", "Geometry"]
)  # fmt: skip
VALUES = st.sampled_from(["KEY_VALUE_SET", "WORD", "LINE", "KEY", "VALUE", "CHILD", "a", "b"])
ANSWERS = json_of(MEMBERS, st.none() | st.booleans() | NUMBERS | VALUES) | st.just(UNREADABLE)
EVERY = {
    REKOGNITION: [condition("ModerationLabelConfidenceCheck", ModerationLabelName="a", ConfidenceLessThan=50)],
    TEXTRACT: [
        condition("ImportantFormKeyConfidenceCheck", ImportantFormKey="*", WordBlockConfidenceLessThan=50, KeyValueBlockConfidenceLessThan=50),
        condition("MissingImportantFormKey", ImportantFormKey="a"),
    ],
}  # fmt: skip
FOR_ALL = [
    check(ConfidenceLessThan=0.5),
    check(LabelName="a", AreaLessThan=5, Match="all"),
    check(Thresholds={"a": 3}, Items="[]", Label="max(@)", Score="id"),
    check(CountLessThan=2, Items="predictions"),
    condition("NoPrediction", LabelName=["a", "b"]),
    condition("Margin", MarginLessThan=5),
    condition("Entropy", EntropyGreaterThan=0.1),
    condition("Expression", Expression="sort_by(@, &score)[0].box < `3`"),
    {"And": [sample(50), check(ConfidenceGreaterThan=0.1, AreaGreaterThan=0, Match="none")]},
]


@given(ANSWERS, COINS, st.sampled_from([REKOGNITION, TEXTRACT]))
@settings(max_examples=600)
def test_of_any_answer_something_is_said(answer, coin, source):
    document = {"Conditions": [*FOR_ALL, *EVERY[source]]}
    parsed = conditions.parse(json.dumps(document), source)
    evaluation = parsed.evaluate(answer, coin)

    assert evaluation.reasons
    assert document == without_results(evaluation.results)
    assert evaluation.important_form_keys is not None
    assert isinstance(objects(answer), list)
    made = parsed.mapping.input_content(answer, evaluation, Input("s3://b/k", "image/png", b"", (10, 10)))
    assert {"taskObject", "initialValue", "labels", "prediction", "reasons"} == made.keys()
