"""What lies in the data directory is closed to other accounts, whatever the umask and whatever was there before."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from secondlook.app.private import private_directory
from secondlook.settings import SettingError
from tests.commandline import CommandLine
from tests.products import put_product
from tests.running import Server, eventually

from .reviewing import Review

ECHO = "def model_fn(folder): return None\ndef predict_fn(data, model): return data\n"


@contextmanager
def careless() -> Iterator[None]:
    """A umask that takes nothing away, for whatever is started meanwhile."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(data: Path) -> list[str]:
    return sorted(
        f"{stat.S_IMODE(path.lstat().st_mode):03o} {path.relative_to(data)}"
        for path in [data, *data.rglob("*")]
        if not path.is_symlink() and path.lstat().st_mode & 0o077
    )


def test_everything_that_a_server_makes_is_private(own_server: Server, name: str) -> None:
    with careless():
        own_server.start()
    review = Review(own_server, name)
    review.start(name)
    review.worker()
    mail = own_server.data / "mail"
    eventually(lambda: list(mail.glob("*.eml")))

    files = {path.name for path in own_server.data.iterdir()}
    assert {"secondlook.sqlite", "objects", "mail", "tls", "vault.key", "client.json", "lock"} <= files
    assert [] == open_to_others(own_server.data)


def test_what_an_earlier_release_left_open_is_closed_and_named(own_server: Server) -> None:
    data = own_server.data
    own_server.start()
    own_server.client("s3").create_bucket(Bucket="pictures")
    own_server.stop()
    data.chmod(0o755)
    (data / "secondlook.sqlite").chmod(0o644)
    (data / "objects").chmod(0o755)
    (data / "tls" / "key.pem").chmod(0o644)
    put_product(data, "echo", ECHO, "application/json")
    own_server.start()
    own_server.client("s3").head_bucket(Bucket="pictures")

    assert [] == open_to_others(data)
    assert "were open to others and are not any more" in own_server.log
    assert "secondlook.sqlite" in own_server.log


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777])
@pytest.mark.parametrize("command", [("serve", "--port", "8799"), ("migrate",), ("keys", "create", "k")])
def test_a_directory_that_others_can_write_to_is_refused(
    tmp_path: Path, mode: int, command: tuple[str, ...]
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(mode)
    said = CommandLine(data, tmp_path).run(*command, code=1)

    assert f"Others can write to the data directory {data} (mode {mode:o})" in said.err
    assert f"chmod go-w {data}" in said.err
    assert [] == list(data.iterdir())


@pytest.mark.parametrize("place", ["objects", "tls", "catalog/mine"])
def test_so_is_one_inside_that_others_can_write_to(tmp_path: Path, place: str) -> None:
    data = tmp_path / "data"
    (data / place).mkdir(parents=True)
    data.chmod(0o700)
    (data / place).chmod(0o777)
    said = CommandLine(data, tmp_path).run("serve", "--port", "8799", "--tls-port", "0", code=1)

    assert f"Others can write to the file or directory {data / place} (mode 777)" in said.err


def test_so_is_a_directory_of_objects_elsewhere(tmp_path: Path) -> None:
    objects = tmp_path / "objects"
    objects.mkdir()
    objects.chmod(0o777)
    said = CommandLine(tmp_path / "data", tmp_path).run(
        "serve", "--port", "8799", "--tls-port", "0", "--objects", str(objects), code=1
    )

    assert f"Others can write to the directory of objects {objects} (mode 777)" in said.err


def test_a_directory_of_somebody_else_s_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=rf"belongs to user {os.geteuid()}, and this runs as user 4711"):
        private_directory(tmp_path, "data directory", user=4711)


def test_a_vault_key_that_others_could_read_is_refused_not_repaired(own_server: Server) -> None:
    own_server.start().stop()
    (own_server.data / "vault.key").chmod(0o644)
    said = CommandLine(own_server.data, own_server.data.parent).run("serve", "--port", "8799", code=1)

    assert "vault.key has mode 644, so others may read the key" in said.err
