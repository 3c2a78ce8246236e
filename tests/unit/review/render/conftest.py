"""Renderers for tests, and the processes they start, as the operating system sees them."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secondlook.review.render import Renderer


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(workers=1) as renderer:
        yield renderer


@pytest.fixture(scope="session")
def link() -> Callable[[str], str]:
    """A grant."""
    return lambda uri: f"https://here/{uri.removeprefix('s3://')}?a=1&b=2"


@pytest.fixture(scope="session")
def children() -> Callable[..., set[int]]:
    """`children(pid)`: the living rendering processes of a process, by default of this one."""
    if sys.platform != "linux":
        pytest.skip("looks into /proc")

    def children(parent: int | None = None) -> set[int]:
        lists = Path(f"/proc/{parent or os.getpid()}/task").glob("*/children")
        pids = {int(pid) for each in lists for pid in each.read_text().split()}
        return {pid for pid in pids if b"secondlook.review.render.child" in _command(pid)}

    return children


def _command(pid: int) -> bytes:
    try:
        # Empty once the process has ended.
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def watch() -> Iterator[Callable[[int], Callable[[], bool]]]:
    """`ends = watch(pid)` now, and `ends()` later: whether that process ended, which is waited for."""
    descriptors: list[int] = []

    def watch(pid: int) -> Callable[[], bool]:
        descriptors.append(os.pidfd_open(pid))
        poll = select.poll()
        poll.register(descriptors[-1], select.POLLIN)
        return lambda: bool(poll.poll(60_000))

    yield watch
    for descriptor in descriptors:
        os.close(descriptor)
