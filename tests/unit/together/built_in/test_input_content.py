"""The input of loops of the built-in task types."""

from __future__ import annotations

from typing import Any

import pytest

from secondlook.review.decisions.conditions import NONE
from secondlook.together.built_in.camel_case import in_camel_case
from secondlook.together.built_in.input_content import input_content
from secondlook.together.documents.blocks import analyze_document
from tests.unit.together.documents.paper import written

ARN = "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/f"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"S3Object": {"Bucket": "B"}}, {"s3Object": {"bucket": "B"}}),
        ([{"Polygon": [{"X": 0.5, "Y": 1}]}], [{"polygon": [{"x": 0.5, "y": 1}]}]),
        ({"Text": "Full Name", "EntityTypes": ["KEY"]}, {"text": "Full Name", "entityTypes": ["KEY"]}),
        ({"": 1, "already": None}, {"": 1, "already": None}),
        ("Text", "Text"),
    ],
)
def test_members_are_in_camel_case_and_texts_as_they_are(value: Any, expected: Any) -> None:
    assert expected == in_camel_case(value)


def made(request: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    return input_content(request, response, NONE.evaluate(response, 0.5), "s3://bucket/in/a b.png")


def test_a_request_with_bytes_names_where_they_are_kept() -> None:
    config = {
        "HumanLoopName": "l",
        "FlowDefinitionArn": ARN,
        "DataAttributes": {"ContentClassifiers": ["FreeOfAdultContent"]},
    }
    request = {"Image": {"Bytes": b"pixels"}, "MinConfidence": 30.0, "HumanLoopConfig": config}
    content = made(request, {"ModerationLabels": []})

    assert content["aiServiceRequest"] == {
        "image": {"s3Object": {"bucket": "bucket", "name": "in/a b.png"}},
        "minConfidence": 30.0,
        "humanLoopConfig": {
            "humanLoopName": "l",
            "flowDefinitionArn": ARN,
            "dataAttributes": {"contentClassifiers": ["FreeOfAdultContent"]},
        },
    }
    assert request["Image"] == {"Bytes": b"pixels"}


def test_keys_and_values_are_spelt_out_and_the_response_stays_as_it_was() -> None:
    page = written((50, 50, "Full name: Ada"), (50, 100, "[x] Adult"), (50, 300, "Town:"))
    response = analyze_document(page, "digest", ["FORMS"])
    content = made({"Document": {"Bytes": b"x"}, "FeatureTypes": ["FORMS"]}, response)

    texts = [
        (block["entityTypes"][0], block["text"])
        for block in content["selectedAiServiceResponse"]["blocks"]
        if block["blockType"] == "KEY_VALUE_SET"
    ]
    assert texts == [
        ("KEY", "Full name:"),
        ("VALUE", "Ada"),
        ("KEY", "Adult"),
        ("VALUE", "SELECTED"),
        ("KEY", "Town:"),
        ("VALUE", ""),
    ]
    assert not any("Text" in block for block in response["Blocks"] if block["BlockType"] == "KEY_VALUE_SET")
    assert "text" not in content["aiServiceResponse"]["blocks"][-1]


def test_the_tree_of_conditions_keeps_its_capitals() -> None:
    content = made({"Image": {}}, {"ModerationLabels": []})

    assert content["humanTaskActivationConditionResults"] == {"Conditions": []}
    assert content["humanLoopContext"] == {"importantFormKeys": []}
