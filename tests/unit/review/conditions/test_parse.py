"""What is taken as a document of conditions, and what a wrong one is told."""

import json

import pytest

from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions.kinds import KINDS
from secondlook.review.errors import Invalid
from tests.unit.review.conditions.asked import REKOGNITION, TEXTRACT, check, condition, sample

S = sample(5)
EVERY_KIND = {
    "ModerationLabelConfidenceCheck": {"ModerationLabelName": "*", "ConfidenceLessThan": 50},
    "ImportantFormKeyConfidenceCheck": {"ImportantFormKey": "*", "WordBlockConfidenceLessThan": 50},
    "MissingImportantFormKey": {"ImportantFormKey": "Name"},
    "Sampling": {"RandomSamplingPercentage": 5},
    "ConfidenceCheck": {"ConfidenceLessThan": 0.5},
    "NoPrediction": {},
    "Margin": {"MarginLessThan": 0.1},
    "Entropy": {"EntropyGreaterThan": 0.9},
    "Expression": {"Expression": "length(@) > `3`"},
}
OURS = {"Sampling", "ConfidenceCheck", "NoPrediction", "Margin", "Entropy", "Expression"}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"Conditions": []},
        {"Conditions": [S]},
        {"Conditions": [{"Or": [S, S]}]},
        {"Conditions": [{"And": [S, S, S]}, S]},
        # Two levels of And and Or.
        {"Conditions": [{"And": [S, {"Or": [S, S]}]}, {"Or": [{"Or": [S, S]}, {"And": [S, S]}]}]},
        # Bare, as one of AWS's own examples has it.
        S,
        {"Or": [S, {"And": [S, S]}]},
        {"InputMapping": {"a": "prediction"}},
        {"Conditions": [{"ConditionType": "NoPrediction"}]},
    ],
)
def test_it_is_taken(document):
    conditions.parse(json.dumps(document))


def test_a_bare_condition_is_told_in_the_wrapper_that_all_results_have():
    results = conditions.parse(json.dumps(S)).evaluate([], 0.9).results

    assert {"Conditions": [{**S, "EvaluationResult": False}]} == results


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        (None, OURS),
        (REKOGNITION, OURS | {"ModerationLabelConfidenceCheck"}),
        (TEXTRACT, OURS | {"ImportantFormKeyConfidenceCheck", "MissingImportantFormKey"}),
    ],
)
def test_each_source_has_its_own_conditions_and_ours_are_for_all(kind, source, allowed):
    text = json.dumps(condition(kind, **EVERY_KIND[kind]))
    if kind in allowed:
        conditions.parse(text, source)
        return

    with pytest.raises(Invalid, match=f"{kind} needs the HumanLoopRequestSource AWS/"):
        conditions.parse(text, source)


def refusal(document, source=None):
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(Invalid) as error:
        conditions.parse(text, source)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must be valid JSON: Expecting value: line 1 column 1 (char 0)"),
        ("{", "must be valid JSON: "),
        ('{"a": NaN}', "must be valid JSON: NaN is no JSON"),
        ('{"a": -Infinity}', "must be valid JSON: -Infinity is no JSON"),
        (f'{{"a": {"9" * 5000}}}', "must be valid JSON: "),
        ("[" * 5000, "is nested too deep"),
        (" " * 10_241, "has 10,241 characters; at most 10,240 are taken"),
        ('{"Conditions": [], "Conditions": []}', "$.Conditions stands there twice; keep one of them"),
        (
            '{"Conditions": [{"ConditionType": "Sampling", "ConditionParameters": {"a b": 1, "a b": 2}}]}',
            '$.Conditions[0].ConditionParameters["a b"] stands there twice',
        ),
    ],
)
def test_what_is_no_json_is_refused(text, says):
    assert says in refusal(text)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "$ must be an object, the document with Conditions; it is []"),
        (None, "$ must be an object, the document with Conditions; it is null"),
        (
            {"conditions": []},
            "$.conditions is not known for the document with Conditions; did you mean Conditions?",
        ),
        ({"Conditions": {}}, "$.Conditions must be a list of conditions; it is {}"),
        ({"Conditions": None}, "$.Conditions must be a list of conditions; it is null"),
        ({"Conditions": [S, 3]}, "$.Conditions[1] must be an object, a condition, an And or an Or; it is 3"),
        ({"Conditions": [{}]}, "$.Conditions[0] needs ConditionType: one of Sampling, ConfidenceCheck, "),
        (
            {"Conditions": [{"ConditionTyp": "Sampling"}]},
            "$.Conditions[0].ConditionTyp is not known for a condition, an And or an Or; did you mean ConditionType?",
        ),
        (
            {"Conditions": [{"ConditionType": 3}]},
            "$.Conditions[0].ConditionType must be one of Sampling, ConfidenceCheck, ",
        ),
        (
            {"Conditions": [{"ConditionType": "Samplin"}]},
            '$.Conditions[0].ConditionType "Samplin" is not known; did you mean Sampling?',
        ),
        (
            {"Conditions": [{"ConditionType": "confidencecheck"}]},
            "did you mean ConfidenceCheck?",
        ),
        (
            {"Conditions": [{**S, "EvaluationResult": True}]},
            "$.Conditions[0].EvaluationResult is not known for a condition, an And or an Or",
        ),
        ({"Conditions": [{"And": [S]}]}, "$.Conditions[0].And must be a list of at least two conditions"),
        ({"Conditions": [{"Or": S}]}, "$.Conditions[0].Or must be a list of at least two conditions"),
        ({"Conditions": [{"And": [S, S], "Or": [S, S]}]}, "$.Conditions[0] has both And and Or"),
        (
            {"Conditions": [{"And": [S, S], **S}]},
            "$.Conditions[0].ConditionType is not known for a condition, an And or an Or",
        ),
        (
            {"Conditions": [{"And": [S, {"Or": [S, {"And": [S, S]}]}]}]},
            "$.Conditions[0].And[1].Or[1].And is nested too deep; And and Or have at most 2 levels",
        ),
        (
            {"Conditions": [{"And": [S, sample(0)]}]},
            "$.Conditions[0].And[1].ConditionParameters.RandomSamplingPercentage must be a number from 0.01 to 100; it is 0",
        ),
        ({"Or": [S, sample(101)]}, "$.Or[1].ConditionParameters.RandomSamplingPercentage must be"),
        (
            {"InputMapping": []},
            "$.InputMapping must be an object of JMESPath expressions; it is []",
        ),
        (
            {"InputMapping": {"a": 3}},
            "$.InputMapping.a must be a JMESPath expression, as text; it is 3",
        ),
        (
            {"InputMapping": {"a b": "predictions[0]"}},
            "$.InputMapping[\"a b\"] begins with 'predictions', which is not known; did you mean prediction?",
        ),
        (
            {"InputMapping": {"a": "prediction[?score > thing]"}},
            None,
        ),
        ({"InputMapping": {"a": "{x: labels, y: {z: nothing}}"}}, "begins with 'nothing'"),
        (
            {"InputMapping": {"a": "join(', ', lables)"}},
            "begins with 'lables', which is not known; did you mean labels?",
        ),
    ],
)
def test_a_wrong_document_is_told_where_and_what_would_be_right(document, says):
    if says is None:
        conditions.parse(json.dumps(document))
        return

    assert refusal(document).startswith("HumanLoopActivationConditions: ")
    assert says in refusal(document)


@pytest.mark.parametrize(
    ("kind", "parameters", "says"),
    [
        ("Sampling", {}, " needs RandomSamplingPercentage: a number from 0.01 to 100"),
        ("Sampling", 3, " must be an object, Sampling; it is 3"),
        ("Sampling", {"RandomSamplingPercentag": 3}, ".RandomSamplingPercentag is not known for Sampling; did you mean"),
        ("Sampling", {"RandomSamplingPercentage": 5, "Share": 1}, ".Share is not known for Sampling"),
        ("Sampling", {"RandomSamplingPercentage": "5"}, '.RandomSamplingPercentage must be a number from 0.01 to 100; it is "5"'),
        ("Sampling", {"RandomSamplingPercentage": True}, ".RandomSamplingPercentage must be a number"),
        ("ConfidenceCheck", {}, " compares nothing; give a comparison like ConfidenceLessThan, or Thresholds"),
        ("ConfidenceCheck", {"ConfidenceLessThan": None}, ".ConfidenceLessThan must be a finite number; it is null"),
        ("ConfidenceCheck", {"ConfidenceLessThan": 10**400}, ".ConfidenceLessThan must be a finite number; it is 1000"),
        ("ConfidenceCheck", {"ConfidenceLess": 1, "CountEquals": 1}, ".ConfidenceLess is not known for ConfidenceCheck; did you mean ConfidenceLessThan?"),
        ("ConfidenceCheck", {"Confidence": 1}, ".Confidence is not known for ConfidenceCheck; did you mean Confidence"),
        ("ConfidenceCheck", {"CountEquals": 1, "Match": "any"}, " has both Match and Count comparisons"),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Match": "some"}, '.Match must be "any" or "all" or "none"; it is "some"'),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "LabelName": []}, '.LabelName must be a label, a list of labels, or "*" for any; it is []'),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "LabelName": [1]}, ".LabelName must be a label"),
        ("ConfidenceCheck", {"Thresholds": {}}, ".Thresholds must be an object of labels"),
        ("ConfidenceCheck", {"Thresholds": {"traffic light": "x"}}, '.Thresholds["traffic light"] must be a finite number'),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": 3}, ".Items must be a JMESPath expression, as text; it is 3"),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "a["}, ".Items is no JMESPath expression that can be evaluated here: "),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "size(@)"}, "there is no function size() (known: abs, avg, "),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "length()"}, "length() takes 1 argument, not 0"),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "join(@)"}, "join() takes 2 arguments, not 1"),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "merge()"}, "merge() takes at least 1 argument, not 0"),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "!" * 41 + "a"}, "it is nested deeper than 40 levels"),
        ("ConfidenceCheck", {"ConfidenceEquals": 1, "Items": "(" * 5000}, "it is nested deeper than 40 levels"),
        ("Expression", {}, " needs Expression: a JMESPath expression that gives true or false"),
        ("Expression", {"Expression": ""}, ".Expression is no JMESPath expression"),
        ("Margin", {}, " needs MarginLessThan: or another comparison of the margin"),
        ("Margin", {"EntropyLessThan": 1}, ".EntropyLessThan is not known for Margin"),
        ("Entropy", {"EntropyGreaterThan": 1.5}, ".EntropyGreaterThan must be a number from 0 to 1; it is 1.5"),
        ("NoPrediction", {"Score": "x"}, ".Score is not known for NoPrediction"),
        ("ModerationLabelConfidenceCheck", {"ConfidenceLessThan": 5}, ' needs ModerationLabelName: a label\'s name, or "*" for any'),
        ("ModerationLabelConfidenceCheck", {"ModerationLabelName": "*"}, " needs ConfidenceLessThan: or another comparison"),
        ("ModerationLabelConfidenceCheck", {"ModerationLabelName": "", "ConfidenceLessThan": 5}, ".ModerationLabelName must be a label's name"),
        ("ModerationLabelConfidenceCheck", {"ModerationLabelName": "*", "ConfidenceLessThan": 101}, ".ConfidenceLessThan must be a number from 0 to 100; it is 101"),
        ("ImportantFormKeyConfidenceCheck", {"ImportantFormKey": "*"}, " needs KeyValueBlockConfidenceLessThan: or another comparison"),
        ("ImportantFormKeyConfidenceCheck", {"ImportantFormKey": "*", "ConfidenceLessThan": 5}, "ConfidenceLessThan is not known"),
        ("ImportantFormKeyConfidenceCheck", {"ImportantFormKey": "*", "WordBlockConfidenceLessThan": -1}, ".WordBlockConfidenceLessThan must be a number from 0 to 100; it is -1"),
        ("ImportantFormKeyConfidenceCheck", {"ImportantFormKey": "*", "WordBlockConfidenceLessThan": 5, "WordBlockMatch": "each"}, '.WordBlockMatch must be "all" or "any"; it is "each"'),
        ("MissingImportantFormKey", {}, ' needs ImportantFormKey: the text of a key, or "*" for any'),
        ("MissingImportantFormKey", {"ImportantFormKey": "a", "ImportantFormKeyAliases": "b"}, '.ImportantFormKeyAliases must be a list of texts; it is "b"'),
        ("MissingImportantFormKey", {"ImportantFormKey": "a", "ConfidenceLessThan": 3}, ".ConfidenceLessThan is not known for MissingImportantFormKey"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_told_where_and_what_would_be_right(kind, parameters, says):
    document = {"Conditions": [{"ConditionType": kind, "ConditionParameters": parameters}]}
    refused = refusal(document, KINDS[kind].source)

    assert refused.startswith("HumanLoopActivationConditions: $.Conditions[0].ConditionParameters")
    assert says in refused


def test_a_long_wrong_value_is_cut_short():
    assert len(refusal(check(ConfidenceLessThan="x" * 5000))) < 300


@pytest.mark.parametrize(
    ("config", "decision"),
    [
        ({}, "review"),
        ({"HumanLoopActivationConfig": {"HumanLoopActivationConditionsConfig": {"HumanLoopActivationConditions": json.dumps(S)}}}, "accept"),
    ],
)  # fmt: skip
def test_the_conditions_of_a_flow_definition_are_those_it_was_created_with(config, decision):
    assert decision == conditions.of_flow(config).evaluate([], 0.9).decision
