"""Secrets come back with their own key file and with no other."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from secondlook.store.vault import Vault, VaultError


def test_a_sealed_text_is_opened_by_the_same_key_file(tmp_path: Path) -> None:
    sealed = Vault(tmp_path / "key").seal("geheim ✓")

    assert Vault(tmp_path / "key").open(sealed) == "geheim ✓"
    assert b"geheim" not in sealed


def test_the_key_file_is_private(tmp_path: Path) -> None:
    Vault(tmp_path / "key")

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    Vault(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)

    with pytest.raises(VaultError, match=r"mode 644.*chmod 600"):
        Vault(tmp_path / "key")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_a_key_file_that_is_no_file_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "key")

    with pytest.raises(VaultError, match=rf"{tmp_path / 'key'} must be a regular file"):
        Vault(tmp_path / "key")


def test_a_key_of_another_database_is_named(tmp_path: Path) -> None:
    sealed = Vault(tmp_path / "one").seal("text")

    with pytest.raises(VaultError, match=r"sealed with another key than the one in two: ") as failed:
        Vault(tmp_path / "two").open(sealed)
    assert str(tmp_path) not in str(failed.value)


def test_a_missing_key_is_not_replaced_where_there_are_secrets(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match=r"key is missing, and the database holds secrets"):
        Vault(tmp_path / "key", is_new=False)

    assert [] == list(tmp_path.iterdir())


def test_former_keys_open_and_the_first_one_seals(tmp_path: Path) -> None:
    former = Vault(tmp_path / "former")
    sealed = former.seal("text")
    new = Vault(tmp_path / "new")
    both = tmp_path / "both"
    both.touch(0o600)
    both.write_bytes(b"\n".join([*new.keys, *former.keys]))
    vault = Vault(both)

    assert "text" == vault.open(sealed)
    assert "more" == new.open(vault.seal("more"))


def test_a_file_that_is_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("hello")
    (tmp_path / "key").chmod(0o600)

    with pytest.raises(VaultError, match="is not a key"):
        Vault(tmp_path / "key")
