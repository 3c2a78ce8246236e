"""`Margin` and `Entropy`: how clearly a model prefers one class, from the scores of all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions import items as known
from secondlook.review.decisions.conditions import comparison, words
from secondlook.review.decisions.conditions.comparison import Comparisons
from secondlook.review.decisions.conditions.finding import FALSE, Finding, whole
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query, Unanswered

FEWEST = 2
"""Classes between which a model can waver."""

STEPS_A_CLASS = 3
"""Naming, sorting and a logarithm: about what as many steps cost."""

DECIMALS = 12
"""Margins and entropies are rounded to these, so that 0.42 leads 0.40 by 0.02 and not by a little less."""

Scored = tuple[str, float]

_MEMBERS = ("scores", "probabilities")


@dataclass(frozen=True, slots=True)
class Scores:
    """Where the scores of all classes are: an expression, or None for the usual places."""

    query: Query | None

    @classmethod
    def read(cls, members: Members) -> Scores:
        return cls(members.query("Scores"))

    def of(self, prediction: Prediction) -> list[Scored]:
        """Two or more classes with their scores, the surest first; raises Unanswered, TooCostly."""
        found = prediction.find(self.query) if self.query else _usual(prediction.json)
        if isinstance(found, list | dict):
            prediction.budget.spend(STEPS_A_CLASS * len(found))
        scored = _scored(found)
        if len(scored) < FEWEST:
            raise Unanswered(f"it takes the scores of {FEWEST} classes or more, and finds {len(scored)}")
        return sorted(scored, key=lambda each: -each[1])


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much the surest class leads the next."""

    scores: Scores
    margin: Comparisons

    @classmethod
    def read(cls, members: Members) -> Margin:
        scores, margin = Scores.read(members), comparison.read(members, "Margin")
        if not margin.each:
            members.missing("MarginLessThan", "or another comparison of the margin")
        return cls(scores, margin)

    def look(self, prediction: Prediction) -> Finding:
        (first, most), (second, next_) = self.scores.of(prediction)[:2]
        margin = known.as_score(most - next_)
        if margin is None:
            raise Unanswered("the scores are too far apart for a number")
        margin = round(margin, DECIMALS)
        if not self.margin.hold(margin):
            return FALSE
        return whole(f"{first} leads {second} by {self.margin.beside(margin)}, {self.margin.phrase()}")


@dataclass(frozen=True, slots=True)
class Entropy:
    """Shannon's entropy of the scores as shares of their sum, by its most, ln K: 0 is sure of one class, 1 of none."""

    scores: Scores
    entropy: Comparisons

    @classmethod
    def read(cls, members: Members) -> Entropy:
        scores, entropy = Scores.read(members), comparison.read(members, "Entropy", 0, 1)
        if not entropy.each:
            members.missing("EntropyGreaterThan", "or another comparison of the entropy")
        return cls(scores, entropy)

    def look(self, prediction: Prediction) -> Finding:
        scored = self.scores.of(prediction)
        entropy = normalised([score for _, score in scored])
        if not self.entropy.hold(entropy):
            return FALSE
        said = f"the entropy of {len(scored):,} classes is {self.entropy.beside(entropy)}"
        return whole(f"{said}, {self.entropy.phrase()}")


def normalised(scores: Sequence[float]) -> float:
    """The entropy of scores, 0 to 1; raises Unanswered for what is no distribution, like logits."""
    if min(scores) < 0:
        raise Unanswered(f"a score is {words.fixed(min(scores))}; an entropy is of scores that are 0 or more")
    # By the largest first: the sum of numbers that are themselves the largest possible is none.
    largest = max(scores)
    if largest == 0:
        raise Unanswered("all scores are 0")
    parts = [score / largest for score in scores]
    total = math.fsum(parts)
    shares = (part / total for part in parts)
    entropy = -math.fsum(share * math.log(share) for share in shares if share > 0)
    return min(max(round(entropy / math.log(len(scores)), DECIMALS), 0.0), 1.0)


def _usual(answer: Any) -> Any:
    """The answer's own scores by label; else those in a member of that name; else its items."""
    if not isinstance(answer, dict):
        return known.items(answer)
    if answer and all(known.as_score(value) is not None for value in answer.values()):
        return answer
    listed = known.items(answer)
    if listed and listed[0] is answer:
        return next((answer[name] for name in _MEMBERS if isinstance(answer.get(name), list | dict)), listed)
    return listed


def _scored(value: Any) -> list[Scored]:
    if isinstance(value, dict):
        pairs = [(label, score) for label, score in value.items()]
    elif isinstance(value, list):
        pairs = [
            (words.shortened(known.as_label(known.label_of(item)) or f"class {place}"), known.score_of(item))
            for place, item in enumerate(value)
        ]
    else:
        raise Unanswered(f"Scores gives {words.repeated(value)}, not a list or an object of scores")
    return [(label, _usable(label, score)) for label, score in pairs]


def _usable(label: str, score: Any) -> float:
    number = known.as_score(score)
    if number is None:
        raise Unanswered(f"{label} has no usable score: {words.repeated(score)}")
    return number
