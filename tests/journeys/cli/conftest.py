"""The command line against a running server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commandline import CommandLine, of
from tests.running import Server


@pytest.fixture
def command(sqlite_server: Server, tmp_path: Path) -> CommandLine:
    return of(sqlite_server, tmp_path)


@pytest.fixture
def worker(command: CommandLine, name: str) -> str:
    """The address of somebody in a team called `name`."""
    command.run("team", "create", name, "--invite", f"{name}@example.org")
    return f"{name}@example.org"
