"""How models can be confined on this system: found out by trying, once, and told in the log."""

from __future__ import annotations

import functools
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from secondlook.hosting.errors import Refused
from secondlook.hosting.instances.kinds.local.confinement import bubblewrap, places
from secondlook.hosting.instances.kinds.local.confinement.confinement import Confinement
from secondlook.hosting.runtimes.confined import landlock, system_calls
from secondlook.hosting.runtimes.confined.plan import Level

log = logging.getLogger(__name__)

TRIAL_SECONDS = 30.0

SAYS = {
    Level.BUBBLEWRAP: "in namespaces of their own, by bubblewrap",
    Level.NAMESPACES: "in namespaces of their own, each as a user of its own",
    Level.LANDLOCK: "by Landlock and a filter of system calls",
    Level.LIMITS: "by limits of resources alone",
}

REMEDY = (
    "install bubblewrap (0.8 or later, `apt install bubblewrap`), or run the server on Linux 6.2 or later; "
    "--model-isolation limits runs such models without"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The strongest level that works here, and why those before it do not."""

    level: Level
    missing: tuple[str, ...] = ()


class Isolation:
    """`required` says whether limits of resources are not enough; `memory` is what one model may take, in bytes."""

    def __init__(self, *, required: bool, memory: int | None) -> None:
        self._required = required
        self._memory = memory or default_memory()

    def announce(self) -> None:
        """Find out, beside all else, and say in the log how models are confined."""
        threading.Thread(target=_announce, name="isolation", daemon=True).start()

    def confinement(self, data: Path) -> Confinement:
        """For code that must be confined. Raises Refused where it cannot be, or would see the data directory."""
        found = find()
        if found.level is Level.LIMITS and self._required:
            missing = "; ".join(found.missing)
            raise Refused(f"code of a model cannot be confined on this system ({missing}): {REMEDY}")
        if folder := places.shown(data, [sys.executable]):
            raise Refused(
                f"the data directory lies in {folder}, which models' code may read: move it elsewhere"
            )
        return Confinement(found.level, self._memory)


def default_memory() -> int:
    """Half of the machine's memory."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


@functools.cache
def find() -> Found:
    """Tries each level with a process that does nothing."""
    missing: list[str] = []
    for level, reason in _candidates():
        reason = reason or _trial(level)  # noqa: PLW2901
        if reason is None:
            return Found(level, tuple(missing))
        missing.append(f"{level}: {reason}")
    return Found(Level.LIMITS, tuple(missing))


def _candidates() -> Iterator[tuple[Level, str | None]]:
    """Each level, with the reason why it cannot even be tried, if there is one."""
    if sys.platform != "linux" or not system_calls.supported():
        yield Level.LANDLOCK, "it is part of Linux on x86-64 and 64-bit ARM"
        return
    yield Level.BUBBLEWRAP, None if bubblewrap.program() else "not installed"
    yield Level.NAMESPACES, None if os.geteuid() == 0 else "only root can make them"
    enough = landlock.version() >= landlock.ENOUGH
    yield Level.LANDLOCK, None if enough else "needs Linux 6.2 or later, with Landlock"


def _trial(level: Level) -> str | None:
    """None if a process at that level starts and finds our package, else what it said."""
    confinement = Confinement(level, default_memory())
    command = [sys.executable, "-I", "-c", "import secondlook.hosting.runtimes.call"]
    with TemporaryDirectory(prefix="secondlook-trial-") as scratch:
        own = None if confinement.has_namespaces else Path(scratch)
        plan = confinement.plan(command, Path(sys.prefix) / "bin", 0, own)
        try:
            tried = subprocess.run(  # noqa: S603  (our own command, no shell)
                confinement.entering(plan, command),
                capture_output=True,
                stdin=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=TRIAL_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    lines = tried.stderr.decode(errors="replace").strip().splitlines()
    return None if tried.returncode == 0 else (lines or [f"exit status {tried.returncode}"])[-1]


def _announce() -> None:
    found = find()
    missing = f" ({'; '.join(found.missing)})" if found.missing else ""
    log.warning(
        "models are confined %s%s", SAYS[found.level], missing
    )  # what is less is not said by a server
