"""Copies of the files that a product brings along, one for each variant of an endpoint: what runs changes only with the endpoint."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory


class Copies:
    """The copies on this server, as folders in `directory`, of products in `catalogs`. Safe to use from several threads."""

    def __init__(self, directory: Path, catalogs: Sequence[Path]) -> None:
        self._directory = directory
        self._catalogs = catalogs
        self._lock = threading.Lock()

    def copied(self, product: str, name: str) -> Path:
        """The copy called `name`; made of the product's files, `model/` or all, if there is none yet. Raises OSError."""
        copy = self._directory / name
        with self._lock:
            if not copy.is_dir():
                self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
                with TemporaryDirectory(dir=self._directory, prefix=".incoming-") as partial:
                    whole = Path(partial, name)
                    _copy_tree(self._source(product), whole)
                    whole.rename(copy)
        return copy

    def _source(self, product: str) -> Path:
        folders = [catalog / product for catalog in self._catalogs]
        folder = next(filter(Path.is_dir, folders), folders[-1])
        return folder / "model" if (folder / "model").is_dir() else folder

    def remove(self, name: str) -> None:
        if name:
            shutil.rmtree(self._directory / name, ignore_errors=True)

    def keep_only(self, names: Collection[str]) -> None:
        if self._directory.is_dir():
            for copy in self._directory.iterdir():
                if copy.name not in names:
                    self.remove(copy.name)


def _copy_tree(source: Path, target: Path) -> None:
    """What is linked to is copied, too. Raises OSError with the system's number, of which shutil.copytree keeps the words alone."""
    target.mkdir()
    for entry in source.iterdir():
        copy = _copy_tree if entry.is_dir() else _copy_file
        copy(entry, target / entry.name)


def _copy_file(source: Path, target: Path) -> None:
    """On disk before the copy gets its name, so that no copy is half of one after a power cut."""
    with source.open("rb") as original, target.open("xb") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
