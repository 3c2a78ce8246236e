"""What a copy of an installation says of itself: the file `manifest.json` in it, and the list of bodies beside that.

manifest.json   this, and the SHA-256 of all but bodies           database.sqlite | database.dump   the snapshot
bodies.list     NAME SIZE SHA-256       objects/                          bodies, where they lie in a directory
data/           the rest of the data directory: keys, certificate, catalog, mail
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from secondlook.app.tree import files
from secondlook.settings import SettingError
from secondlook.store.snapshot import KINDS

FORMAT = 2
"""Rises when an older release could no longer read a copy."""

MANIFEST = "manifest.json"
BODIES = "bodies.list"
OBJECTS = "objects"
DATA = "data"

_BODY = re.compile(r"([0-9a-f]{32}) ([0-9]+)(?: ([0-9a-f]{64}))?\n", re.ASCII)
"""Copies of format 1 have no hash."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Bodies(NamedTuple):
    """The bodies in a copy: their sizes in bytes, and the SHA-256 of those where it is known, by their names."""

    sizes: dict[str, int]
    sha256: dict[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`database` is the kind, `sha256` that of its snapshot; `objects` the S3 where bodies stayed, None where they are here.

    `lost` are bodies, by bucket and key, that were missing on the server's own disk when the copy was made; `left_out`
    names what lay in the data directory and was no file. `files` are the list of bodies and the files in `data/`, by their
    names in the copy, with their SHA-256.
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
    left_out: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def write(copy: Path, manifest: Manifest, bodies: Bodies) -> Manifest:
    """Make a directory a copy: what it says of itself in the end."""
    lines = (f"{blob} {size} {bodies.sha256[blob]}\n" for blob, size in bodies.sizes.items())
    with (copy / BODIES).open("w", encoding="ascii") as file:
        file.writelines(lines)
    listed = [copy / BODIES, *files(copy / DATA)]
    manifest = replace(manifest, files={str(path.relative_to(copy)): sha256(path) for path in listed})
    (copy / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    return manifest


def read(copy: Path) -> Manifest:
    """Raises SettingError where there is no copy that this release can read."""
    file = copy / MANIFEST
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(
            f"{copy} is no copy made by `secondlook backup`: {file}: {error.strerror}."
        ) from error
    except ValueError as error:
        raise SettingError(f"{file} is damaged: it is no JSON ({error}). Take another copy.") from error
    if isinstance(said, dict) and isinstance(said.get("format"), int) and said["format"] > FORMAT:
        raise SettingError(
            f"{copy} was made by the newer release {said.get('release')}: restore it with that."
        )
    if wrong := list(_troubles(said)):
        raise SettingError(f"{file} is damaged: {'; '.join(wrong)}. Take another copy.")
    known = {member.name for member in fields(Manifest)}
    return Manifest(**{name: _frozen(value) for name, value in said.items() if name in known})


def read_bodies(copy: Path, manifest: Manifest) -> Bodies:
    """The bodies that the copy must have; SettingError where the list is not the one of the manifest."""
    file = copy / BODIES
    sizes: dict[str, int] = {}
    digests: dict[str, str] = {}
    if not file.is_file():
        raise SettingError(f"{file} is missing. Take another copy.")
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            entry = _BODY.fullmatch(line)
            if entry is None:
                raise SettingError(
                    f"{file} is damaged in line {number}: it must read NAME SIZE SHA-256. Take another copy."
                )
            sizes[entry[1]] = int(entry[2])
            if entry[3]:
                digests[entry[1]] = entry[3]
    if (len(sizes), sum(sizes.values())) != (manifest.bodies, manifest.size):
        raise SettingError(
            f"{file} is damaged: it lists {len(sizes):,} bodies with {sum(sizes.values()):,} bytes, and the manifest "
            f"{manifest.bodies:,} with {manifest.size:,}. Take another copy."
        )
    return Bodies(sizes, digests)


def damaged(copy: Path, manifest: Manifest) -> Iterator[str]:
    """Which files, bodies apart, are not there, or not as they were written."""
    for name, expected in {manifest.snapshot: manifest.sha256, **manifest.files}.items():
        file = copy / name
        if not file.is_file():
            yield f"{file} is missing"
        elif sha256(file) != expected:
            yield f"{file} is damaged: its SHA-256 is not the one in the manifest"


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_inside(name: str) -> bool:
    """Is it a file's name in the copy, and not one outside?"""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.name != ""


_MUST_BE: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "format": ("a whole number", lambda value: type(value) is int),
    **dict.fromkeys(("made_at", "release", "revision"), ("a text", lambda value: isinstance(value, str))),
    "database": (f"one of {', '.join(KINDS)}", lambda value: isinstance(value, str) and value in KINDS),
    "snapshot": (
        "the name of a file in the copy",
        lambda value: isinstance(value, str) and _is_inside(value),
    ),
    "sha256": (
        "64 hex digits",
        lambda value: isinstance(value, str) and _SHA256.fullmatch(value) is not None,
    ),
    "objects": ("a text or null", lambda value: value is None or isinstance(value, str)),
    **dict.fromkeys(("bodies", "size"), ("a whole number", lambda value: type(value) is int)),
    **dict.fromkeys(("lost", "left_out"), ("a list of texts", _is_texts)),
    "files": (
        "names of files in the copy with their SHA-256",
        lambda value: (
            isinstance(value, dict)
            and all(_is_inside(name) and isinstance(digest, str) for name, digest in value.items())
        ),
    ),
}

_OPTIONAL = frozenset({"lost", "left_out", "files"})


def _troubles(said: Any) -> Iterator[str]:
    if not isinstance(said, dict):
        yield "it must hold a JSON object"
        return
    for name, (words, fits) in _MUST_BE.items():
        if name not in said and name not in _OPTIONAL:
            yield f"it has no {name!r}"
        elif name in said and not fits(said[name]):
            yield f"{name!r} must be {words}"


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
