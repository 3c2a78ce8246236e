"""One module per kind of condition; `KINDS` is all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from secondlook.review.decisions.conditions.finding import Condition
from secondlook.review.decisions.conditions.kinds import moderation
from secondlook.review.decisions.conditions.kinds.confidence import ConfidenceCheck
from secondlook.review.decisions.conditions.kinds.expression import Expression
from secondlook.review.decisions.conditions.kinds.form_keys import (
    ImportantFormKeyConfidenceCheck,
    MissingImportantFormKey,
)
from secondlook.review.decisions.conditions.kinds.no_prediction import NoPrediction
from secondlook.review.decisions.conditions.kinds.sampling import Sampling
from secondlook.review.decisions.conditions.kinds.spread import Entropy, Margin
from secondlook.review.decisions.conditions.members import Members

REKOGNITION = "AWS/Rekognition/DetectModerationLabels/Image/V3"
TEXTRACT = "AWS/Textract/AnalyzeDocument/Forms/V1"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a ConditionType is read; `source` is the only HumanLoopRequestSource that may use it, None for any."""

    read: Callable[[Members], Condition]
    source: str | None = None


KINDS: Mapping[str, Kind] = {
    "ModerationLabelConfidenceCheck": Kind(moderation.read, REKOGNITION),
    "ImportantFormKeyConfidenceCheck": Kind(ImportantFormKeyConfidenceCheck.read, TEXTRACT),
    "MissingImportantFormKey": Kind(MissingImportantFormKey.read, TEXTRACT),
    "Sampling": Kind(Sampling.read),
    "ConfidenceCheck": Kind(ConfidenceCheck.read),
    "NoPrediction": Kind(NoPrediction.read),
    "Margin": Kind(Margin.read),
    "Entropy": Kind(Entropy.read),
    "Expression": Kind(Expression.read),
}
"""A2I's own, then those for any model."""
