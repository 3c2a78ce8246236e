"""The memory of an installation, opened: data directory, database, vault, objects; and refused where it cannot be used."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from secondlook.app.label import claim
from secondlook.app.layout import DATA_DIRECTORY, DIRECTORY_OF_OBJECTS, VAULT
from secondlook.app.private import GROUP_AND_OTHERS, close_all, private_directory
from secondlook.review.decisions.rights import INTERNAL_BUCKET
from secondlook.settings import SettingError, Settings
from secondlook.store import migrations, sealed
from secondlook.store.address import checked, shown
from secondlook.store.availability import Unavailable
from secondlook.store.diagnosis import diagnosed
from secondlook.store.errors import ObjectError
from secondlook.store.files import Files
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault


def data_directory(settings: Settings) -> Path:
    """The data directory, made if it is not there, and private; so is all that this process makes from now on.

    SettingError for one that is somebody else's, or open to others' writing.
    """
    os.umask(GROUP_AND_OTHERS)
    DATA_DIRECTORY.check_ours(settings.data)
    data = private_directory(settings.data, DATA_DIRECTORY.name)
    # A vault key that others could read is refused when it is opened: closing it would hide that.
    close_all(data, untouched=data / VAULT)
    return data


@contextmanager
def diagnosing(settings: Settings) -> Iterator[None]:
    """A database that turns out to be in the way raises `diagnosis.Unusable`, written for whoever is at the terminal."""
    try:
        yield
    except Unavailable as error:
        raise diagnosed(settings.database_url, error) from error


@contextmanager
def opened_store(
    settings: Settings, *, may_be_new: bool = True, clock: Callable[[], datetime] | None = None
) -> Iterator[Store]:
    """The database, with this release's schema, until the block ends; one that is not there yet is made if it `may_be_new`.

    `clock` is that of `Store`.

    Raises SettingError, `diagnosis.Unusable` or `migrations.SchemaError`; the second also when the block is what
    finds out that the database cannot be used.
    """
    checked(settings.database_url)
    store = Store(settings.database_url, clock)
    try:
        with diagnosing(settings):
            if not may_be_new:
                _check_used(store)
            migrations.migrate(store)
            yield store
    finally:
        store.close()


def _check_used(store: Store) -> None:
    """SettingError if no server has ever used this database; nothing is made then."""
    place = shown(store.url)
    if store.is_sqlite and not Path(place).exists():
        raise SettingError(
            f"There is no database {place}: name the data directory, and the database, that the server uses."
        )
    with store.read() as cx:
        if migrations.revision(cx) is None:
            raise SettingError(f"The database {place} is empty: name the one that the server uses.")


def open_vault(settings: Settings, store: Store) -> Vault:
    """The key file that opens what the database holds; VaultError if it is missing, or another."""
    with store.read() as cx:
        secret = next(sealed.secrets(cx), None)
    vault = Vault(settings.data / VAULT, is_new=secret is None)
    if secret is not None:
        vault.open(secret.token)
    return vault


def elsewhere(settings: Settings) -> dict[str, str | None]:
    """Settings by which database and objects do not lie in the data directory, without a password."""
    return {
        "database": shown(settings.database_url) if settings.database else None,
        "objects": objects_place(settings) if settings.objects else None,
    }


def objects_place(settings: Settings) -> str:
    """Where objects lie: an S3 by URL, or a directory."""
    place = settings.objects or str(settings.data / "objects")
    return place if is_remote(place) else str(Path(place).resolve())


def is_remote(place: str) -> bool:
    return "://" in place


def open_objects(settings: Settings, store: Store) -> Objects:
    """The place where the objects of this database lie; SettingError if it cannot be used or holds those of another."""
    place = objects_place(settings)
    if is_remote(place):
        # Only an S3 needs boto3, whose import costs a third of a second.
        objects: Objects = import_module("secondlook.store.bucket").BucketObjects(
            store, place, INTERNAL_BUCKET
        )
    else:
        DIRECTORY_OF_OBJECTS.check_ours(Path(place))
        objects = Files(store, private_directory(Path(place), DIRECTORY_OF_OBJECTS.name))
    called = f"The {'S3' if is_remote(place) else 'directory'} {place}"
    try:
        claim(store, objects, called)
    except ObjectError as error:
        raise SettingError(f"{called} cannot be used: {error} ({error.__cause__})") from error
    return objects
