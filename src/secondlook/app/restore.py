"""A copy of an installation, put into a new place. It is checked first, and the database comes last: whoever starts a server
on what a broken restore has left finds none.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from secondlook.app import manifest
from secondlook.app.lock import LOCK, DataLock
from secondlook.app.manifest import DATA, OBJECTS, Manifest
from secondlook.app.memory import data_directory, diagnosing, is_remote, objects_place
from secondlook.settings import SettingError, Settings
from secondlook.store import migrations
from secondlook.store.address import checked
from secondlook.store.files.copies import missing
from secondlook.store.snapshot import KINDS, kind_of


def restore(copy: Path, settings: Settings, say: Callable[[str], None]) -> Manifest:
    """Put `copy` where `settings` say: a new data directory, its objects, its database. Raises SettingError, SchemaError,
    HeldElsewhere, Unusable or SnapshotFailed.
    """
    checked(settings.database_url)
    told = manifest.read(copy)
    _check_settings(told, settings)
    say("checking the copy")
    _check_copy(told, copy)
    _check_empty(settings.data, "data directory", but=LOCK)
    with diagnosing(settings):
        KINDS[told.database].check_target(settings.database_url)
    with DataLock(data_directory(settings), "secondlook restore"):
        if told.objects is None:
            say("restoring objects")
            objects = Path(objects_place(settings))
            _check_empty(objects, "directory of objects")
            shutil.copytree(copy / OBJECTS, objects, dirs_exist_ok=True)
        say("restoring keys and settings")
        shutil.copytree(copy / DATA, settings.data, dirs_exist_ok=True)
        say("restoring the database")
        KINDS[told.database].put_back(copy / told.snapshot, settings.database_url)
    return told


def _check_settings(told: Manifest, settings: Settings) -> None:
    kind = kind_of(settings.database_url)
    if kind != told.database:
        right = "--database URL with an empty one" if told.database == "postgresql" else "no --database"
        raise SettingError(
            f"The copy is of a {KINDS[told.database].name} database and cannot become one of {KINDS[kind].name}: give {right}."
        )
    if told.objects is None and is_remote(objects_place(settings)):
        raise SettingError(
            "The copy holds the bodies of objects: name a directory for them with --objects, or none."
        )
    migrations.check(told.revision)


def _check_copy(told: Manifest, copy: Path) -> None:
    if manifest.sha256(copy / told.snapshot) != told.sha256:
        raise SettingError(f"{copy / told.snapshot} is damaged: its SHA-256 is not the one in the manifest.")
    gone = missing(manifest.read_bodies(copy), copy / OBJECTS)
    if gone:
        raise SettingError(
            f"Of the copy {copy}, {len(gone):,} bodies of objects are missing or cut short, the first being "
            f"{copy / OBJECTS / gone[0][:2] / gone[0][2:]}. Take another copy."
        )


def _check_empty(path: Path, name: str, but: str = "") -> None:
    if path.exists() and {file.name for file in path.iterdir()} - {but}:
        raise SettingError(f"The {name} {path} is not empty: name a new one.")
