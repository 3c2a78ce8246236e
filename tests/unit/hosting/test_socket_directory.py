"""Directories of sockets: whose they are, and what becomes of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondlook.hosting.instances.kinds.local.socket_directory import SocketDirectory, remove_left_over
from tests import processes


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Not below pytest's own directory: the path of a Unix socket may have 107 characters at most."""
    with tempfile.TemporaryDirectory(prefix="s-", dir="/tmp") as directory:
        monkeypatch.setattr(tempfile, "tempdir", directory)
        yield Path(directory)


@pytest.fixture
def common(temporary: Path) -> Path:
    return temporary / f"secondlook-{os.geteuid()}"


def test_a_directory_is_its_owners_alone_and_its_number_nobody_elses(common: Path) -> None:
    one, other = SocketDirectory(), SocketDirectory()

    assert one.path.parent == common
    assert {path.stat().st_mode & 0o777 for path in (common, one.path)} == {0o700}
    assert one.number != other.number
    one.remove()
    assert [path.name for path in common.iterdir()] == [str(other.number)]
    other.remove()
    assert not common.exists()


def test_each_socket_has_a_path_of_its_own_and_ends_those_before_it(common: Path) -> None:
    directory = SocketDirectory()
    first, first_path = directory.listen()
    second, second_path = directory.listen()
    with first, second:
        assert first_path != second_path
        assert not first_path.exists()
        assert second_path.is_socket()
        assert len(str(second_path)) < 104  # what macOS takes
    directory.remove()
    directory.remove()


def test_a_directory_that_somebody_else_may_have_made_is_not_used(
    common: Path, caplog: pytest.LogCaptureFixture
) -> None:
    common.mkdir()
    common.chmod(0o755)

    directory = SocketDirectory()

    assert directory.path.parent != common
    assert directory.path.parent.stat().st_mode & 0o777 == 0o700
    assert "is not this account's alone" in caplog.text
    directory.remove()


def test_what_a_killed_server_left_is_removed_and_what_lives_is_not(common: Path) -> None:
    ours = SocketDirectory()
    program = (
        f"import tempfile; tempfile.tempdir = {tempfile.gettempdir()!r}\n"
        "from secondlook.hosting.instances.kinds.local.socket_directory import SocketDirectory\n"
        "directory = SocketDirectory(); listener = directory.listen()\n"
        "print(directory.number, flush=True); input()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with processes.running([sys.executable, "-c", program], **pipes) as server:
        theirs = common / server.stdout.readline().decode().strip()
        remove_left_over()
        assert theirs.is_dir()

        server.kill()
        server.wait()
        remove_left_over()

    assert not theirs.exists()
    assert ours.path.is_dir()
    ours.remove()
    remove_left_over()
