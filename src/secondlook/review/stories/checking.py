"""The one render at the start of a loop that finds errors before a worker does [lifecycle.md]: of the template, and of the page.

A link is signed without a look at its object, as AWS signs: what is not there may come. That it is not there when the
loop starts is reported to the requester, who may have written the name wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from secondlook.names import Place
from secondlook.review import events, report
from secondlook.review import loop as loops
from secondlook.review.decisions import event
from secondlook.review.render import RenderFailed
from secondlook.store.errors import NoSuchBucket, NoSuchKey, ObjectError
from secondlook.store.objects import Objects
from secondlook.store.tables import loop, loop_input, template

log = logging.getLogger(__name__)

MOST_LOOKED_AT = 20
"""Objects of one page; each is a question to storage."""

LONGEST_REASON = 1024
"""Characters of a FailureReason that the service model lets through."""

# Asked for every loop that starts, so it is built once.
_UNCHECKED = (
    select(
        loop.c.id, loop.c.flow_id, loop.c.template, template.c.content, loop_input.c.content, loop.c.buckets
    )
    .select_from(loop)
    .join(template, template.c.sha256 == loop.c.template)
    .join(loop_input, loop_input.c.loop_id == loop.c.id)
    .where(
        loop.c.id.in_(bindparam("ids", expanding=True)), loop.c.ready.is_(False), loop.c.closing_at.is_(None)
    )
)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A template's text, the JSON text that it is to be rendered with, and the buckets that it may name (`grantor`)."""

    loop_id: int
    flow_id: int
    template_hash: str
    template: str
    input_content: str
    buckets: list[str] | None

    @property
    def share(self) -> str:
        """Checks of one flow definition wait for each other (`outbox.owe`)."""
        return str(self.flow_id)


def unchecked(cx: Connection, loop_ids: Sequence[int]) -> dict[int, Unchecked]:
    """What is to be rendered, by loop; without those that passed already, are closing or are gone."""
    return {row.id: Unchecked(*row) for row in cx.execute(_UNCHECKED, {"ids": loop_ids})}


def missing(objects: Objects, named: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each object, named by bucket and key, that cannot be read now; blocks.

    Nothing is said of more than MOST_LOOKED_AT, nor while storage does not answer.
    """
    sentences = []
    for bucket, key in list(dict.fromkeys(named))[:MOST_LOOKED_AT]:
        try:
            objects.head(bucket, key)
        except (NoSuchBucket, NoSuchKey) as error:
            sentences.append(f"The page is given s3://{bucket}/{key} to read, but: {str(error).rstrip('.')}.")
        except (ObjectError, OSError) as error:
            log.warning("it could not be seen whether s3://%s/%s is there: %s", bucket, key, error)
            break
    return sentences


def all_passed(cx: Connection, loop_ids: Sequence[int], _now: datetime) -> Collection[int]:
    """Offer these loops to workers; answers those of which that is settled now. Whoever is locked by others is left."""
    return loops.all_rendered(cx, loop_ids)


def passed(cx: Connection, loop_id: int, problems: Iterable[str], place: Place, now: datetime) -> None:
    """Offer the loop to workers, and tell the requester what is wrong with its page all the same."""
    row = loops.rendered(cx, loop_id)
    if row is None:
        return
    for problem in problems:
        text = report.keep(cx, loop_id, None, problem, now)
        if text is None:
            continue
        announcement = event.page_problem(
            place,
            loop_name=row.name,
            flow_name=row.flow_name,
            created_at=row.created_at,
            worker_id=None,
            message=text,
            now=now,
        )
        events.announce(cx, announcement, row.name, row.flow_name, now)


def failure_reason(failures: Sequence[RenderFailed]) -> str:
    """AWS's sentence around the codes and texts of failures: as many as it has room for, and how many more there are."""
    items = [f"{failed.code}: '{failed.message}'" for failed in failures]
    shown = len(items)
    while shown > 1 and len(_sentence(items, shown)) > LONGEST_REASON:
        shown -= 1
    return _sentence(items, shown)


def _sentence(items: Sequence[str], shown: int) -> str:
    more = [f"and {len(items) - shown} more"] if shown < len(items) else []
    return f"Task failed to render: [ {', '.join([*items[:shown], *more])} ]."
