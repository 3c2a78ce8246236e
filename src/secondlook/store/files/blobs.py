"""Bodies as files in 256 directories, named at random: a key, however odd, never becomes a file name."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from secondlook.store import disk
from secondlook.store.incoming import Incoming, sync_directory

log = logging.getLogger(__name__)

SHARDS = tuple(f"{number:02x}" for number in range(256))

_MOST_REPORTED = 10_000


class Lost(Exception):
    """The file of the blob `name` is missing or cut short."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Blobs:
    """The files below `root`. A blob's name is 32 hex digits; the first two are its directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for shard in SHARDS:
            directory = root / shard
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)
        sync_directory(root)
        self._reported: set[str] = set()

    def incoming(self) -> Incoming:
        return Incoming(self.path(secrets.token_hex(16)))

    def write(self, data: bytes) -> Incoming:
        """A blob of a body that is here already."""
        body = self.incoming()
        try:
            body.write(data)
        except BaseException:
            body.discard()
            raise
        return body

    def path(self, name: str) -> Path:
        return self.root / name[:2] / name[2:]

    def open(self, name: str, span: range, lost: Callable[[], Exception]) -> FileSpan:
        """The bytes at `span`. FileNotFoundError: the object has been replaced meanwhile, or the file is lost."""
        return FileSpan(self.path(name).open("rb", buffering=0), span, lost)

    def is_whole(self, name: str, size: int) -> bool:
        """Whether the file is there with all its bytes."""
        try:
            return self.path(name).stat().st_size == size
        except FileNotFoundError:
            return False

    def report_lost(self, name: str, where: str) -> None:
        """Tell who runs the server, once for each file, that the body of `where` is lost."""
        if name in self._reported:
            return
        if len(self._reported) == _MOST_REPORTED:
            self._reported.clear()
        self._reported.add(name)
        log.error(
            "the body of %s is lost: %s is missing or cut short; put the file back from a backup",
            where,
            self.path(name),
        )

    def join(self, sizes: Mapping[str, int]) -> Incoming:
        """A new blob of those named, one behind the other; its MD5 means nothing. Raises Lost for one that has not all its bytes."""
        lost = next((name for name, size in sizes.items() if not self.is_whole(name, size)), None)
        if lost is not None:
            raise Lost(lost)
        whole = self.incoming()
        try:
            for name in sizes:
                self._append(whole, name)
        except BaseException:
            whole.discard()
            raise
        return whole

    def _append(self, whole: Incoming, name: str) -> None:
        try:
            with self.path(name).open("rb", buffering=0) as source:
                whole.append(source.fileno())
        except (FileNotFoundError, EOFError) as error:
            raise Lost(name) from error

    def names(self, shard: str) -> Iterator[str]:
        with os.scandir(self.root / shard) as entries:
            for entry in entries:
                yield shard + entry.name

    def remove_older(self, name: str, moment: float) -> bool:
        """Remove a blob unless it was written to after `moment` (seconds since 1970)."""
        path = self.path(name)
        with suppress(OSError):
            if path.stat().st_mtime < moment:
                path.unlink()
                return True
        return False


def name_of(body: Incoming) -> str:
    return body.path.parent.name + body.path.name


class FileSpan:
    """Reads no further than the end of a span. `lost` makes the error that says whose bytes are missing."""

    def __init__(self, file: IO[bytes], span: range, lost: Callable[[], Exception]) -> None:
        self._file = file
        self._left = len(span)
        self._lost = lost
        if span.start:
            file.seek(span.start)

    def read(self, most: int, /) -> bytes:
        """Up to so many bytes, none at the end of the span. Raises what `lost` makes if the file was cut short since it was
        opened, DiskFailed if it cannot be read.
        """
        with disk.translated(Path(self._file.name), "read"):
            chunk = self._file.read(min(most, self._left)) if self._left else b""
        if self._left and most and not chunk:
            raise self._lost()
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()
