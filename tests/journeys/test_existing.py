"""Commands that open the database themselves work on the installation that is meant, or refuse: none makes another beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.commandline import CommandLine
from tests.running import Server, free_port

OPENING = [
    ("migrate",),
    ("vault", "rotate"),
    ("vault", "reset", "--yes"),
    ("people", "reset-password", "ada@example.org"),
]
"""What opens the database of an installation that must be there."""

MAKING = [("keys", "create", "k"), ("serve", "--tls-port", "0", "--port", str(free_port()))]
"""What may begin a new one."""


def name_of(command: Sequence[str]) -> str:
    return "-".join(command[:2])


def files(folder: Path) -> dict[Path, bytes]:
    """All that matters if it changes; a lock is for the moment."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


@pytest.fixture
def elsewhere(own_server: Server, postgres_url: str) -> Path:
    """The data directory of a stopped server that keeps its database in PostgreSQL."""
    own_server.settings["database"] = postgres_url
    own_server.start()
    own_server.stop()
    return own_server.data


@pytest.mark.parametrize("command", [*OPENING, *MAKING], ids=name_of)
def test_a_database_that_lies_elsewhere_is_named_and_no_other_made(
    elsewhere: Path, tmp_path: Path, command: Sequence[str]
) -> None:
    before = files(elsewhere)
    said = CommandLine(elsewhere, tmp_path).run(*command, code=1)

    assert f"The server of {elsewhere} keeps its database in" in said.err
    assert "set SECONDLOOK_DATABASE as for serve" in said.err
    assert before == files(elsewhere)


@pytest.mark.parametrize("command", [*OPENING, MAKING[0]], ids=name_of)
def test_a_key_without_a_database_is_no_installation(tmp_path: Path, command: Sequence[str]) -> None:
    """As a directory is that was restored from a copy of a PostgreSQL, and has not been started yet."""
    data = tmp_path / "data"
    data.mkdir(0o700)
    (data / "vault.key").touch(0o600)
    (data / "vault.key").write_text("A" * 43 + "=")
    before = files(data)
    said = CommandLine(data, tmp_path).run(*command, code=1)

    assert f"There is no database {data / 'secondlook.sqlite'}" in said.err
    assert before == files(data)


@pytest.mark.parametrize("command", OPENING, ids=name_of)
def test_a_data_directory_that_is_not_there_is_named_and_not_made(
    tmp_path: Path, command: Sequence[str]
) -> None:
    data = tmp_path / "mistyped"
    said = CommandLine(data, tmp_path).run(*command, code=1)

    assert f"There is no data directory {data}: name the server's with --data." in said.err
    assert not data.exists()


@pytest.mark.parametrize("command", OPENING[1:], ids=name_of)
def test_an_empty_database_of_postgresql_is_not_taken_for_the_right_one(
    postgres_url: str, tmp_path: Path, command: Sequence[str]
) -> None:
    data = tmp_path / "data"
    data.mkdir(0o700)
    env = {"SECONDLOOK_DATABASE": postgres_url}

    assert (
        "is empty: name the one that the server uses"
        in CommandLine(data, tmp_path, env).run(*command, code=1).err
    )
    assert {} == files(data)
