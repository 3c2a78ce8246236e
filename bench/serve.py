"""From `secondlook serve` to the first answer, and its memory at rest, against a bare Starlette application."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil

from bench.figure import Figure, in_turns
from bench.rounds import Rounds
from bench.server import fresh_directory
from tests import processes
from tests.running import free_port

HELLO = """
import os, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def hello(request):
    return PlainTextResponse("hello")

uvicorn.run(Starlette(routes=[Route("/", hello)]), port=int(os.environ["SECONDLOOK_PORT"]), http="httptools", log_level="error")
"""

MOST_SECONDS = 1.5
MOST_MEGABYTES = 150

REST = 3
"""Seconds after the first answer when memory is looked at: children have started, nothing is asked."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    """A first start makes keys, certificate and tables; a later one finds them."""
    with fresh_directory() as directory:
        fresh = (directory / f"data-{number}" for number in count())
        known = directory / "known"
        _first_answer(_secondlook(known))
        yield _start(
            "First start to first answer",
            *in_turns(
                rounds.starts,
                lambda: _first_answer(_secondlook(next(fresh))),
                lambda: _first_answer(_hello()),
            ),
        )
        yield _start(
            "Later start to first answer",
            *in_turns(
                rounds.starts, lambda: _first_answer(_secondlook(known)), lambda: _first_answer(_hello())
            ),
        )
        ours, bare, ratio = in_turns(
            rounds.memory, lambda: _memory(_secondlook(known)), lambda: _memory(_hello())
        )
    yield Figure(
        "Memory at rest, all processes, no model",
        f"{ours:.0f} MB",
        f"bare Starlette: {bare:.0f} MB",
        f"{ratio:.1f}",
        f"≤ {MOST_MEGABYTES} MB",
        ours <= MOST_MEGABYTES,
    )


def _start(what: str, ours: float, bare: float, ratio: float) -> Figure:
    yardstick = f"bare Starlette: {bare:.2f} s"
    return Figure(
        what, f"{ours:.2f} s", yardstick, f"{ratio:.1f}", f"≤ {MOST_SECONDS} s", ours <= MOST_SECONDS
    )


Started = tuple[list[str], dict[str, str]]
"""A command, which takes its port from the environment, and what else it finds there."""


def _secondlook(data: Path) -> Started:
    return [sys.executable, "-m", "secondlook.cli", "serve"], {
        "SECONDLOOK_DATA": str(data),
        "SECONDLOOK_TLS_PORT": str(free_port()),
    }


def _hello() -> Started:
    return [sys.executable, "-c", HELLO], {}


@contextmanager
def _running(command: Started) -> Iterator[tuple[int, float]]:
    """The process's id, and the seconds until its first answer."""
    arguments, environment = command
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        arguments,
        env={**os.environ, **environment, "SECONDLOOK_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise RuntimeError(f"{arguments} ended with {process.returncode}")
            time.sleep(0.002)
        yield process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/")
        return line.getresponse().status < 500
    except OSError:
        return False
    finally:
        line.close()


def _first_answer(command: Started) -> float:
    with _running(command) as (_, seconds):
        return seconds


def _memory(command: Started) -> float:
    """Megabytes resident, of the process and all its children; what they share is counted for each."""
    with _running(command) as (process, _):
        time.sleep(REST)
        family = {psutil.Process(process), *processes.descendants(process)}
        return sum(member.memory_info().rss for member in family) / 2**20
