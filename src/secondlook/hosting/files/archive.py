"""A model's archive, unpacked: SageMaker's `model.tar.gz`, with what `model_fn` loads and the script in `code/`.

An archive is hostile until it is unpacked: plain files and folders are taken, only into a fresh folder, within limits, and all or
nothing [decision 48]. Source: [hosting.md, Container contract].
"""

from __future__ import annotations

import errno
import gzip
import os
import tarfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, Self

from secondlook.hosting.errors import NotPrepared, Refused
from secondlook.hosting.files.deadline import NONE, Deadline
from secondlook.hosting.files.names import Names, shown
from secondlook.store.disk import outwards
from secondlook.store.incoming import private, sync_directory

ENDINGS = (".tar.gz", ".tgz")

MOST_BYTES = 20 << 30
"""Of all that is in one archive, unpacked."""

MOST_RATIO, FREE_BYTES = 100, 1 << 30
"""Unpacked, an archive may be so many times as large as it is, and so many bytes in any case."""

CHUNK = 1 << 16
"""Bytes read at a time, and the most that a header of its own (PAX, GNU's long names) may have: it is read in one piece."""

MANY = 1000
"""So many files are written out together first: one after the other, each waits for the disk, which takes four times as long."""

MOST_HEADERS = 8
"""Of one member."""

MOST_PAX = 100
"""Values that stand in headers for all members: each member gets a copy of them."""


_OURS = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR, errno.EAGAIN, errno.ESTALE),
    }
)
"""What the system says of this server and its disk; whatever else it says is about the archive's names."""


class Readable(Protocol):
    def read(self, most: int, /) -> bytes: ...


def unpacked(archive: Path, deadline: Deadline = NONE) -> Path:
    """The folder beside the archive with what is in it; unpacked once. Raises Refused; NotPrepared."""
    folder = archive.parent / "model"
    if not folder.is_dir():
        with TemporaryDirectory(dir=archive.parent, prefix=".unpacking-") as partial:
            unpack(archive, Path(partial, folder.name), archive.name, deadline)
            put(Path(partial, folder.name), folder)
    return folder


def unpack(archive: Path, folder: Path, name: str, deadline: Deadline = NONE) -> None:
    """Unpack into `folder`, which is not there yet; all of it is on disk when this returns. `name` is what errors call the archive.

    Raises Refused where the archive is not taken, whoever tries; NotPrepared where this server cannot unpack it just now. The folder
    is then to be removed with what has come so far.
    """
    try:
        folder.mkdir(mode=0o700)
        with gzip.open(archive) as stream:
            _unpack(_Forward(stream, archive.stat().st_size, name, deadline), folder)
        sync_tree(folder)
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, RecursionError) as error:
        is_ours = isinstance(error, OSError) and error.errno in _OURS
        raise (NotPrepared if is_ours else Refused)(
            f"{name} cannot be unpacked: {outwards(error)}"
        ) from error


def write(place: Path, content: Readable, deadline: Deadline = NONE) -> None:
    """A file of a model, for this account alone; `sync_tree` puts it on disk. Raises OSError, also where there is one already; NotPrepared."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(place, "xb", opener=private) as file:
        while piece := content.read(CHUNK):
            deadline.check()
            file.write(piece)


def sync_tree(folder: Path) -> None:
    """Make files and names below a folder durable."""
    tree = [(Path(path), names) for path, _, names in os.walk(folder)]
    if sum(len(names) for _, names in tree) > MANY:
        os.sync()
    for path, names in tree:
        for name in names:
            with (path / name).open("rb") as file:
                os.fsync(file.fileno())
        sync_directory(path)


def put(folder: Path, place: Path) -> None:
    """Give a finished folder its name, durably. Another that was faster has the same. Raises NotPrepared."""
    try:
        folder.rename(place)
        sync_directory(place.parent)
    except OSError as error:
        if not place.is_dir():
            raise NotPrepared(f"{place.name} cannot be put in its place: {outwards(error)}") from error


def _unpack(stream: _Forward, folder: Path) -> None:
    names = Names(stream.name)
    file: Any = stream  # it reads, seeks and tells, and no more is asked of it
    with tarfile.TarFile(fileobj=file, tarinfo=_Member) as members:
        for member in members:
            if not (member.isfile() or member.isdir()) or member.issparse():
                raise Refused(
                    f"{stream.name} holds {shown(member.name)}, which is no file or folder of the model's own: "
                    "pack plain files by names from the model's directory"
                )
            place = folder / names.path(member.name, is_file=member.isfile())
            stream.expect(member.size)
            try:
                if content := members.extractfile(member):
                    with content:
                        write(place, content)
                else:
                    place.mkdir(mode=0o700, parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as error:
                raise Refused(
                    f"{stream.name} holds {shown(member.name)} where another member stands in its way: give every file a place of its own"
                ) from error
            member.pax_headers = {}  # they are kept until the last member is read
            if len(members.pax_headers) > MOST_PAX:
                raise Refused(f"{stream.name} has more than {MOST_PAX} values in headers for all members")
        stream.end()


_BROKEN: tuple[type[tarfile.HeaderError], ...] = (
    tarfile.InvalidHeaderError,  # type: ignore[attr-defined]
    tarfile.TruncatedHeaderError,  # type: ignore[attr-defined]
)
"""What tarfile takes for the end of an archive."""


class _Member(tarfile.TarInfo):
    """A member whose headers are few, and no silent end of the archive where they are none."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
        stream: Any = tarfile_.fileobj
        stream.count_header()
        try:
            member = super().fromtarfile(tarfile_)
        except _BROKEN as error:
            raise tarfile.ReadError(str(error)) from error
        if member.size < 0:
            raise tarfile.ReadError("a member is smaller than nothing")
        stream.headers = 0
        return member


class _Forward:
    """A decompressed archive, read once from its beginning to its end, and no further than the limits go."""

    def __init__(self, stream: gzip.GzipFile, packed: int, name: str, deadline: Deadline) -> None:
        self.name = name
        self._deadline = deadline
        self.headers = 0
        self._stream = stream
        self._at = 0
        self._most = min(MOST_BYTES, max(FREE_BYTES, packed * MOST_RATIO))

    def read(self, size: int) -> bytes:
        if not 0 <= size <= CHUNK:
            raise tarfile.ReadError(f"a header has {size:,} bytes, and may have {CHUNK:,}")
        self._deadline.check()
        piece = self._stream.read(size)
        self.expect(len(piece))
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        return self._at

    def seek(self, position: int) -> None:
        if position < self._at:
            raise tarfile.ReadError("a member lies before the one that it follows")
        while self._at < position:
            if not self.read(min(CHUNK, position - self._at)):
                raise tarfile.ReadError("unexpected end of data")

    def expect(self, size: int) -> None:
        """Refuse an archive of which so much more is to come."""
        if self._at + size > self._most:
            raise Refused(
                f"{self.name} is larger than {self._most:,} bytes when it is unpacked, which is the most for an archive of its size"
            )

    def count_header(self) -> None:
        self.headers += 1
        if self.headers > MOST_HEADERS:
            raise tarfile.ReadError(f"a member has more than {MOST_HEADERS} headers")

    def end(self) -> None:
        """What stands behind the last member must be zeros; the checksum of the whole is checked on the way."""
        while piece := self.read(CHUNK):
            if any(piece):
                raise tarfile.ReadError("something stands behind its end")
