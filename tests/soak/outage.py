"""Something that the server needs is taken away in flight, and given back, again and again."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from itertools import product

from botocore.exceptions import ClientError

from tests.running import Server, eventually

from .confirming import UNAVAILABLE, status
from .traffic import Traffic

MOST_ACTS, MOST_SECONDS = 60, 0.05
"""Before it is taken away: so many confirmed acts and then so long, both at random, up to these."""

PATIENCE = 55
"""Seconds within which a client is told: less than an SDK waits for an answer."""

Away = Callable[[], AbstractContextManager[None]]
"""While the block runs, it is not there."""


def survive(traffic: Traffic, troubles: Sequence[Away], ask: Callable[[], object], times: int) -> None:
    """Each outage so often, in turns for a moment and until `ask` is answered with 503; then until all goes on."""
    for turn, (index, away) in product(range(times), enumerate(troubles)):
        _wait_for_a_moment(traffic)
        with away():
            if (turn + index) % 2 == 0:
                eventually(lambda: _is_unavailable(ask), PATIENCE)
        _wait_for(traffic, acts=1)


def _wait_for_a_moment(traffic: Traffic) -> None:
    _wait_for(traffic, acts=random.randint(0, MOST_ACTS))
    threading.Event().wait(random.uniform(0, MOST_SECONDS))


def _wait_for(traffic: Traffic, acts: int) -> None:
    enough = traffic.acts + acts
    traffic.wait_for(lambda: traffic.acts >= enough)


def loops_of(server: Server) -> Callable[[], object]:
    """A question that only the database can answer."""
    own = server.client("secondlook", read_timeout=PATIENCE)
    return lambda: own.list_loops(MaxResults=1)


def _is_unavailable(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except ClientError as error:
        if status(error) != UNAVAILABLE:
            raise
        return True
    return False
