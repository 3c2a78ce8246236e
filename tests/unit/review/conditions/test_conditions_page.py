"""docs/conditions.md: each example gives what it says, and each kind of condition has one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions import Input
from secondlook.review.decisions.conditions.kinds import KINDS

PAGE = (Path(__file__).parents[4] / "docs/conditions.md").read_text()
EXAMPLE = re.compile(
    r"```json conditions ?(\S*)\n(.*?)```\n```json answer\n(.*?)```\n```json result\n(.*?)```", re.DOTALL
)
EXAMPLES = EXAMPLE.findall(PAGE)
COIN = 0.03
ABOUT = Input("s3://photos/1.jpg", "image/jpeg")


@pytest.mark.parametrize(("source", "document", "answer", "result"), EXAMPLES)
def test_an_example_gives_what_it_says(source, document, answer, result):
    says = json.loads(result)
    parsed, prediction = conditions.parse(document, source or None), json.loads(answer)
    evaluation = parsed.evaluate(prediction, COIN)
    comes = {
        "Decision": evaluation.decision.capitalize(),
        "Probability": evaluation.probability,
        "Reasons": list(evaluation.reasons),
        "Selected": evaluation.selected,
        "InputContent": parsed.mapping.input_content(prediction, evaluation, ABOUT),
    }

    assert says == {name: comes[name] for name in says}


def kinds(node: Any) -> set[str]:
    if isinstance(node, list):
        return {kind for part in node for kind in kinds(part)}
    if isinstance(node, dict):
        own = {node["ConditionType"]} if "ConditionType" in node else set()
        return own | kinds(list(node.values()))
    return set()


def test_each_kind_has_an_example_and_a_chapter():
    shown = {kind for _, document, _, _ in EXAMPLES for kind in kinds(json.loads(document))}

    assert set(KINDS) == shown == set(re.findall(r"^## (\w+)$", PAGE, re.MULTILINE))


def test_no_example_is_left_out():
    assert len(EXAMPLES) == PAGE.count("```json conditions") == PAGE.count("```json result")
