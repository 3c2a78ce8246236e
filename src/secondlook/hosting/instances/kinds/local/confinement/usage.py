"""What processes take of the machine, as Linux tells it in /proc. Elsewhere nothing is known, and all counts are 0."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

FRESH_SECONDS = 0.5
"""For so long a look at all processes serves all who ask."""

_PAGE = os.sysconf("SC_PAGE_SIZE")
_lock = threading.Lock()
_last: tuple[float, dict[int, Process]] = (-FRESH_SECONDS, {})


@dataclass(frozen=True, slots=True)
class Process:
    """What /proc/PID/stat says."""

    pid: int
    parent: int
    session: int
    tasks: int
    resident: int
    has_ended: bool  # and only was not waited for


def all_processes() -> dict[int, Process]:
    """By process id; at most half a second old."""
    global _last  # noqa: PLW0603  (one look for all who ask)
    with _lock:
        if time.monotonic() - _last[0] > FRESH_SECONDS:
            _last = (time.monotonic(), {process.pid: process for process in _look()})
        return _last[1]


def of_model(pid: int) -> list[Process]:
    """A process, what it and its descendants have started, and what is of its session."""
    processes = all_processes()
    children = defaultdict(list)
    for process in processes.values():
        children[process.parent].append(process.pid)
    found = {pid, *(process.pid for process in processes.values() if process.session == pid)}
    unseen = list(found)
    while unseen:
        fresh = [child for child in children[unseen.pop()] if child not in found]
        found.update(fresh)
        unseen += fresh
    return [processes[pid] for pid in found if pid in processes and not processes[pid].has_ended]


def memory(processes: list[Process], enough: int) -> int:
    """Bytes that they hold. Shared pages count once where the sum would be over `enough`: that costs the kernel some work."""
    held = sum(process.resident for process in processes)
    return held if held <= enough else sum(map(_proportional, processes))


def tasks_of(user: int) -> int:
    """Processes and threads of a user, those that were not waited for too: limits count them."""
    count = 0
    for process in all_processes().values():
        with contextlib.suppress(OSError):
            count += max(1, process.tasks) if Path(f"/proc/{process.pid}").stat().st_uid == user else 0
    return count


def init_of(pid: int) -> int | None:
    """The child of a process that has only one."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    return None


def is_over(folder: Path, size: int, files: int) -> bool:
    """Whether a folder holds more bytes or files than that; looks no further than it must."""
    for place, folders, names in os.walk(folder):
        files -= len(folders) + len(names)
        for name in names:
            with contextlib.suppress(OSError):
                size -= os.lstat(os.path.join(place, name)).st_blocks * 512  # noqa: PTH118  (of a million files)
        if size < 0 or files < 0:
            return True
    return False


def _look() -> list[Process]:
    processes = []
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208  (often, and of many)
            if name.isdigit():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    processes.append(_read(int(name)))
    return processes


def _read(pid: int) -> Process:
    with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123
        fields = file.read().rpartition(b")")[2].split()
    numbers = int(fields[1]), int(fields[3]), int(fields[17]), int(fields[21]) * _PAGE
    return Process(pid, *numbers, has_ended=fields[0] in b"ZX")


def _proportional(process: Process) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return process.resident
