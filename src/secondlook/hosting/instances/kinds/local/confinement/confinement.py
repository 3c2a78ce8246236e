"""One way of confining, as a command around the command of a runtime."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from secondlook.hosting.instances.kinds.local.confinement import bubblewrap, places, usage
from secondlook.hosting.instances.kinds.local.socket_directory import SocketDirectory
from secondlook.hosting.runtimes.confined.plan import Level, Plan

PROCESSES = 1024
"""Processes and threads of one model."""

SCRATCH = 512 << 20
"""Bytes that a model may have in its temporary folder."""

TEMPORARY = "/tmp"  # noqa: S108  (a file system of its own)

USERS = (2_000_000_000, 62_000)
"""Where numbers of users begin that nobody has, according to systemd's and Debian's lists; the second where there are only 65,536."""

_FEW_USERS = 2_000
"""Models at a time, where there are few."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What one model may take: `memory` in bytes, `processes` with their threads."""

    level: Level
    memory: int
    processes: int = PROCESSES

    @property
    def has_namespaces(self) -> bool:
        """Whether everything that a model has started ends with the first process of its namespaces."""
        return self.level in {Level.BUBBLEWRAP, Level.NAMESPACES}

    def plan(self, command: Sequence[str], model_dir: Path, number: int, scratch: Path | None) -> Plan:
        """`number` is this model's alone on this machine; `scratch` a folder, where it has no file system of its own."""
        readable = places.readable(command, model_dir)
        alone = self.has_namespaces
        return Plan(
            level=self.level,
            user=_user(number) if alone and os.geteuid() == 0 else None,
            read=readable if alone else (*readable, *places.OF_EVERYBODY),
            devices=places.devices(),
            scratch=str(scratch or TEMPORARY),
            scratch_size=SCRATCH,
            # A leak is seen by the guard before allocations begin to fail, so that the process is started afresh.
            memory=self.memory + self.memory // 4,
            # Where the user is not the model's own, all that this user runs counts.
            processes=self.processes + (0 if alone and os.geteuid() == 0 else usage.tasks_of(os.geteuid())),
        )

    def around(self, command: Sequence[str], model_dir: Path, directory: SocketDirectory) -> list[str]:
        """The whole command for a process of the instance whose directory that is. Raises OSError."""
        scratch = None if self.has_namespaces else directory.scratch()
        plan = self.plan(command, model_dir, directory.number, scratch)
        if plan.user is not None:
            _open_to_read(model_dir)
            if command[0] != sys.executable:  # an environment of the model's own
                _open_to_read(places.environment(Path(command[0])))
        return self.entering(plan, command)

    def entering(self, plan: Plan, command: Sequence[str]) -> list[str]:
        """The whole command that follows a plan and becomes `command`."""
        enter = [sys.executable, "-I", "-m", "secondlook.hosting.runtimes.confined.enter", plan.as_json()]
        before = bubblewrap.arguments(plan) if self.level is Level.BUBBLEWRAP else []
        return [*before, *enter, *command]

    def environment(self, directory: SocketDirectory) -> Mapping[str, str]:
        """Variables that say where it may write, and who it is where no list of users says so."""
        scratch = TEMPORARY if self.has_namespaces else str(directory.path / "tmp")
        return {"HOME": scratch, "TMPDIR": scratch, "USER": "model", "LOGNAME": "model"}


def _user(number: int) -> int:
    """The user of the model with this number. All models have others, so that none can signal or trace another."""
    many, few = USERS
    return many + number if _has_user(many) else few + number % _FEW_USERS


def _has_user(user: int) -> bool:
    ranges = (map(int, line.split()) for line in Path("/proc/self/uid_map").read_text().splitlines())
    return any(first <= user < first + count for first, _, count in ranges)


def _open_to_read(folder: Path) -> None:
    """Let other users read what is ours in it, should they come there: the data directory around it stays closed to them."""
    for path in _all_of(folder):
        mode = path.lstat().st_mode
        wanted = mode | (0o055 if stat.S_ISDIR(mode) or mode & 0o100 else 0o044)
        if wanted != mode and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(wanted))


def _all_of(folder: Path) -> Iterator[Path]:
    yield folder
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files))
