"""One module per kind of condition; `KINDS` is all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from secondlook.review.decisions.conditions.finding import Condition
from secondlook.review.decisions.conditions.kinds.confidence import ConfidenceCheck
from secondlook.review.decisions.conditions.kinds.sampling import Sampling
from secondlook.review.decisions.conditions.members import Members


@dataclass(frozen=True, slots=True)
class Kind:
    """How a ConditionType is read; `source` is the only HumanLoopRequestSource that may use it, None for any."""

    read: Callable[[Members], Condition]
    source: str | None = None


KINDS: Mapping[str, Kind] = {
    "Sampling": Kind(Sampling.read),
    "ConfidenceCheck": Kind(ConfidenceCheck.read),
}
