"""A2I's own language, sentence by sentence [activation-conditions.md]."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions import UNREADABLE
from tests.unit.review.conditions.asked import REKOGNITION, TEXTRACT, condition, evaluated, sample

LABELS = {
    "ModerationLabels": [
        {"Confidence": 99.1, "Name": "Suggestive", "ParentName": ""},
        {"Confidence": 97.5, "Name": "Revealing Clothes", "ParentName": "Suggestive"},
        {"Confidence": 60, "Name": "Weapons", "ParentName": "Violence"},
    ],
    "ModerationModelVersion": "7.0",
}


def label(name: str, **confidence: Any) -> dict[str, Any]:
    return condition("ModerationLabelConfidenceCheck", ModerationLabelName=name, **confidence)


def lower(value: Any) -> Any:
    """As A2I re-cases what it puts into a task's input."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: lower(part) for name, part in value.items()}
    return [lower(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("recased", [lambda answer: answer, lower])
@pytest.mark.parametrize(
    ("node", "reasons", "names"),
    [
        # True when some returned label has that name and a confidence meeting the comparison.
        (
            label("Weapons", ConfidenceLessThan=61),
            ["Weapons 60.00 is under 61.00"],
            ["Weapons"],
        ),
        (label("Weapons", ConfidenceLessThan=60), [], None),
        (label("Weapons", ConfidenceLessThanEquals=60), ["Weapons 60.00 is 60.00 or less"], ["Weapons"]),
        (label("Weapons", ConfidenceEquals=60), ["Weapons 60.00 is exactly 60.00"], ["Weapons"]),
        (label("Weapons", ConfidenceGreaterThan=60), [], None),
        (label("Weapons", ConfidenceGreaterThanEquals=60), ["Weapons 60.00 is 60.00 or more"], ["Weapons"]),
        # Exact, case-sensitive label name.
        (label("weapons", ConfidenceGreaterThan=0), [], None),
        (label("Weapon", ConfidenceGreaterThan=0), [], None),
        # Or * for any; labels of both levels are evaluated.
        (
            label("*", ConfidenceGreaterThan=90),
            ["Suggestive 99.10 is over 90.00", "Revealing Clothes 97.50 is over 90.00"],
            ["Suggestive", "Revealing Clothes"],
        ),
        (
            label("Revealing Clothes", ConfidenceLessThan=98),
            ["Revealing Clothes 97.50 is under 98.00"],
            ["Revealing Clothes"],
        ),
        # Several comparisons must all hold (our choice).
        (label("*", ConfidenceGreaterThan=60, ConfidenceLessThan=97.5), [], None),
        (
            label("*", ConfidenceGreaterThan=60, ConfidenceLessThan=98),
            ["Revealing Clothes 97.50 is under 98.00 and over 60.00"],
            ["Revealing Clothes"],
        ),
        # Ranges as an And of two checks; with * they may be met by different labels.
        (
            {"And": [label("*", ConfidenceLessThan=70), label("*", ConfidenceGreaterThan=98)]},
            ["Weapons 60.00 is under 70.00", "Suggestive 99.10 is over 98.00"],
            ["Suggestive", "Weapons"],
        ),
        ({"And": [label("*", ConfidenceLessThan=70), label("*", ConfidenceGreaterThan=99.5)]}, [], None),
        # Reviewers see the inferences of every condition that is true, not only of the first.
        (
            {"Or": [label("Weapons", ConfidenceLessThan=98), label("Suggestive", ConfidenceGreaterThan=98)]},
            ["Weapons 60.00 is under 98.00", "Suggestive 99.10 is over 98.00"],
            ["Suggestive", "Weapons"],
        ),
    ],
)
def test_moderation_labels(recased, node, reasons, names):
    answer = recased(LABELS)
    evaluation = evaluated(answer, node, source=REKOGNITION)
    member, name = next(iter(answer)), "Name" if recased(LABELS) == LABELS else "name"

    assert reasons == list(evaluation.reasons)
    if names:
        assert {
            **answer,
            member: [each for each in answer[member] if each[name] in names],
        } == evaluation.selected


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"ModerationLabels": [{"Name": "Weapons"}]},
            "Weapons has no usable score",
        ),
        (
            {"ModerationLabels": [{"Name": "Weapons", "Confidence": math.nan}]},
            "Weapons has no usable score: NaN",
        ),
        ({"ModerationLabels": [{"Confidence": 3}]}, "item 1 has no label"),
        (
            {"Labels": []},
            "ModerationLabelConfidenceCheck cannot be evaluated: the answer has no list ModerationLabels",
        ),
        (UNREADABLE, "ModerationLabelConfidenceCheck cannot be evaluated: the answer is not JSON"),
    ],
)
def test_in_doubt_about_moderation_labels_a_person_looks(answer, said):
    node = label("Weapons", ConfidenceGreaterThan=99)

    assert (said,) == evaluated(answer, node, source=REKOGNITION).reasons


def words(first: int, *texts: tuple[str, float]) -> list[dict[str, Any]]:
    return [
        {"BlockType": "WORD", "Id": f"w{first + number}", "Text": text, "Confidence": confidence}
        for number, (text, confidence) in enumerate(texts)
    ]


def pair(number: int, confidence: float, key: list[dict], value: list[dict]) -> list[dict[str, Any]]:
    """A KEY_VALUE_SET of Textract: the key's block, the value's, and their words."""
    return [
        {
            "BlockType": "KEY_VALUE_SET",
            "Id": f"k{number}",
            "EntityTypes": ["KEY"],
            "Confidence": confidence,
            "Relationships": [
                {"Type": "VALUE", "Ids": [f"v{number}"]},
                {"Type": "CHILD", "Ids": [word["Id"] for word in key]},
            ],
        },
        {
            "BlockType": "KEY_VALUE_SET",
            "Id": f"v{number}",
            "EntityTypes": ["VALUE"],
            "Confidence": confidence,
            "Relationships": [{"Type": "CHILD", "Ids": [word["Id"] for word in value]}],
        },
        *key,
        *value,
    ]


PAGE = [{"BlockType": "PAGE", "Id": "p1"}]
MAIL = pair(1, 55, words(10, ("Mail", 80), ("Address:", 82)), words(20, ("Elm", 84), ("Street", 70)))
NAME = pair(2, 97, words(30, ("Name", 99)), words(40, ("Ada", 90)))
FORM = {"DocumentMetadata": {"Pages": 1}, "Blocks": [*PAGE, *MAIL, *NAME]}


def form_key(key: str, *aliases: str, **parameters: Any) -> dict[str, Any]:
    known_as = {"ImportantFormKeyAliases": list(aliases)} if aliases else {}
    return condition("ImportantFormKeyConfidenceCheck", ImportantFormKey=key, **known_as, **parameters)


def missing(key: str, *aliases: str) -> dict[str, Any]:
    known_as = {"ImportantFormKeyAliases": list(aliases)} if aliases else {}
    return condition("MissingImportantFormKey", ImportantFormKey=key, **known_as)


@pytest.mark.parametrize("recased", [lambda answer: answer, lower])
@pytest.mark.parametrize(
    ("node", "reasons", "blocks"),
    [
        # Its key is the form key or an alias, exactly and case-sensitively.
        (
            form_key("Mail Address:", KeyValueBlockConfidenceLessThan=60),
            ['"Mail Address:" 55.00 is under 60.00'],
            MAIL,
        ),
        (
            form_key("Mail", "Mail address:", "Mail Address:", KeyValueBlockConfidenceLessThan=60),
            ['"Mail Address:" 55.00 is under 60.00'],
            MAIL,
        ),
        (form_key("Mail address:", KeyValueBlockConfidenceLessThan=60), [], None),
        (form_key("Mail Address", KeyValueBlockConfidenceLessThan=60), [], None),
        # Or * for any key.
        (
            form_key("*", KeyValueBlockConfidenceLessThan=98),
            ['"Mail Address:" 55.00 is under 98.00', '"Name" 97.00 is under 98.00'],
            [*MAIL, *NAME],
        ),
        # The pair's confidence satisfies the first family and each word block of key and value the second.
        (
            form_key("*", KeyValueBlockConfidenceLessThan=60, WordBlockConfidenceLessThan=85),
            ['"Mail Address:" 55.00 is under 60.00, and each of its words under 85.00'],
            MAIL,
        ),
        (form_key("*", KeyValueBlockConfidenceLessThan=60, WordBlockConfidenceLessThan=84), [], None),
        (form_key("*", KeyValueBlockConfidenceLessThan=55, WordBlockConfidenceLessThan=85), [], None),
        (
            form_key("*", WordBlockConfidenceGreaterThanEquals=90),
            ['"Name": each of its words is 90.00 or more'],
            NAME,
        ),
        # All words by default, switchable.
        (form_key("*", WordBlockConfidenceLessThan=71), [], None),
        (form_key("*", WordBlockConfidenceLessThan=71, WordBlockMatch="all"), [], None),
        (
            form_key("*", WordBlockConfidenceLessThan=71, WordBlockMatch="any"),
            ['"Mail Address:": a word of it is under 71.00'],
            MAIL,
        ),
        # Each of the five comparisons of each family.
        (form_key("Name", KeyValueBlockConfidenceEquals=97), ['"Name" 97.00 is exactly 97.00'], NAME),
        (
            form_key("Name", KeyValueBlockConfidenceLessThanEquals=97),
            ['"Name" 97.00 is 97.00 or less'],
            NAME,
        ),
        (
            form_key("Name", KeyValueBlockConfidenceGreaterThanEquals=97),
            ['"Name" 97.00 is 97.00 or more'],
            NAME,
        ),
        (form_key("Name", KeyValueBlockConfidenceGreaterThan=96), ['"Name" 97.00 is over 96.00'], NAME),
        (form_key("Name", WordBlockConfidenceEquals=90), [], None),
        (
            form_key("Name", WordBlockConfidenceLessThanEquals=99),
            ['"Name": each of its words is 99.00 or less'],
            NAME,
        ),
        (
            form_key("Name", WordBlockConfidenceGreaterThan=89),
            ['"Name": each of its words is over 89.00'],
            NAME,
        ),
        # Missing: neither the key nor any alias was found; the form is sent without any predicted pairs.
        (missing("Name"), [], None),
        (missing("Surname", "Name"), [], None),
        (missing("Surname", "Last name"), ['no key "Surname" or "Last name"'], []),
        (missing("*"), [], None),
        # … of every condition that is true: the pairs of one, and a key that is missing.
        (
            {"Or": [missing("Surname"), form_key("Name", KeyValueBlockConfidenceLessThan=98)]},
            ['no key "Surname"', '"Name" 97.00 is under 98.00'],
            NAME,
        ),
    ],
)
def test_form_keys(recased, node, reasons, blocks):
    answer = recased(FORM)
    evaluation = evaluated(answer, node, source=TEXTRACT)

    assert reasons == list(evaluation.reasons)
    if blocks is not None:
        assert recased({**FORM, "Blocks": blocks}) == evaluation.selected


@pytest.mark.parametrize(
    ("nodes", "keys"),
    [
        (
            [missing("Surname", "Last name")],
            [{"importantFormKey": "Surname", "importantFormKeyAliases": ["Last name"]}],
        ),
        (
            [missing("Name"), missing("Surname")],
            [{"importantFormKey": "Surname", "importantFormKeyAliases": []}],
        ),
        (
            [form_key("Name", KeyValueBlockConfidenceLessThan=98), missing("Surname")],
            [
                {"importantFormKey": "Name", "importantFormKeyAliases": []},
                {"importantFormKey": "Surname", "importantFormKeyAliases": []},
            ],
        ),
        ([form_key("*", KeyValueBlockConfidenceLessThan=98)], []),
    ],
)
def test_a_worker_is_asked_for_the_keys_of_conditions_that_are_true(nodes, keys):
    assert keys == evaluated(FORM, *nodes, source=TEXTRACT).important_form_keys


@pytest.mark.parametrize(
    ("answer", "node", "said"),
    [
        (
            {"Blocks": pair(1, None, words(1, ("Name", 9)), [])},
            form_key("Name", KeyValueBlockConfidenceGreaterThan=99),
            '"Name" or a word of it has no usable confidence',
        ),
        (
            {"Blocks": pair(1, 99, words(1, ("Name", "high")), [])},
            form_key("Name", WordBlockConfidenceGreaterThan=99),
            '"Name" or a word of it has no usable confidence',
        ),
        (
            {"Block": []},
            form_key("*", WordBlockConfidenceGreaterThan=99),
            "ImportantFormKeyConfidenceCheck cannot be evaluated: the answer has no list Blocks",
        ),
        (
            UNREADABLE,
            missing("Name"),
            "MissingImportantFormKey cannot be evaluated: the answer is not JSON",
        ),
    ],
)
def test_in_doubt_about_a_form_a_person_looks(answer, node, said):
    assert (said,) == evaluated(answer, node, source=TEXTRACT).reasons


def test_a_form_without_pairs_has_no_key_at_all():
    evaluation = evaluated({"Blocks": PAGE}, missing("*"), source=TEXTRACT)

    assert ("no key",) == evaluation.reasons
    assert {"Blocks": []} == evaluation.selected


def test_blocks_that_name_each_other_over_and_over_are_not_followed_for_ever():
    same = words(0, *[("a", 1)] * 1000)
    keys = [block for number in range(1000) for block in pair(number, 1, [], same)]
    check = form_key("*", KeyValueBlockConfidenceLessThan=60)
    (reason,) = evaluated({"Blocks": keys}, check, source=TEXTRACT).reasons

    assert "it would take more than 250,000 steps on this answer" in reason


@pytest.mark.parametrize("source", [REKOGNITION, TEXTRACT, None])
@pytest.mark.parametrize(
    ("nodes", "coin", "is_true"),
    [
        # Alone: that share of all requests is reviewed.
        ([sample(30)], 0.29, True),
        ([sample(30)], 0.3, False),
        # A real number 0.01 to 100.
        ([sample(0.01)], 0.00009, True),
        ([sample(100)], 0.9999999, True),
        ([sample(12.5)], 0.1249, True),
    ],
)
def test_sampling_is_for_both_services_and_for_any_model(source, nodes, coin, is_true):
    evaluation = evaluated(LABELS, *nodes, coin=coin, source=source)

    assert is_true == evaluation.is_true
    # … with all inferences.
    assert LABELS == evaluation.selected


def test_the_same_request_gives_the_same_answer():
    parsed = conditions.parse(json.dumps({"Conditions": [sample(50)]}))

    assert 1 == len({parsed.evaluate(LABELS, 0.3).decision for _ in range(100)})


def test_the_example_of_an_evaluation_result():
    low, high = label("Suggestive", ConfidenceLessThan=98), label("Weapons", ConfidenceGreaterThan=98)
    answer = {"ModerationLabels": [{"Name": "Suggestive", "Confidence": 97}]}
    results = evaluated(answer, {"Or": [low, high]}, source=REKOGNITION).results

    assert {
        "Conditions": [
            {
                "EvaluationResult": True,
                "Or": [{**low, "EvaluationResult": True}, {**high, "EvaluationResult": False}],
            }
        ]
    } == results
    assert ["EvaluationResult", "Or"] == list(results["Conditions"][0])
    assert ["ConditionType", "ConditionParameters", "EvaluationResult"] == list(
        results["Conditions"][0]["Or"][0]
    )
