"""What is exported of a flow definition: its recorded predictions with the answers to them, then loops that had none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from secondlook.client import outputs
from secondlook.client.exporting import recorded
from secondlook.client.exporting.objects import Objects, parsed
from secondlook.client.exporting.side_by_side import in_order
from secondlook.client.formats.characters import is_picture
from secondlook.client.formats.items import WAITING, Answer, Item
from secondlook.client.looking import FINAL
from secondlook.client.service import Service

DECISIONS = ("accept", "review", "audit")

PAGE = 100

ENDED = "whose human loop has ended without an answer: it failed, or was stopped"
DELETED = "whose human loop is deleted"
NOT_WRITTEN = "whose output.json cannot be read: it was not written, or is not there any more"

_ABOUT = ("EndpointName", "VariantName", "ModelName", "ModelVersion", "PolicyVersion", "InputSha256", "Group")

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which inputs: of a flow definition, of a time, and of `decisions` where some are named."""

    flow: str
    since: datetime | None = None
    until: datetime | None = None
    decisions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A recorded prediction, or a loop without one."""

    prediction: Document | None
    loop: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class _Loop:
    """What came of one."""

    content: Any = None
    answers: tuple[Answer, ...] = ()
    unanswered: str = WAITING


class Joined:
    """The items, a few at a time: a page of what is listed, and some loops whose output is being read."""

    def __init__(self, service: Service, asked: Asked, objects: Objects) -> None:
        self._service = service
        self._asked = asked
        self._objects = objects
        self._with_prediction: set[bytes] = set()  # digests of loops' names: 60 MB for a million

    def __iter__(self) -> Iterator[Item]:
        return in_order(self._item, self._sources())

    def _sources(self) -> Iterator[_Source]:
        """Loops have no decision, so where decisions are named only predictions count."""
        for decision in self._asked.decisions or (None,):
            yield from self._predictions(decision)
        if not self._asked.decisions:
            yield from self._loops()

    def _predictions(self, decision: str | None) -> Iterator[_Source]:
        wanted = {
            "Decision": decision and decision.capitalize(),
            "CreationTimeAfter": self._asked.since,
            "CreationTimeBefore": self._asked.until,
        }
        given: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
        for prediction in self._service.every(
            "secondlook",
            "list_predictions",
            "Predictions",
            FlowDefinitionName=self._asked.flow,
            SortOrder="Ascending",
            MaxResults=PAGE,
            **given,
        ):
            loop = prediction.get("HumanLoopName")
            if loop:
                self._with_prediction.add(_digest(loop))
            yield _Source(prediction, loop, prediction["CreationTime"])

    def _loops(self) -> Iterator[_Source]:
        since, until = self._asked.since, self._asked.until
        for loop in self._service.every(
            "secondlook", "list_loops", "Loops", FlowDefinitionName=self._asked.flow, MaxResults=PAGE
        ):
            at = loop["CreationTime"]
            if since and at < since:
                return  # the newest come first
            if (until is None or at < until) and _digest(loop["HumanLoopName"]) not in self._with_prediction:
                yield _Source(None, loop["HumanLoopName"], at)

    def _item(self, source: _Source) -> Item:
        loop = self._loop(source.loop) if source.loop else _Loop()
        content = recorded.content(loop.content)
        said: Document = source.prediction or {}
        uri = said.get("InputUri") or content.uri
        content_type = said.get("ContentType")
        return Item(
            id=said.get("PredictionId") or str(source.loop),
            flow=self._asked.flow,
            at=source.at,
            uri=uri,
            content_type=content_type,
            text=content.text,
            prediction=recorded.prediction(
                said["Objects"],
                of_picture=is_picture(content_type, uri),
                size=lambda: self._objects.size_at(uri) if uri else None,
            )
            if source.prediction
            else content.initial,
            answers=loop.answers,
            unanswered=loop.unanswered,
            loop=source.loop,
            decision=said["Decision"].lower() if source.prediction else None,
            probability=said.get("Probability"),
            reasons=tuple(said.get("Reasons", ())),
            labels=content.labels,
            about={name: said[name] for name in _ABOUT if name in said},
        )

    def _loop(self, name: str) -> _Loop:
        try:
            described = self._service.own.describe_loop(HumanLoopName=name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ResourceNotFound":
                return _Loop(unanswered=DELETED)
            raise
        loop, content = described["Loop"], parsed(described["InputContent"])
        if loop["HumanLoopStatus"] not in FINAL:
            return _Loop(content)
        if not loop["Answers"]:
            return _Loop(content, unanswered=ENDED)
        answers = outputs.answers(self._objects.document(loop["OutputS3Uri"]))
        return _Loop(content, answers, NOT_WRITTEN)


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=8).digest()
