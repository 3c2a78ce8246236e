"""Secrets at rest: sealed in the database with a key that lies in a file beside it, readable by the server alone.

Whoever steals a copy of the database has no access key and no webhook secret; whoever has the data directory has both.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from secondlook.store.incoming import sync_directory

PRIVATE = 0o600

_OPEN = os.O_RDONLY | os.O_NONBLOCK
"""Without waiting for somebody who writes into a pipe."""


class VaultError(Exception):
    """The key file cannot be used; the message names it and says what would be right."""


class Vault:
    """Seals and opens texts with the key in the file `path`: its first line. Further lines are former keys, which open only.

    The file is made when there is none, unless there are secrets already that it would have to open (`is_new`).
    """

    def __init__(self, path: Path, *, is_new: bool = True) -> None:
        self._path = path
        if not is_new and not path.exists():
            raise VaultError(
                f"{path} is missing, and the database holds secrets that are sealed with it: put the file back, from the "
                "server that shares this database or from a backup. If it is lost, docs/operating.md says what is left to do."
            )
        self.keys = _keys(path)
        try:
            self._fernet = MultiFernet([Fernet(key) for key in self.keys])
        except ValueError as error:
            raise VaultError(
                f"{path} is not a key: it must hold 32 bytes as URL-safe base64. Put the original file back."
            ) from error

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """The text again; VaultError if another key sealed it, without a path: reasons of deliveries are read by clients."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise VaultError(
                f"The database holds secrets that were sealed with another key than the one in {self._path.name}: "
                "put the key file back that belongs to this database, or name the right database."
            ) from None


def _keys(path: Path) -> list[bytes]:
    try:
        handle = os.open(path, _OPEN)
    except FileNotFoundError:
        _make(path)
        handle = os.open(path, _OPEN)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise VaultError(f"{path} must be a regular file with the key. Put the original file back.")
    with os.fdopen(handle, "rb") as file:
        if mode & 0o077:
            raise VaultError(
                f"{path} has mode {stat.S_IMODE(mode):03o}, so others may read the key: run chmod 600 on it"
            )
        return file.read().split() or [b""]


def _make(path: Path) -> None:
    """Whole or not at all, and never over a key that another server has made meanwhile."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(handle)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        sync_directory(path.parent)
    finally:
        draft.unlink()
