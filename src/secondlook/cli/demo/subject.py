"""What the demo shows a model and asks a person: one kind of doubt per Subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"

SURE = 0.90
"""At this score the demo believes the model; below it, a person looks again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw, in pixels of the picture, with what is written above it."""

    caption: str
    left: float
    top: float
    width: float
    height: float
    score: float | None = None


Outcome = tuple[Sequence[str], list[Sequence[Any]]]
"""Headings and rows of a table."""


class Subject(Protocol):
    """A product, a picture for it, and how its doubts are asked and its answers read."""

    product: str
    picture: Path
    headings: tuple[str, ...]  # of the table of predictions

    @property
    def template(self) -> str:
        """The worker task template."""

    @property
    def title(self) -> str: ...

    def row(self, prediction: Mapping[str, Any]) -> Sequence[Any]:
        """A prediction as a row under `headings`."""

    def question(self, doubtful: Sequence[Mapping[str, Any]], uri: str) -> dict[str, Any]:
        """The InputContent of the loop; `uri` is the picture in the object store."""

    def before(self, doubtful: Sequence[Mapping[str, Any]]) -> list[Mark]:
        """What the model said."""

    def after(self, doubtful: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> list[Mark]:
        """What the person said."""

    def outcome(self, doubtful: Sequence[Mapping[str, Any]], answer: Mapping[str, Any]) -> Outcome:
        """What became of each prediction."""


def doubtful(predictions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The predictions that a person should look at again."""
    return [prediction for prediction in predictions if prediction["score"] < SURE]


def mark(prediction: Mapping[str, Any]) -> Mark:
    """A prediction of either product: both answer edges in pixels."""
    return Mark(
        prediction["id"],
        prediction["left"],
        prediction["top"],
        prediction["right"] - prediction["left"],
        prediction["bottom"] - prediction["top"],
        prediction["score"],
    )
