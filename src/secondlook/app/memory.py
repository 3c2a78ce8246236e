"""The memory of an installation, opened: data directory, database, vault, objects."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from secondlook.app.private import OTHERS, close_all, private_directory
from secondlook.settings import Settings
from secondlook.store.files import Files
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.vault import Vault

VAULT = "vault.key"


def data_directory(settings: Settings) -> Path:
    """The data directory, made if it is not there, and private; so is all that this process makes from now on."""
    os.umask(OTHERS)
    data = private_directory(settings.data, "data directory")
    # A vault key that others could read is refused when it is opened: closing it would hide that.
    close_all(data, untouched=data / VAULT)
    return data


def open_store(settings: Settings) -> Store:
    return Store(settings.database_url)


def open_vault(settings: Settings) -> Vault:
    return Vault(settings.data / VAULT)


def open_objects(settings: Settings, store: Store) -> Objects:
    """A directory, or an S3 by URL. Only the latter needs boto3, whose import costs a third of a second."""
    if settings.objects and settings.objects.startswith("s3://"):
        remote: Objects = import_module("secondlook.store.bucket").BucketObjects(store, settings.objects)
        return remote
    root = Path(settings.objects) if settings.objects else settings.data / "objects"
    return Files(store, private_directory(root, "directory of objects"))
