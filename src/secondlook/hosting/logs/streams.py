"""Log groups and streams as CloudWatch Logs names them, and the files of this server that they stand for.

`/aws/sagemaker/Endpoints/<endpoint>` has a stream `<variant>/<instance>` for each instance, `/aws/sagemaker/TransformJobs` a stream
`<job>/<instance>`. What other servers of the same database run, they log themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

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

    def events(self) -> Iterator[Event]:
        """Every line that says something, in its order. A line without a time has that of the one before it; times never go back."""
        at, position = _beginning(self.files), 0
        for line in chain.from_iterable(map(_lines, self.files)):
            later = max(at, line.at or 0)
            at, position = later, 0 if later > at else position
            if line.text:
                yield Event(at, position, line.text)
                position += 1


class Logs:
    """The logs below `directory`, `<data>/logs`."""

    def __init__(self, directory: Path) -> None:
        self._endpoints = directory / "endpoints"
        self._transform_jobs = directory / "transform-jobs"

    def groups(self) -> list[str]:
        """Their names, in order."""
        names = [ENDPOINTS + folder.name for folder in _folders(self._endpoints)]
        return sorted([*names, TRANSFORM_JOBS] if any(_folders(self._transform_jobs)) else names)

    def streams(self, group: str) -> list[Stream]:
        """The streams of a group, by name. Raises LookupError where there is no such group."""
        if group not in self.groups():
            raise LookupError(group)
        if group == TRANSFORM_JOBS:
            found = [
                Stream(f"{job.name}/{file.stem}", file)
                for job in _folders(self._transform_jobs)
                for file in _files(job)
            ]
        else:
            folder = self._endpoints / group.removeprefix(ENDPOINTS)
            found = [Stream("/".join(file.stem.rsplit("-", 1)), file) for file in _files(folder)]
        return sorted(found, key=lambda stream: stream.name)


def _folders(directory: Path) -> Iterator[Path]:
    if directory.is_dir():
        yield from (folder for folder in directory.iterdir() if folder.is_dir())


def _files(folder: Path) -> Iterator[Path]:
    """Also one that has just been taken away, since it was full, and is not there again yet."""
    names = {file.name.removesuffix(EARLIER) for file in folder.iterdir()}
    return (folder / name for name in names if name.endswith(ENDING))


def _lines(file: Path) -> Iterator[Line]:
    try:
        with file.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    return  # the rest of it is still to come
                yield parsed(line[:-1])
    except FileNotFoundError:  # taken away in this moment: it was full, and is the earlier one now
        return


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _beginning(files: list[Path]) -> int:
    """When a log without times was written last, for want of a better."""
    try:
        return round(files[0].stat().st_mtime * 1000) if files and _first(files[0]).at is None else 0
    except OSError:
        return 0


def _first(file: Path) -> Line:
    with file.open("rb") as lines:
        return parsed(lines.readline().rstrip(b"\n"))
