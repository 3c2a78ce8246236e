"""`ModerationLabelConfidenceCheck`, of Rekognition's DetectModerationLabels [activation-conditions.md]."""

from __future__ import annotations

from typing import Any

from secondlook.review.decisions.conditions import comparison
from secondlook.review.decisions.conditions.comparison import Comparisons
from secondlook.review.decisions.conditions.kinds.confidence import ConfidenceCheck
from secondlook.review.decisions.conditions.kinds.listing import ANY, Names
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Unanswered
from secondlook.review.decisions.conditions.table import Table
from secondlook.review.decisions.items import member


class _ModerationLabels:
    """The labels of both levels: parents and children are entries of their own."""

    def of(self, prediction: Prediction) -> Table:
        return prediction.table("the list ModerationLabels", self._found)

    def _found(self, prediction: Prediction) -> list[Any]:
        listed = member(prediction.json, "ModerationLabels")
        if not isinstance(listed, list):
            raise Unanswered("the answer has no list ModerationLabels")
        return listed


def read(members: Members) -> ConfidenceCheck:
    """True when some label has the name, exactly, and a confidence (0 to 100) for which every comparison holds."""
    name = members.text("ModerationLabelName", f'a label\'s name, or "{ANY}" for any')
    confidence = comparison.read(members, "Confidence", 0, 100)
    if not confidence.each:
        members.missing("ConfidenceLessThan", "or another comparison of the confidence, from 0 to 100")
    return ConfidenceCheck(
        items=_ModerationLabels(),
        score=None,
        label=None,
        names=Names(None if name == ANY else frozenset({name})),
        confidence=confidence,
        thresholds={},
        area=Comparisons(()),
        match="any",
        count=Comparisons(()),
    )
