"""The command `secondlook` in a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondlook.testing import Server as LocalServer
from tests import processes
from tests.mirror import MIRROR
from tests.running import COMMAND, Server, free_port


@dataclass
class CommandLine:
    """Runs commands in a directory, against the server whose data directory is `data`.

    A command that starts a server itself does so on `port`: the usual one is the user's.
    """

    data: Path | None
    cwd: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    command: Sequence[str] = COMMAND
    port: int = field(default_factory=free_port)

    @property
    def env(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        if self.data is not None:
            kept["SECONDLOOK_DATA"] = str(self.data)
        if MIRROR is not None:
            kept["SECONDLOOK_MIRROR"] = str(MIRROR)
        kept["SECONDLOOK_PORT"] = str(self.port)
        return {**kept, **self.extra}

    @contextmanager
    def running(self, *arguments: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
        """A command under way, ended with the block, and what it started with it, whatever happens in it."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        options_of_process = {"cwd": self.cwd, "env": self.env, "text": True, **pipes, **options}
        with processes.running([*self.command, *arguments], **options_of_process) as process:
            yield process

    def run(self, *arguments: str, said: str | None = None, code: int = 0) -> Said:
        """The finished command; `said` goes to its stdin. Fails unless it ends with `code`."""
        with self.running(*arguments, stdin=subprocess.PIPE) as process:
            out, err = process.communicate(said or "", timeout=120)

        assert process.returncode == code, f"{arguments} ended with {process.returncode}\n{out}\n{err}"
        assert "Traceback" not in err
        return Said(out, err)


@dataclass(frozen=True)
class Said:
    """What a command wrote."""

    out: str
    err: str


def of(server: Server | LocalServer, cwd: Path) -> CommandLine:
    return CommandLine(server.data, cwd)
