"""Limits of resources, as every system has them. What runs afterwards can only lower them."""

from __future__ import annotations

import contextlib
import resource
from pathlib import Path

from secondlook.hosting.runtimes.confined.plan import Plan

FILES = 1024
"""Files and connections that a process may have open."""


def be_first_to_go() -> None:
    """When the machine has no memory left, it is this process that the kernel ends, and not the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def apply(plan: Plan) -> None:
    """Set them. Memory is what a process has for itself, not what it maps: libraries reserve far more addresses than they use."""
    _at_most(resource.RLIMIT_CORE, 0)
    _at_most(resource.RLIMIT_NOFILE, FILES)
    _at_most(resource.RLIMIT_FSIZE, plan.scratch_size)
    _at_most(resource.RLIMIT_DATA, plan.memory)
    _at_most(resource.RLIMIT_NPROC, plan.processes)


def _at_most(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (lowest, lowest))
