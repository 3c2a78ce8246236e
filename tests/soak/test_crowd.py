"""Many workers at once: each loop gets its answers, each once, and is told once."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest

from tests.journeys.reviewing import Review
from tests.running import Server
from tests.scale import Scale

from .crowd import ANSWERS, Crowd, nothing_lost_doubled_or_stuck

STARTERS = 4


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_crowd_answers_every_loop_once(
    fresh_server: Server, name: str, scale: Scale, figure: Callable[[str], None]
) -> None:
    workers = [f"worker-{number}@example.org" for number in range(scale.workers)]
    crowd = Crowd(Review(fresh_server, name, workers, ANSWERS), workers)

    parts = [range(first, scale.loops, STARTERS) for first in range(STARTERS)]

    began = time.perf_counter()
    with crowd.at_work(*(partial(crowd.start, part) for part in parts)):
        pass
    seconds = time.perf_counter() - began

    assert len(crowd.account.loops) == scale.loops
    nothing_lost_doubled_or_stuck(crowd)
    figure(f"{scale.workers} workers, {crowd.account.pace(seconds)}")
