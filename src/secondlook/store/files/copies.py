"""Bodies copied elsewhere while servers write and sweep, and checked against the rows of a snapshot.

The order that makes a copy whole without stopping anybody: bodies, snapshot of the database, bodies again. What a row of the
snapshot points to lay on the disk when the snapshot was taken. Either it was there already when the first pass began, and
nothing swept it in between because a row pointed to it; or it came later, and a sweep leaves what is younger than a day.
So a copy whose second pass ends within a day of its beginning has everything.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select, union

from secondlook.store.files.blobs import SHARDS
from secondlook.store.objects import LABEL
from secondlook.store.tables import object_, part


def pointed_to(cx: Connection) -> dict[str, int]:
    """Every body that a row points to, with its size in bytes."""
    rows = union(*(select(table.c.blob, table.c.size) for table in (object_, part)))
    return {row.blob: row.size for row in cx.execute(rows)}


_STEP = 1024 * 1024


def copy_new(root: Path, target: Path) -> dict[str, str]:
    """Copy what `target` has not, or has not all of; the label too, by which a database knows its objects again.

    Returns the SHA-256 of each body that was copied, by its name.
    """
    digests = {}
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        shutil.copyfile(root / LABEL, target / LABEL)
    for shard in SHARDS:
        (target / shard).mkdir(mode=0o700, exist_ok=True)
        for source in _files(root / shard):
            copy = target / shard / source.name
            # Gone when it is looked at: swept, or an upload that was given up. No row points to it.
            with suppress(FileNotFoundError):
                if size_of(copy) != source.stat().st_size:
                    digests[shard + source.name] = _copy(source, copy)
    return digests


def missing(bodies: Mapping[str, int], root: Path) -> list[str]:
    """Which of these bodies are not there, or not all of them."""
    return [blob for blob, size in bodies.items() if size_of(root / blob[:2] / blob[2:]) != size]


def size_of(file: Path) -> int | None:
    """Bytes of a file; None if there is none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return None


def _copy(source: Path, target: Path) -> str:
    """Copy a file; the SHA-256 of what was read."""
    digest = hashlib.sha256()
    with source.open("rb") as here, target.open("wb") as copy:
        while chunk := here.read(_STEP):
            digest.update(chunk)
            copy.write(chunk)
    return digest.hexdigest()


def _files(shard: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from (path for path in shard.iterdir() if path.is_file())
