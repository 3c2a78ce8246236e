"""Processes that tests start: what they inherit, what they start in turn, and what is left of them."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import psutil

INHERITED = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM)
"""Signals that a shell's background job or `nohup` may ignore; whoever ignores one hands that on to its children."""

PR_SET_CHILD_SUBREAPER = 36


def ignore_without_handing_on() -> None:
    """Go on ignoring what this process was told to ignore, but start children with every signal at its default.

    A handler, unlike SIG_IGN, does not survive exec.
    """
    for number in INHERITED:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, INHERITED)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies, so that none is out of sight. Only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(pid: int | None = None) -> set[psutil.Process]:
    """The living processes below a process, by default below this one."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return set(filter(lives, psutil.Process(pid).children(recursive=True)))
    return set()


def descendants_and_orphans(pid: int) -> set[psutil.Process]:
    """The living processes below a process, and those directly below this one, which is where its orphans are once they are adopted.

    What else runs below this process, as the connections of a database that other tests use, comes and goes by itself.
    """
    own = filter(lives, psutil.Process().children())
    return descendants(pid) | set(own)


def models(pid: int) -> list[psutil.Process]:
    """The model processes below a server's."""
    found = []
    for process in descendants(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            command = process.cmdline()
            # One that has just ended has no command any more.
            if command and "python" in command[0] and any("hosting.runtimes." in word for word in command):
                found.append(process)
    return found


def lives(process: psutil.Process) -> bool:
    """Whether it runs; one that has ended and was not waited for does not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def all_end(processes: Iterable[psutil.Process], seconds: float = 30) -> None:
    """Return once none of them lives; those that still do in the end are killed, and an AssertionError names them."""
    _, left = psutil.wait_procs(list(processes), seconds)
    lines = command_lines(left)
    kill(left)
    assert not lines, "processes were left running:\n" + "\n".join(lines)


@contextlib.contextmanager
def running(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process under way, ended with the block, and what it started with it, whatever happens in it.

    `options` are those of Popen.
    """
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[Any]) -> None:
    """SIGKILL to a process and to all that it started, whatever session that is in."""
    family = descendants(process.pid)
    process.kill()
    kill(family)
    process.wait()


def kill(processes: Iterable[psutil.Process]) -> None:
    _each(processes, psutil.Process.kill)


@contextlib.contextmanager
def frozen(pid: int) -> Iterator[None]:
    """While the block runs, a process and all that it started stand still: what they hold stays open."""
    family = [psutil.Process(pid), *descendants(pid)]
    _each(family, psutil.Process.suspend)
    try:
        yield
    finally:
        _each(family, psutil.Process.resume)


def _each(processes: Iterable[psutil.Process], act: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            act(process)


def command_lines(processes: Iterable[psutil.Process]) -> list[str]:
    """Their command lines, one a line, for a report."""
    lines = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            lines.append(f"{process.pid}: {' '.join(process.cmdline())} (in {process.cwd()})")
    return lines
