"""A copy of an installation, taken while its server runs: the snapshot of its database, bodies, and the rest of its data.

The copy is checked before it gets its name: every body that a row points to is there with its size, every secret opens
with the key file beside it. So a directory of that name is a copy that can be restored, or is not there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from secondlook import __version__
from secondlook.app import manifest
from secondlook.app.existing import check_directory, check_places
from secondlook.app.layout import CLIENT_FILE, DATA_DIRECTORY, DATABASE, VAULT
from secondlook.app.lock import LOCK
from secondlook.app.manifest import DATA, OBJECTS, Bodies, Manifest
from secondlook.app.memory import diagnosing, is_remote, objects_place
from secondlook.app.private import GROUP_AND_OTHERS
from secondlook.app.tree import copy_tree
from secondlook.names import now, seconds
from secondlook.settings import SettingError, Settings
from secondlook.store import migrations, sealed
from secondlook.store.address import checked, shown
from secondlook.store.files.copies import copy_new, missing, pointed_to
from secondlook.store.snapshot import KINDS, kind_of
from secondlook.store.tables import object_
from secondlook.store.vault import Vault

SNAPSHOTS = {"sqlite": "database.sqlite", "postgresql": "database.dump"}

LEFT_OUT = frozenset({"artifacts", "environments", "logs", LOCK, CLIENT_FILE})
"""Of a data directory: what is fetched again, this machine's alone, or written anew at each start."""

UNFINISHED = (".new", ".part")

Say = Callable[[str], None]


def backup(settings: Settings, target: Path, say: Say) -> Manifest:
    """Make the copy `target`, which must not be there yet, telling `say` what goes on. It needs no word with the server.

    Raises SettingError, SnapshotFailed, SchemaError, Unusable or VaultError; then there is no `target`.
    """
    os.umask(GROUP_AND_OTHERS)
    settings = replace(settings, data=settings.data.resolve())
    checked(settings.database_url)
    check_directory(settings)
    DATA_DIRECTORY.check_ours(settings.data)
    check_places(settings)
    _check_target(settings, target)
    with diagnosing(settings):
        KINDS[kind_of(settings.database_url)].check_source(settings.database_url)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        copied = _Copy(settings, unfinished, say).make()
        os.sync()
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return copied


@dataclass(frozen=True, slots=True)
class _Copy:
    settings: Settings
    to: Path
    say: Say

    def make(self) -> Manifest:
        digests = self._copy_bodies("copying objects")
        self.say("copying the database")
        kind = kind_of(self.settings.database_url)
        snapshot = self.to / SNAPSHOTS[kind]
        with diagnosing(self.settings), KINDS[kind].taken(self.settings.database_url, snapshot) as cx:
            revision = migrations.revision(cx) or ""
            self.say("copying keys and settings")
            left_out = self._copy_data()
            self._check_secrets(cx)
            bodies = {} if self._source is None else pointed_to(cx)
            digests |= self._copy_bodies("copying objects that came meanwhile")
            gone = [] if self._source is None else missing(bodies, self.to / OBJECTS)
            lost = _named(cx, gone)
        for blob in gone:
            del bodies[blob]
        contents = Manifest(
            format=manifest.FORMAT,
            made_at=seconds(now()),
            release=__version__,
            revision=revision,
            database=kind,
            snapshot=snapshot.name,
            sha256=manifest.sha256(snapshot),
            objects=objects_place(self.settings) if self._source is None else None,
            bodies=len(bodies),
            size=sum(bodies.values()),
            lost=lost,
            left_out=left_out,
        )
        return manifest.write(self.to, contents, Bodies(bodies, digests))

    @property
    def _source(self) -> Path | None:
        """The directory of objects; None where they lie in an S3, which keeps its own copies."""
        place = objects_place(self.settings)
        return None if is_remote(place) else Path(place)

    def _copy_bodies(self, doing: str) -> dict[str, str]:
        """The SHA-256 of those that the copy had not."""
        if self._source is None:
            return {}
        self.say(doing)
        return copy_new(self._source, self.to / OBJECTS)

    def _copy_data(self) -> tuple[str, ...]:
        """All that is neither database nor objects; the names of what is no file, so cannot be copied."""
        data, aside = self.settings.data, {self._source, *_database_files(self.settings)}

        def is_wanted(path: Path) -> bool:
            return not (
                path.name.startswith(".")
                or path.name.endswith(UNFINISHED)
                or path in aside
                or (path.is_symlink() and path.resolve() in aside)
                or (path.parent == data and path.name in LEFT_OUT)
            )

        return tuple(copy_tree(data, self.to / DATA, is_wanted))

    def _check_secrets(self, cx: Connection) -> None:
        """VaultError if the key file is not the one that sealed them, or was replaced in this moment."""
        secrets = list(sealed.secrets(cx))
        vault = Vault(self.to / DATA / VAULT, is_new=not secrets)
        for secret in secrets:
            vault.open(secret.token)


def _database_files(settings: Settings) -> set[Path]:
    """Of an SQLite database; also of one that lies in the data directory and is no longer used."""
    used = {Path(shown(settings.database_url)).resolve(), settings.data / DATABASE}
    return {path.with_name(path.name + more) for path in used for more in ("", "-wal", "-shm", "-journal")}


def _check_target(settings: Settings, target: Path) -> None:
    if os.path.lexists(target):
        raise SettingError(f"{target} is there already: name a directory for the copy that is not.")
    if not target.parent.is_dir():
        raise SettingError(
            f"There is no directory {target.parent} to make the copy in: make it first, or correct the name."
        )
    if target.resolve().is_relative_to(settings.data):
        raise SettingError(
            f"{target} lies in the data directory itself: name a place outside, best on another disk."
        )


def _named(cx: Connection, blobs: list[str]) -> tuple[str, ...]:
    """The objects that these bodies belong to; a part of an upload has no name but its body's."""
    query = select(object_.c.blob, object_.c.bucket, object_.c.key).where(object_.c.blob.in_(blobs[:1000]))
    names = {blob: f"s3://{bucket}/{key}" for blob, bucket, key in cx.execute(query)}
    return tuple(names.get(blob, blob) for blob in blobs)
