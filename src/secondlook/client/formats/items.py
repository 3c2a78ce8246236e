"""What is exported: inputs with what the model and people say of them, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from secondlook.client.formats.annotations import Reading, Size
from secondlook.client.formats.answers import read
from secondlook.client.formats.tally import Tally

Answers = Literal["first", "each", "prediction"]

NOTHING = Reading(frozenset(), (), {})


WAITING = "whose human loop is under way"


@dataclass(frozen=True, slots=True)
class Answer:
    """One submitted assignment; times as output.json has them."""

    worker_id: str
    content: Mapping[str, Any]
    accepted_at: str | None = None
    submitted_at: str | None = None
    seconds: float | None = None  # of work, without pauses


@dataclass(frozen=True, slots=True)
class Item:
    """One input: a recorded prediction with the answers of its human loop, or a loop that was started without one."""

    id: str
    flow: str
    at: datetime
    uri: str | None = None
    content_type: str | None = None
    text: str | None = None  # what was labelled, where it is a text
    size: Size | None = None
    prediction: Reading = NOTHING
    answers: tuple[Answer, ...] = ()
    unanswered: str = WAITING  # why there are no answers, where there is a loop
    loop: str | None = None
    decision: str | None = None  # accept, review or audit; None where no prediction was recorded
    probability: float | None = None  # with which it was to be looked at
    reasons: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # that workers could choose from
    about: Mapping[str, str] = field(default_factory=dict)  # endpoint, model, policy, digest of the input


@dataclass(frozen=True, slots=True)
class Record:
    """An item with what counts of it: an answer, or where there is none the prediction."""

    item: Item
    reading: Reading
    answer: Answer | None = None
    number: int | None = None  # of the answer from 1, where each counts

    @property
    def id(self) -> str:
        return self.item.id if self.number is None else f"{self.item.id}#{self.number}"

    @property
    def source(self) -> str:
        return "prediction" if self.answer is None else "worker"

    @property
    def size(self) -> Size | None:
        return self.reading.size or self.item.size


def records(items: Iterable[Item], answers: Answers, tally: Tally) -> Iterator[Record]:
    """What counts of each item. One that somebody was asked about counts once it is answered: its prediction was in doubt."""
    for item in items:
        if answers == "prediction" or (not item.answers and item.loop is None):
            yield Record(item, item.prediction)
        elif not item.answers:
            tally.leave_out(item.unanswered)
        elif answers == "first":
            yield Record(item, read(item.answers[0].content), item.answers[0])
        else:
            for number, answer in enumerate(item.answers, 1):
                yield Record(item, read(answer.content), answer, number)
