"""Waiting for people: for one review, for several, or for all that is open of a flow definition."""

from __future__ import annotations

import time
from collections.abc import Iterable

from secondlook.client.connection import Connection, present
from secondlook.client.errors import SecondlookError
from secondlook.client.failures import in_words
from secondlook.client.looking import Progress, looks, news
from secondlook.client.review import NotYet, Review
from secondlook.names import last_part

UNFINISHED = ("InProgress", "Stopping")

COUNTED = 100
"""Open loops are counted up to this: one page of them."""


def wait(
    what: str | Review | Iterable[Review],
    timeout: float | None = None,
    progress: Progress | None = None,
    *,
    connection: Connection | None = None,
) -> None:
    """Return when people are done with reviews, or with all human loops of the flow definition that is named.

    However they ended: `Review.answers` says it of each. `progress` hears how many are open, as `print` would print it. Raises
    NotYet when the `timeout` in seconds is over; people go on, and one can wait again.
    """
    if isinstance(what, str):
        _until_none_is_open(present(connection), last_part(what), timeout, progress)
    else:
        _until_all_ended([what] if isinstance(what, Review) else list(what), timeout, progress)


def _until_all_ended(reviews: list[Review], timeout: float | None, progress: Progress | None) -> None:
    """One after the other: what ends meanwhile is found out when its turn comes."""
    for review in reviews:
        if not isinstance(review, Review):
            raise SecondlookError(
                f"wait takes what ask gave, or the name of a flow definition; not {review!r}."
            )
    ends = None if timeout is None else time.monotonic() + timeout
    tell = news(progress)
    for number, review in enumerate(reviews):
        tell(f"{number} of {len(reviews)} done")
        try:
            review.wait(None if ends is None else max(0, ends - time.monotonic()))
        except NotYet:
            raise NotYet(
                f"{number} of {len(reviews)} are done after {timeout:g} s; {review.loop} is not. Wait for them again."
            ) from None
    tell(f"{len(reviews)} of {len(reviews)} done")


def _until_none_is_open(
    here: Connection, flow: str, timeout: float | None, progress: Progress | None
) -> None:
    tell = news(progress)
    for count in looks(lambda: _open(here, flow), timeout):
        if not count:
            return
        tell(f"{'at least ' if count >= COUNTED else ''}{count} open in {flow}")
    raise NotYet(f"Human loops of {flow} are still open after {timeout:g} s. Wait for them again.")


def _open(here: Connection, flow: str) -> int:
    """How many loops are open, up to COUNTED."""
    with in_words():
        return sum(
            len(
                here.service.own.list_loops(FlowDefinitionName=flow, Status=status, MaxResults=COUNTED)[
                    "Loops"
                ]
            )
            for status in UNFINISHED
        )
