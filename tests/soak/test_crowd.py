"""Many workers at once: each loop gets its answers, each once, and is told once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.running import Server
from tests.scale import Scale

from .loads.reviews import Reviews
from .loads.worker import HASTY
from .traffic import Traffic


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_crowd_answers_every_loop_once(
    fresh_server: Server, name: str, scale: Scale, figure: Callable[[str], None]
) -> None:
    crowd = Reviews(
        fresh_server, name, HASTY, workers=scale.workers, starters=4, open_=scale.loops, most=scale.loops
    )
    traffic = Traffic([crowd])

    began = time.perf_counter()
    with traffic.flowing():
        pass
    seconds = time.perf_counter() - began

    assert len(crowd.loops) == scale.loops
    traffic.verify()
    figure(f"{scale.workers} workers, {crowd.pace(seconds)}")
