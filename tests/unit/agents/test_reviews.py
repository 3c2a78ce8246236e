"""Names that follow from a question, and what cannot be asked."""

from __future__ import annotations

import re

import pytest

from secondlook.agents.flows import Permitted
from secondlook.agents.problems import NotPossible
from secondlook.agents.reviews import derived_name, start
from secondlook.client.client_file import Access
from secondlook.client.service import Service

ARN = "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/f"


def test_a_derived_name_is_one_that_a_loop_can_have():
    assert re.fullmatch(r"ask-[0-9a-f]{40}", derived_name(ARN, {"text": "é"}))


def test_the_order_of_members_makes_no_other_question_and_everything_else_does():
    content = {"a": [1, 2], "b": {"c": 1, "d": "x"}}
    others = [
        derived_name(f"{ARN}-2", content),
        derived_name(ARN, {**content, "a": [2, 1]}),
        derived_name(ARN, {**content, "b": {"c": "1", "d": "x"}}),
        derived_name(ARN, {}),
    ]

    assert derived_name(ARN, content) == derived_name(ARN, {"b": {"d": "x", "c": 1}, "a": [1, 2]})
    assert 5 == len({derived_name(ARN, content), *others})


def test_a_flow_that_is_not_permitted_is_refused_before_any_call():
    nowhere = Service(Access("http://127.0.0.1:9", "us-east-1", "k", "s"))

    with pytest.raises(NotPossible, match="'other' is not open to this tool, which may ask mine, yours only"):
        start(nowhere, Permitted(["mine", "yours", "mine"]), "other", {}, None)
