"""What a copy of an installation says of itself: the file `manifest.json` in it, and the list of bodies beside that.

manifest.json   this            database.sqlite | database.dump   the snapshot
bodies.list     NAME SIZE       objects/                          bodies, where they lie in a directory
data/           the rest of the data directory: keys, certificate, catalog, mail
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from secondlook.settings import SettingError

FORMAT = 1
"""Rises when an older release could no longer read a copy."""

MANIFEST = "manifest.json"
BODIES = "bodies.list"
OBJECTS = "objects"
DATA = "data"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`database` is the kind, `sha256` that of its snapshot; `objects` the S3 where bodies stayed, None where they are here.

    `lost` are bodies, by bucket and key, that were missing on the server's own disk when the copy was made.
    """

    format: int
    made_at: str
    release: str
    revision: str
    database: str
    snapshot: str
    sha256: str
    objects: str | None
    bodies: int
    size: int
    lost: tuple[str, ...] = ()


def write(copy: Path, manifest: Manifest, bodies: Mapping[str, int]) -> None:
    lines = (f"{blob} {size}\n" for blob, size in bodies.items())
    with (copy / BODIES).open("w", encoding="ascii") as file:
        file.writelines(lines)
    (copy / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")


def read(copy: Path) -> Manifest:
    """Raises SettingError where there is no copy that this release can read."""
    file = copy / MANIFEST
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["format"] > FORMAT:
            raise SettingError(
                f"{copy} was made by the newer release {said['release']}: restore it with that."
            )
        return Manifest(**{**said, "lost": tuple(said["lost"])})
    except OSError as error:
        raise SettingError(
            f"{copy} is no copy made by `secondlook backup`: {file}: {error.strerror}."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingError(f"{file} cannot be understood: {error}.") from error


def read_bodies(copy: Path) -> dict[str, int]:
    """The bodies that the copy must have, with their sizes."""
    with (copy / BODIES).open(encoding="ascii") as file:
        return {blob: int(size) for blob, size in (line.split() for line in file)}


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
