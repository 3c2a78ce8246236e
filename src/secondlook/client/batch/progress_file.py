"""What a batch has done, on disk: one line for each object, written when it is decided, so that a batch goes on where it was killed.

JSON Lines. The first says which batch it is; each other one names an object with its version and what was decided. Of the objects that are
done only digests of eight bytes are held: a million take 8 MB, and that two of a million are the same has a chance of 1 in 37
million.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from secondlook.client.batch.source import Thing
from secondlook.client.errors import SecondlookError

STATE = "XDG_STATE_HOME"


def usual_path(batch: Mapping[str, str]) -> Path:
    """Where the progress of a batch is kept unless it is said: below the user's state directory, found again from any folder."""
    state = Path(os.environ.get(STATE) or Path.home() / ".local" / "state")
    name = hashlib.sha256(json.dumps(batch, sort_keys=True).encode()).hexdigest()[:16]
    return state / "secondlook" / "batches" / f"{name}.jsonl"


class ProgressFile:
    """Open and locked from `open` to the end of the block."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self._done = array("Q")
        self._writing = threading.Lock()

    @classmethod
    def open(cls, path: Path, batch: Mapping[str, str], *, restart: bool = False) -> Self:
        """Raises SecondlookError where it belongs to another batch, another run holds it, or it cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not path.is_file():
                raise SecondlookError(f"The progress cannot be kept in {path}: it is no regular file.")
            file = path.open("a+b")
        except OSError as error:
            raise _unkept(path, error) from error
        try:
            return cls._of(path, file, batch, restart)
        except BaseException:
            file.close()
            raise

    @classmethod
    def _of(cls, path: Path, file: BinaryIO, batch: Mapping[str, str], restart: bool) -> Self:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SecondlookError(f"Another run of this batch is under way: it holds {path}.") from None
        if restart:
            file.truncate(0)
        progress = cls(path, file)
        progress._read(batch)
        return progress

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # whose write failed has heard it
            self._file.close()

    def has(self, thing: Thing) -> bool:
        """Whether this version of the object was done by an earlier run."""
        digest = _digest(thing)
        place = bisect_left(self._done, digest)
        return place < len(self._done) and self._done[place] == digest

    def write(self, thing: Thing, came: Mapping[str, Any]) -> None:
        """A line that is in the file when this returns. `came` has `decision`, or `error`: then it is tried again next time.

        Raises SecondlookError where the disk does not take it.
        """
        line = json.dumps({"uri": thing.uri, "etag": thing.etag, **came}).encode() + b"\n"
        with self._writing:
            self._append(line)

    def _append(self, line: bytes) -> None:
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise _unkept(self.path, error) from error

    def _read(self, batch: Mapping[str, str]) -> None:
        self._file.seek(0)
        lines = iter(self._whole_lines())
        heading = next(lines, None)
        if heading is None:
            self._append(json.dumps({"batch": batch}).encode() + b"\n")
            return
        if not isinstance(heading, dict) or heading.get("batch") != batch:
            raise SecondlookError(
                f"{self.path} has the progress of another batch, or is none: name another file, or begin anew with restart."
            )
        try:
            done = (Thing(line["uri"], line["etag"]) for line in lines if "decision" in line)
            self._done = array("Q", sorted(array("Q", map(_digest, done))))
        except (KeyError, TypeError):
            raise SecondlookError(
                f"{self.path} has a line that is no progress of a batch: begin anew with restart."
            ) from None

    def _whole_lines(self) -> Iterator[Any]:
        """What was cut off in the middle of a line is taken away."""
        end = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(end)
                return
            end += len(line)
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                raise SecondlookError(
                    f"{self.path} cannot be understood at byte {end - len(line):,}: begin anew with restart."
                ) from None


def _unkept(path: Path, error: OSError) -> SecondlookError:
    return SecondlookError(f"The progress cannot be kept in {path}: {error.strerror}.")


def _digest(thing: Thing) -> int:
    text = f"{thing.uri}\n{thing.etag}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
