"""The command that is tried: `--secondlook PATH` names one that was installed from a wheel; else it is this environment's."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.commandline import CommandLine
from tests.running import COMMAND, Server

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="session")
def command(pytestconfig: pytest.Config) -> Sequence[str]:
    path = pytestconfig.getoption("--secondlook")
    if path is None:
        return COMMAND
    program = Path(path).absolute()
    imported = subprocess.run(
        [program.with_name("python"), "-I", "-c", "import secondlook; print(secondlook.__file__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not Path(imported.stdout).is_relative_to(SOURCE), "the package comes from the source tree"
    return [str(program)]


@pytest.fixture
def shell(command: Sequence[str], tmp_path: Path) -> CommandLine:
    """A command line in an empty directory, where no server runs."""
    return CommandLine(None, tmp_path, command=command)


@pytest.fixture(scope="module")
def server(command: Sequence[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("installed") / "data", command=command) as server:
        yield server.start()
