"""The command line of bubblewrap for a plan: namespaces that its program makes, for root and for everybody else.

https://github.com/containers/bubblewrap; version 0.8 or later, the first that limits the size of what may be written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from secondlook.hosting.instances.kinds.local.confinement.places import DEVICES
from secondlook.hosting.runtimes.confined.plan import Plan


def program() -> str | None:
    """Where it is installed."""
    return shutil.which("bwrap", path="/usr/local/bin:/usr/bin:/bin")


def arguments(plan: Plan) -> list[str]:
    """All that comes before the command."""
    return list(_arguments(plan))


def _arguments(plan: Plan) -> Iterator[str]:
    yield program() or "bwrap"
    yield from ("--die-with-parent", "--new-session", "--unshare-ipc", "--unshare-pid", "--unshare-net")
    yield from ("--unshare-uts", "--hostname", "model", "--unshare-cgroup-try")
    if os.geteuid() == 0:  # a user of its own does without a namespace of users, and is nobody anywhere
        yield from ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    else:
        yield from ("--unshare-user", "--cap-drop", "ALL")
    # First of all, since what is to be seen may lie below it.
    yield from _room(plan.scratch, plan)
    yield from _ways_to(plan.read)
    for path in plan.read:
        yield from ("--ro-bind", path, path)
    for link in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if Path(link).is_symlink():
            yield from ("--symlink", str(Path(link).readlink()), link)
    yield from ("--proc", "/proc", "--dev", "/dev")
    devices = sorted({*plan.devices} - {*DEVICES})
    yield from _ways_to(devices)
    for device in devices:
        yield from ("--dev-bind", device, device)
    yield from _room("/dev/shm", plan)  # noqa: S108  (a file system of its own)
    yield from ("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--")


def _ways_to(paths: Iterable[str]) -> Iterator[str]:
    """The folders that paths lie in, which bwrap would make for root alone."""
    for folder in sorted({str(parent) for path in paths for parent in Path(path).parents} - {"/", "/dev"}):
        yield from ("--perms", "0755", "--dir", folder)


def _room(path: str, plan: Plan) -> tuple[str, ...]:
    """A file system in memory that may be written to."""
    return ("--perms", "1777", "--size", str(plan.scratch_size), "--tmpfs", path)
