"""Export what a flow definition's model and people have said, in a format of the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from secondlook.client.exporting.joining import DECISIONS, Asked, Joined
from secondlook.client.exporting.objects import Objects
from secondlook.client.formats import writers
from secondlook.client.formats.items import Answers, Item
from secondlook.client.formats.tally import Tally
from secondlook.client.formats.writers import WrongExport
from secondlook.client.service import Service

Heard = Callable[[int], None]


def export(
    service: Service,
    flow: str,
    form: str,
    place: Path,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    decisions: Iterable[str] = (),
    answers: Answers = "first",
    with_images: bool = False,
    at: str | None = None,
    heard: Heard = lambda _: None,
) -> Tally:
    """Write the export to `place`, which must not be there yet; `heard` is told of each input how many there were.

    Times without a zone are UTC. Raises SecondlookError for what cannot be asked, and what botocore raises.
    """
    wanted = tuple(dict.fromkeys(decision.lower() for decision in decisions))
    for decision in wanted:
        if decision not in DECISIONS:
            raise WrongExport(f"There is no decision {decision!r}: it is one of {', '.join(DECISIONS)}.")
    writers.check(form, answers, with_images=with_images, at=at)
    objects = Objects(service.client("s3"))
    joined = Joined(service, Asked(flow, _aware(since), _aware(until), wanted), objects)
    return writers.write(
        _counted(joined, heard), form, place, objects, answers=answers, with_images=with_images, at=at
    )


def _counted(items: Iterable[Item], heard: Heard) -> Iterator[Item]:
    for number, item in enumerate(items, 1):
        heard(number)
        yield item


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
