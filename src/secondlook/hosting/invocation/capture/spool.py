"""Spool files: captured lines that lie in the data directory until they are an object of their bucket.

    captures/<id>.open     lines are added
    captures/<id>.jsonl    complete, to be written to the bucket

The first line says which object the others become, so a file can be finished by whoever finds it: after a crash, what was open is
complete, without the line that was being written. An object that is written twice is the same object.
"""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from secondlook.store.incoming import private, sync_directory

OPEN = ".open"
CLOSED = ".jsonl"


@dataclass(frozen=True, slots=True)
class Target:
    """The object that a spool file becomes."""

    bucket: str
    key: str
    key_id: str  # of KMS, or empty

    @classmethod
    def of(cls, bucket: str, folder: str, at: datetime, key_id: str) -> Self:
        """A new object of a folder: minute, second and millisecond of its first line, and a name that nobody else has."""
        return cls(bucket, f"{folder}{at:%M-%S}-{at.microsecond // 1000:03}-{uuid.uuid4()}{CLOSED}", key_id)


class SpoolFile:
    """A spool file that lines are added to, by one thread. Raises OSError where the disk does not take them."""

    def __init__(self, directory: Path, target: Target) -> None:
        self._path = directory / f"{uuid.uuid4()}{OPEN}"
        self.size = 0
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file: IO[bytes] = open(self._path, "xb", buffering=0, opener=private)  # noqa: SIM115  (it outlives this call)
        try:
            self.add(json.dumps(asdict(target)).encode() + b"\n")
        except OSError:
            self._file.close()
            self._path.unlink(missing_ok=True)
            raise

    def add(self, line: bytes) -> None:
        """All of it, or nothing."""
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            self._file.truncate(self.size)
            self._file.seek(self.size)
            raise
        self.size += len(line)

    def sync(self) -> None:
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Complete: it may be written to its bucket. Where it cannot be synced, it is as complete as a disk lets it be."""
        try:
            self.sync()
        finally:
            self._file.close()
            self._path.rename(self._path.with_suffix(CLOSED))
            sync_directory(self._path.parent)


def complete(directory: Path) -> None:
    """What an earlier process has left open is complete."""
    for path in directory.glob(f"*{OPEN}"):
        path.rename(path.with_suffix(CLOSED))


def completed(directory: Path) -> list[Path]:
    """The files that wait to be written to their buckets, the oldest first."""

    def age(path: Path) -> float:
        return path.stat().st_mtime

    return sorted(directory.glob(f"*{CLOSED}"), key=age)


def read(path: Path) -> tuple[Target, bytes] | None:
    """A complete file's target and its whole lines; None where a cut of power has left not even one."""
    head, _, lines = path.read_bytes().partition(b"\n")
    whole = lines[: lines.rfind(b"\n") + 1]
    try:
        target = Target(**json.loads(head))
    except (ValueError, TypeError):
        return None
    return (target, whole) if whole else None
