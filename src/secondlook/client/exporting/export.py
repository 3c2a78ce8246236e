"""Export what a flow definition's model and people have said, in a format of the field."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path

from secondlook.client.connection import Connection, present
from secondlook.client.exporting.joining import DECISIONS, Asked, Joined
from secondlook.client.exporting.objects import Objects
from secondlook.client.failures import in_words
from secondlook.client.formats import writers
from secondlook.client.formats.items import Answers, Item
from secondlook.client.formats.tally import Tally
from secondlook.client.formats.writers import WrongExport
from secondlook.client.results import Since, moment
from secondlook.client.service import Service
from secondlook.names import last_part

Heard = Callable[[int], None]


def export(
    flow: str,
    format: str,  # noqa: A002  (the word of the field)
    out: str | os.PathLike[str],
    *,
    since: Since = None,
    until: Since = None,
    decision: str | Iterable[str] = (),
    answers: Answers = "first",
    images: bool = False,
    at: str | None = None,
    connection: Connection | None = None,
) -> Tally:
    """Write predictions of a flow definition and people's answers to `out`, a file or folder that is not there yet.

    `format` is "jsonl", "coco", "yolo", "voc", "parquet" or "manifest" (docs/export.md). `since` and `until` are a time, a span until
    now, or a date as text. `decision` takes only predictions that were "accept", "review" or "audit", or several of these. `answers`
    says what counts: the "first", "each", or the "prediction" whatever people say. With `images` the pictures come along (coco, yolo,
    voc); `at`, an s3:// URI, is where a manifest will find its masks.

    Says how many inputs were written, and what could not be, and why. Raises SecondlookError.
    """
    wanted = decisions((decision,) if isinstance(decision, str) else decision)
    with in_words():
        return write(
            present(connection).service,
            Asked(last_part(flow), moment(since), moment(until), wanted),
            format,
            Path(out),
            answers=answers,
            with_images=images,
            at=at,
        )


def decisions(given: Iterable[str]) -> tuple[str, ...]:
    """As they are recorded, each once; WrongExport for what is none."""
    wanted = tuple(dict.fromkeys(decision.lower() for decision in given))
    for decision in wanted:
        if decision not in DECISIONS:
            raise WrongExport(f"There is no decision {decision!r}: it is one of {', '.join(DECISIONS)}.")
    return wanted


def write(
    service: Service,
    asked: Asked,
    form: str,
    place: Path,
    *,
    answers: Answers,
    with_images: bool,
    at: str | None,
    heard: Heard = lambda _: None,
) -> Tally:
    """The same with clients of botocore's and what they raise; `heard` is told of each input how many there were."""
    writers.check(form, answers, with_images=with_images, at=at)
    objects = Objects(service.client("s3"))
    with closing(_counted(Joined(service, asked, objects), heard)) as items:
        return writers.write(items, form, place, objects, answers=answers, with_images=with_images, at=at)


def _counted(items: Iterable[Item], heard: Heard) -> Generator[Item]:
    for number, item in enumerate(items, 1):
        heard(number)
        yield item
