"""HumanLoopConfig in CustomAttributes: ours, the model's own business, or wrong."""

from __future__ import annotations

import json

import pytest

from secondlook.review.errors import Invalid
from secondlook.together.human_loop_config import HumanLoopConfig


def attributes(**config: object) -> str:
    return json.dumps({"HumanLoopConfig": {"FlowDefinitionArn": "arn", **config}})


def test_all_that_can_be_said() -> None:
    config = HumanLoopConfig.in_attributes(
        attributes(
            HumanLoopName="a-1",
            InputUri="s3://b/k",
            Group="scan 7",
            DataAttributes={"ContentClassifiers": ["FreeOfAdultContent"]},
        )
    )

    assert config == HumanLoopConfig("arn", "a-1", ["FreeOfAdultContent"], "s3://b/k", "scan 7")


@pytest.mark.parametrize("key", ["写真\u30001.jpg", "👩\u200d🚀.jpg", "1\u00a0234 €.png"])
def test_keys_have_wide_spaces_and_joined_emoji(key: str) -> None:
    config = HumanLoopConfig.in_attributes(attributes(InputUri=f"s3://b/{key}"))

    assert config is not None
    assert config.input_uri == f"s3://b/{key}"


@pytest.mark.parametrize(
    "text", [None, "", "trace=7", '{"a": 1}', "HumanLoopConfig", '["HumanLoopConfig"]', '"HumanLoopConfig"']
)
def test_what_is_the_model_s_own_business(text: str | None) -> None:
    assert HumanLoopConfig.in_attributes(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"HumanLoopConfig": {', "no JSON"),
        ('{"HumanLoopConfig":' + "[" * 1000, "no JSON"),
        ('{"HumanLoopConfig": null}', "is a JSON object, not null"),
        ('{"HumanLoopConfig": {}}', "needs FlowDefinitionArn"),
        (attributes(FlowDefinitionArn=7), "FlowDefinitionArn is a string, not 7"),
        (attributes(HumanLoopname="a"), "did you mean HumanLoopName"),
        (attributes(Nonsense=1), "it has FlowDefinitionArn, HumanLoopName"),
        (attributes(HumanLoopName="a--"), "lower-case"),
        (attributes(HumanLoopName="a" * 64), "63"),
        (attributes(InputUri="s3://b"), "s3://BUCKET/KEY"),
        (attributes(Group="x" * 257), "257"),
        (attributes(Group="\ud800"), "cannot be shown"),
        (attributes(InputUri="s3://b/\0"), "cannot be shown"),
        (attributes(InputUri="s3://b/\n"), "cannot be shown"),
        (attributes(DataAttributes=[]), "DataAttributes is a JSON object"),
        (attributes(DataAttributes={"ContentClassifiers": "FreeOfAdultContent"}), "is a list of"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        HumanLoopConfig.in_attributes(text)
