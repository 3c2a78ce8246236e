"""What lies in the directories of an installation; whatever holds other things is somebody else's, and left as it is.

A directory is ours when it is new, or empty, or has a file that nobody else's has, or nothing but what we put there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from secondlook.app.lock import LOCK
from secondlook.settings import SettingError
from secondlook.store.files.blobs import SHARDS
from secondlook.store.objects import LABEL

VAULT = "vault.key"
SERVER_ID = "server-id"
CLIENT_FILE = "client.json"
DATABASE = "secondlook.sqlite"

_OF_THE_SYSTEM = frozenset({"lost+found"})
"""In the root of a file system that is otherwise empty."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`marks` are names that only such a directory has; `shared_names` lie there too, but may be anybody's (`logs`)."""

    name: str
    marks: frozenset[str]
    shared_names: frozenset[str]

    def check_ours(self, path: Path) -> None:
        """SettingError, before anything is touched, for a directory that is there and somebody else's."""
        if not path.is_dir() or not os.access(path, os.R_OK | os.X_OK):
            return
        present = {entry.name for entry in path.iterdir()} - _OF_THE_SYSTEM
        if present & self.marks:
            return
        if strange := sorted(name for name in present if not self._is_ours(name)):
            raise SettingError(
                f"{path.resolve()} is no {self.name} of secondlook: {strange[0]!r} lies in it. Nothing was changed; "
                "name a new or empty directory, or the one that was used before."
            )

    def _is_ours(self, name: str) -> bool:
        """Also what is left of a file that was being written, and what whoever starts a server has it log to."""
        return name.endswith(".log") or any(
            name == ours or name.startswith(f".{ours}.") for ours in self.marks | self.shared_names
        )


DATA_DIRECTORY = Layout(
    "data directory",
    marks=frozenset({DATABASE, VAULT, SERVER_ID}),
    shared_names=frozenset(
        {
            LOCK,
            CLIENT_FILE,
            "artifacts",
            "captures",
            "catalog",
            "environments",
            "logs",
            "mail",
            "models",
            "objects",
            "own-models",
            "tls",
        }
    ),
)

DIRECTORY_OF_OBJECTS = Layout(
    "directory of objects", marks=frozenset({LABEL}), shared_names=frozenset(SHARDS)
)
