"""Log groups and streams as CloudWatch Logs names them, and the files of this server that they stand for.

`/aws/sagemaker/Endpoints/<endpoint>` has a stream `<variant>/<instance>` for each instance, `/aws/sagemaker/TransformJobs` a stream
`<job>/<instance>`. What other servers of the same database run, they log themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from secondlook.hosting.logs.line import Line, parsed

ENDPOINTS = "/aws/sagemaker/Endpoints/"
TRANSFORM_JOBS = "/aws/sagemaker/TransformJobs"

ENDING = ".log"
EARLIER = ".1"
"""What a file is called in addition that was full."""


@dataclass(frozen=True, slots=True)
class Event:
    """`at` in milliseconds since 1970; `position` counts the lines of the stream that came in the same millisecond."""

    at: int
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Stream:
    """One instance's log: `file`, and beside it the one that was full before, if there is one."""

    name: str
    file: Path

    @property
    def files(self) -> list[Path]:
        """Those that are there, the earlier first."""
        files = (self.file.with_name(self.file.name + EARLIER), self.file)
        return [file for file in files if file.is_file()]

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(_size(file) for file in self.files)

    @property
    def written(self) -> float:
        """When something last came, in seconds since 1970; 0 where the file has gone."""
        return _written(self.file)

    def events(self) -> Iterator[Event]:
        """Every line that says something, in its order. A line without a time has that of the one before it; times never go back."""
        at: int | None = None
        position = 0
        for line in self._lines():
            if at is None:
                at, position = self._beginning() if line.at is None else line.at, 0
            later = max(at, line.at or 0)
            at, position = later, 0 if later > at else position
            if line.text:
                yield Event(at, position, line.text)
                position += 1

    def _lines(self) -> Iterator[Line]:
        """Those that are ended. Both files are opened before either is read: one that is full meanwhile loses nothing."""
        with ExitStack() as closing:
            begun = b""
            for file in _opened((self.file, self.file.with_name(self.file.name + EARLIER)), closing):
                for text in file:
                    if not text.endswith(b"\n"):
                        begun += text  # the next file goes on with it, or it is still to come
                        continue
                    yield parsed(begun + text[:-1])
                    begun = b""

    def _beginning(self) -> int:
        """The time of lines that a release without times wrote: that of the first with one, else of the last writing."""
        first = next((line.at for line in self._lines() if line.at is not None), None)
        return first if first is not None else round(max(map(_written, self.files), default=0.0) * 1000)


@dataclass(frozen=True, slots=True)
class Folder:
    """The logs of one endpoint, or of one transform job: `owner` is its name, `group` that of the group."""

    group: str
    owner: str
    path: Path

    def streams(self) -> list[Stream]:
        if self.group == TRANSFORM_JOBS:
            return [Stream(f"{self.owner}/{file.stem}", file) for file in _files(self.path)]
        return [Stream("/".join(file.stem.rsplit("-", 1)), file) for file in _files(self.path)]


class Logs:
    """The logs below `directory`, `<data>/logs`."""

    def __init__(self, directory: Path) -> None:
        self._endpoints = directory / "endpoints"
        self._transform_jobs = directory / "transform-jobs"

    def folders(self, group: str | None = None) -> list[Folder]:
        """Those of a group, or all. Raises LookupError where there is no such group."""
        every = [
            *(Folder(ENDPOINTS + path.name, path.name, path) for path in _folders(self._endpoints)),
            *(Folder(TRANSFORM_JOBS, path.name, path) for path in _folders(self._transform_jobs)),
        ]
        if group is None:
            return every
        found = [folder for folder in every if folder.group == group]
        if not found:
            raise LookupError(group)
        return found

    def groups(self) -> list[str]:
        """Their names, in order."""
        return sorted({folder.group for folder in self.folders()})

    def streams(self, group: str) -> list[Stream]:
        """The streams of a group, by name. Raises LookupError where there is no such group."""
        found = [stream for folder in self.folders(group) for stream in folder.streams()]
        return sorted(found, key=lambda stream: stream.name)


def _folders(directory: Path) -> Iterator[Path]:
    if directory.is_dir():
        yield from (folder for folder in directory.iterdir() if folder.is_dir())


def _files(folder: Path) -> Iterator[Path]:
    """Also one that has just been taken away, since it was full, and is not there again yet."""
    try:
        names = {file.name.removesuffix(EARLIER) for file in folder.iterdir()}
    except FileNotFoundError:  # it has just been deleted
        names = set()
    return (folder / name for name in names if name.endswith(ENDING))


def _opened(newest_first: tuple[Path, Path], closing: ExitStack) -> list[BinaryIO]:
    """Those that are there, the earlier first; a file that was set aside between the two is one."""
    files: list[BinaryIO] = []
    for path in newest_first:
        with suppress(FileNotFoundError):
            file = closing.enter_context(path.open("rb"))
            if not any(os.path.sameopenfile(file.fileno(), other.fileno()) for other in files):
                files.append(file)
    return files[::-1]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
