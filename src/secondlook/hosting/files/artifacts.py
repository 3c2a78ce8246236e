"""Artifacts: files that models need, fetched once, checked by hash, kept.

Looked for in the cache, then in a mirror directory (by hash or by the URL's path, for machines without internet), then
at their public address. What is in the cache under a hash has that hash.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.files.deadline import NONE, Deadline
from secondlook.outbound import Limits, Outbound, OutboundError, Unreachable

CHUNK = 1 << 20
SLOWEST = 50_000
"""Bytes per second that a download must reach on average."""


def fetch(
    artifact: Artifact,
    cache: Path,
    mirror: Path | None,
    outbound: Outbound,
    patience: float = 60.0,
    deadline: Deadline = NONE,
) -> Path:
    """The artifact as a file in a directory of its own inside `cache`. Raises NotPrepared, which names it, the reason, and what to do.

    A download may take `patience` seconds, and as long again as its size takes on a slow line.
    """
    file = cache / artifact.sha256 / artifact.file_name
    if file.is_file() and file.stat().st_size == artifact.size:
        return file
    mirrored = _in_mirror(artifact, mirror) if mirror else None
    if mirrored is not None:
        _keep(artifact, _pieces(mirrored), file, mirrored.name, deadline)
        return file
    try:
        _download(artifact, file, outbound, patience, deadline)
    except OutboundError as error:
        deadline.check()
        where = "it is not in the mirror directory" if mirror else "no mirror is set"
        raise NotPrepared(
            f"{artifact.file_name} could not be fetched ({error}), and {where}. Put the file with SHA-256 "
            f"{artifact.sha256} into a directory and set SECONDLOOK_MIRROR to that directory."
        ) from error
    return file


def _download(
    artifact: Artifact, file: Path, outbound: Outbound, patience: float, deadline: Deadline
) -> None:
    total = min(patience + artifact.size / SLOWEST, deadline.left)
    limits = Limits(connect=10, total=total, size=artifact.size)
    with outbound.stream("GET", artifact.url, limits=limits) as answer:
        if answer.status != 200:  # noqa: PLR2004
            raise Unreachable(f"{artifact.url} answered with status {answer.status}")
        _keep(artifact, answer.chunks, file, artifact.url, deadline)


def _in_mirror(artifact: Artifact, mirror: Path) -> Path | None:
    """By hash as its name, by the URL's path or the end of it, else any file with this size and hash."""
    path = urlsplit(artifact.url).path.lstrip("/").split("/")
    likely = [mirror / artifact.sha256, *(mirror.joinpath(*path[start:]) for start in range(len(path)))]
    files = (file for file in mirror.rglob("*") if file.is_file())
    return next((file for file in chain(likely, files) if _is(artifact, file)), None)


def _is(artifact: Artifact, file: Path) -> bool:
    return file.is_file() and file.stat().st_size == artifact.size and _hash(_pieces(file)) == artifact.sha256


def _hash(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece


def _keep(artifact: Artifact, pieces: Iterable[bytes], file: Path, source: str, deadline: Deadline) -> None:
    """Write to a file beside it and rename: the cache never holds half an artifact or a wrong one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".incoming-")
    partial = Path(name)
    try:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                deadline.check()
                digest.update(piece)
                size += len(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        if digest.hexdigest() != artifact.sha256:
            raise NotPrepared(
                f"{source} is not the expected file: its SHA-256 is {digest.hexdigest()} ({size:,} bytes), and "
                f"{artifact.sha256} ({artifact.size:,} bytes) was expected"
            )
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
