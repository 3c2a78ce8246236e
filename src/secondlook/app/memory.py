"""The memory of an installation, opened: data directory, database, vault, objects."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from secondlook.settings import SettingError, Settings
from secondlook.store.files import Files
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault


def data_directory(settings: Settings) -> Path:
    """The data directory, made if it is not there; only this account may look in."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"The data directory {settings.data} cannot be made: {error.strerror}.") from error
    if not os.access(settings.data, os.R_OK | os.W_OK | os.X_OK):
        raise SettingError(f"The data directory {settings.data} cannot be written to by this account.")
    return settings.data.resolve()


def open_store(settings: Settings) -> Store:
    return Store(settings.database_url)


def open_vault(settings: Settings) -> Vault:
    return Vault(settings.data / "vault.key")


def open_objects(settings: Settings, store: Store) -> Objects:
    """A directory, or an S3 by URL. Only the latter needs boto3, whose import costs a third of a second."""
    if settings.objects and settings.objects.startswith("s3://"):
        remote: Objects = import_module("secondlook.store.bucket").BucketObjects(store, settings.objects)
        return remote
    return Files(store, Path(settings.objects) if settings.objects else settings.data / "objects")
