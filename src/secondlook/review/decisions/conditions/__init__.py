"""Activation conditions: when should a person look? A2I's language and ours for any model (`docs/conditions.md`). Pure.

conditions = parse('{"Conditions": [{"ConditionType": "Sampling", "ConditionParameters": {"RandomSamplingPercentage": 5}}]}')
conditions.evaluate(answer, coin).decision
"""

from __future__ import annotations

from secondlook.review.decisions.conditions.activation import NONE, ActivationConditions, of_flow, parse
from secondlook.review.decisions.conditions.evaluation import Evaluation
from secondlook.review.decisions.conditions.input_mapping import Input, InputMapping
from secondlook.review.decisions.conditions.prediction import UNREADABLE

__all__ = [
    "NONE",
    "UNREADABLE",
    "ActivationConditions",
    "Evaluation",
    "Input",
    "InputMapping",
    "of_flow",
    "parse",
]
