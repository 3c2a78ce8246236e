"""SIGKILL again and again at random moments while people and programs are at work: nothing is lost, nothing is there twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import count

import pytest

from tests import processes
from tests.journeys.reviewing import Review
from tests.running import Server
from tests.scale import Scale

from .crowd import ANSWERS, Crowd, nothing_lost_doubled_or_stuck

WORKERS = [f"worker-{number}@example.org" for number in range(4)]

OPEN = 20
"""Loops that wait for answers at most: the queue is never empty, and has never to be worked off for long."""

MOST_ACTS, MOST_SECONDS = 12, 0.03
"""Between a start and the kill: so many confirmed acts and then so long, both at random, up to these."""


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_server_killed_at_random_moments_loses_nothing(
    fresh_server: Server, name: str, scale: Scale, figure: Callable[[str], None]
) -> None:
    crowd = Crowd(Review(fresh_server, name, WORKERS, ANSWERS), WORKERS)
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    enough = threading.Event()

    began = time.perf_counter()
    with crowd.at_work(partial(_keep_starting, crowd, enough)):
        try:
            for _ in range(scale.kills):
                _kill_and_start(crowd, moments)
        finally:
            enough.set()
    seconds = time.perf_counter() - began

    nothing_lost_doubled_or_stuck(crowd)
    figure(f"{scale.kills} kills, {crowd.account.pace(seconds)}")


def _keep_starting(crowd: Crowd, enough: threading.Event) -> None:
    account = crowd.account
    for number in count():
        while len(account.loops) * ANSWERS - len(account.answers) > OPEN * ANSWERS:
            if enough.wait(0.01):
                return
        if enough.is_set():
            return
        crowd.start([number])


def _kill_and_start(crowd: Crowd, moments: random.Random) -> None:
    """Kill the server in the middle of its work, and start it once every process of it is gone."""
    server, account = crowd.review.server, crowd.account
    acts = account.acts + moments.randint(0, MOST_ACTS)
    crowd.wait_for(lambda: account.acts >= acts)
    threading.Event().wait(moments.uniform(0, MOST_SECONDS))  # the random moment itself
    family = processes.descendants(server.process.pid)
    server.kill()
    processes.all_end(family)
    server.start()
