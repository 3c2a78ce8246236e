"""Whether people look because they must or because a sample took it, from what InvokeEndpoint's answer says of the conditions."""

from __future__ import annotations

import json

import pytest

from secondlook.client.review import decision


def sample(percent: float, *, is_true: bool = True) -> dict[str, object]:
    parameters = {"RandomSamplingPercentage": percent}
    return {"ConditionType": "Sampling", "ConditionParameters": parameters, "EvaluationResult": is_true}


def check(*, is_true: bool) -> dict[str, object]:
    return {"ConditionType": "ConfidenceCheck", "ConditionParameters": {}, "EvaluationResult": is_true}


def group(kind: str, *members: dict[str, object], is_true: bool = True) -> dict[str, object]:
    return {kind: list(members), "EvaluationResult": is_true}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([check(is_true=True)], "Review"),
        ([sample(5)], "Audit"),
        ([sample(100)], "Review"),
        ([check(is_true=False), sample(5)], "Audit"),
        ([check(is_true=True), sample(5)], "Review"),
        ([group("And", check(is_true=True), sample(5))], "Audit"),
        ([group("Or", check(is_true=True), sample(5, is_true=False))], "Review"),
        ([group("Or", group("And", check(is_true=True), check(is_true=True)), sample(5))], "Review"),
        (
            [
                group(
                    "And", group("Or", check(is_true=True), sample(5)), check(is_true=False), is_true=False
                ),
                sample(1),
            ],
            "Audit",
        ),
        ([], "Review"),
    ],
)
def test_a_loop_that_only_a_sample_asked_for_is_an_audit(conditions, expected):
    results = json.dumps({"Conditions": conditions})
    output = {"HumanLoopArn": "arn", "HumanLoopActivationConditionsEvaluationResults": results}

    assert expected == decision(output)


def test_without_a_loop_it_is_accepted_and_without_results_it_is_a_review():
    assert "Accept" == decision({"HumanLoopActivationConditionsEvaluationResults": "{}"})
    assert "Review" == decision({"HumanLoopArn": "arn"})
