"""Conditions written short, and what they say."""

from __future__ import annotations

import json
from typing import Any

from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions import Evaluation

REKOGNITION = "AWS/Rekognition/DetectModerationLabels/Image/V3"
TEXTRACT = "AWS/Textract/AnalyzeDocument/Forms/V1"


def condition(kind: str, **parameters: Any) -> dict[str, Any]:
    return {"ConditionType": kind, "ConditionParameters": parameters}


def check(**parameters: Any) -> dict[str, Any]:
    return condition("ConfidenceCheck", **parameters)


def sample(percentage: float) -> dict[str, Any]:
    return condition("Sampling", RandomSamplingPercentage=percentage)


def evaluated(answer: Any, *nodes: Any, coin: float = 0.5, source: str | None = None) -> Evaluation:
    """What a document of these conditions says about an answer."""
    return conditions.parse(json.dumps({"Conditions": nodes}), source).evaluate(answer, coin)
