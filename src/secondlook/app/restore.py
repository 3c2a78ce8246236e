"""A copy of an installation, put into a new place. It is checked first, and the database comes last: whoever starts a server
on what a broken restore has left finds none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from secondlook.app import manifest
from secondlook.app.layout import DATA_DIRECTORY, DIRECTORY_OF_OBJECTS, VAULT
from secondlook.app.lock import LOCK, DataLock
from secondlook.app.manifest import DATA, OBJECTS, Bodies, Manifest
from secondlook.app.memory import data_directory, diagnosing, is_remote, objects_place
from secondlook.app.tree import copy_tree
from secondlook.settings import SettingError, Settings
from secondlook.store import migrations
from secondlook.store.address import checked
from secondlook.store.files.copies import copy_new, missing
from secondlook.store.snapshot import KINDS, kind_of
from secondlook.store.vault import Vault


def restore(copy: Path, settings: Settings, say: Callable[[str], None]) -> Manifest:
    """Put `copy` where `settings` say: a new data directory, its objects, its database. Raises SettingError, SchemaError,
    HeldElsewhere, Unusable, VaultError or SnapshotFailed.
    """
    checked(settings.database_url)
    contents = manifest.read(copy)
    _check_settings(contents, settings)
    say("checking the copy")
    bodies = _check_copy(contents, copy)
    _check_empty(settings.data, DATA_DIRECTORY.name, but=LOCK)
    if contents.objects is None:
        _check_empty(Path(objects_place(settings)), DIRECTORY_OF_OBJECTS.name)
    with diagnosing(settings):
        KINDS[contents.database].check_target(settings.database_url)
    with DataLock(data_directory(settings), "secondlook restore"):
        if contents.objects is None:
            say("restoring objects")
            _restore_bodies(bodies, copy / OBJECTS, Path(objects_place(settings)))
        say("restoring keys and settings")
        copy_tree(copy / DATA, settings.data)
        say("restoring the database")
        KINDS[contents.database].put_back(copy / contents.snapshot, settings.database_url)
    return contents


def _check_settings(contents: Manifest, settings: Settings) -> None:
    kind = kind_of(settings.database_url)
    if kind != contents.database:
        right = "--database URL with an empty one" if contents.database == "postgresql" else "no --database"
        raise SettingError(
            f"The copy is of a {KINDS[contents.database].name} database and cannot become one of {KINDS[kind].name}: give {right}."
        )
    if contents.objects is None and is_remote(objects_place(settings)):
        raise SettingError(
            "The copy holds the bodies of objects: name a directory for them with --objects, or none."
        )
    migrations.check(contents.revision)


def _check_copy(contents: Manifest, copy: Path) -> Bodies:
    """The bodies in it, of which only their sizes are checked: their hashes are where they are read, in copying."""
    bodies = manifest.read_bodies(copy, contents)
    if wrong := list(manifest.damaged(copy, contents)):
        raise SettingError(f"{wrong[0]}. Take another copy.")
    Vault(copy / DATA / VAULT, is_new=False)
    gone = missing(bodies.sizes, copy / OBJECTS)
    if gone:
        raise SettingError(
            f"Of the copy {copy}, {len(gone):,} bodies of objects are missing or cut short, the first being "
            f"{copy / OBJECTS / gone[0][:2] / gone[0][2:]}. Take another copy."
        )
    return bodies


def _restore_bodies(bodies: Bodies, source: Path, target: Path) -> None:
    digests = copy_new(source, target)
    damaged = [blob for blob, digest in bodies.sha256.items() if digests[blob] != digest]
    if damaged:
        raise SettingError(
            f"{source / damaged[0][:2] / damaged[0][2:]} is damaged: its SHA-256 is not the one in {manifest.BODIES}"
            f"{f'; so are {len(damaged) - 1:,} more' if damaged[1:] else ''}. Take another copy, and remove {target} first: "
            "it holds what was copied before this was seen."
        )


def _check_empty(path: Path, name: str, but: str = "") -> None:
    if path.exists() and {file.name for file in path.iterdir()} - {but}:
        raise SettingError(f"The {name} {path} is not empty: name a new one.")
