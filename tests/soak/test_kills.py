"""SIGKILL again and again at random moments while everything is going on: nothing is lost, doubled or stuck."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

import pytest

from tests import processes
from tests.running import Server
from tests.scale import Scale

from .loads import everything
from .loads.webhooks import MoodyReceiver
from .remains import nothing_is_left
from .traffic import Traffic

MOST_ACTS, MOST_SECONDS = 24, 0.03
"""Between a start and the kill: so many confirmed acts and then so long, both at random, up to these."""

LONG_LIFE = 10
"""Every so many-th server lives until everybody's act is confirmed: some take longer than most lives."""


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_server_killed_at_random_moments_loses_nothing(
    fresh_server: Server, name: str, receiver: MoodyReceiver, scale: Scale, figure: Callable[[str], None]
) -> None:
    traffic = Traffic(everything(fresh_server, name, receiver))
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    moments = random.Random(seed)

    began = time.perf_counter()
    with traffic.flowing():
        for number in range(scale.kills):
            if number % LONG_LIFE == 0:
                traffic.wait_for_everybody()
            _kill_and_start(fresh_server, traffic, moments)
    seconds = time.perf_counter() - began

    traffic.verify()
    nothing_is_left(fresh_server)
    figure(f"{scale.kills} kills, {traffic.acts:,} acts confirmed in {seconds:,.0f} s")


def _kill_and_start(server: Server, traffic: Traffic, moments: random.Random) -> None:
    """Kill the server in the middle of its work, and start it once every process of it is gone."""
    acts = traffic.acts + moments.randint(0, MOST_ACTS)
    traffic.wait_for(lambda: traffic.acts >= acts)
    threading.Event().wait(moments.uniform(0, MOST_SECONDS))  # the random moment itself
    family = processes.descendants(server.process.pid)
    server.kill()
    processes.all_end(family)
    server.start()
