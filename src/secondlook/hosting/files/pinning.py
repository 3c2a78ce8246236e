"""Which version of model data an endpoint runs: looked up once, when it is made, so that what runs changes only with the endpoint.

All calls ask the object store and block; no transaction of the caller may be open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid
from secondlook.hosting.files.names import MOST_FILES
from secondlook.hosting.model_data import FOLDER, ModelData
from secondlook.store.conditions import Entry
from secondlook.store.encryption import CUSTOMERS, is_customers
from secondlook.store.errors import NoSuchBucket, NoSuchKey
from secondlook.store.objects import Objects

Pins = Mapping[ModelData, ModelData]
"""Model data as models name them → with their version."""


NO_PINS: Pins = MappingProxyType({})


def pins(objects: Objects, containers: Iterable[Container]) -> Pins:
    """The versions that there are now of all that these containers name. What is not there is pinned as missing: an endpoint says
    so itself, in its FailureReason.
    """
    named = {data for container in containers for data in (container.model_data, container.source) if data}
    return {data: _pinned(objects, data) for data in named}


def pinned(container: Container, known: Pins) -> Container:
    """The container with the versions in it. Raises Invalid where it names other data than those that were looked up."""
    try:
        return replace(
            container,
            model_data=container.model_data and known[container.model_data],
            source=container.source and known[container.source],
        )
    except KeyError as error:
        raise Invalid("The model was changed while the endpoint was being made: try again.") from error


def check_there(objects: Objects, data: ModelData) -> None:
    """Raises Invalid, in AWS's words, where there is nothing under that name now (CreateModel), and for what only its owner can read."""
    try:
        if data.form == FOLDER:
            is_there, is_closed = bool(objects.list(data.bucket, data.key, limit=1).objects), False
        else:
            is_there, is_closed = True, is_customers(objects.head(data.bucket, data.key).encryption)
    except (NoSuchBucket, NoSuchKey):
        is_there = is_closed = False
    if not is_there:
        raise Invalid(f"Could not find model data at {data.uri}.")
    if is_closed:
        raise Invalid(f"The model data at {data.uri} {CUSTOMERS}.")


def entries(objects: Objects, data: ModelData) -> list[Entry]:
    """The objects of a folder, by key; one more than a model may have, if there are so many. Raises an ObjectError."""
    return list(islice(_entries(objects, data), MOST_FILES + 1))


def _entries(objects: Objects, data: ModelData) -> Iterator[Entry]:
    last: str | None = ""
    while last is not None:
        page = objects.list(data.bucket, data.key, after=last)
        yield from page.objects
        last = page.last


def folder_version(listed: Iterable[Entry]) -> str:
    """Stands for the names, ETags and sizes of all objects of a folder."""
    digest = hashlib.sha256()
    for entry in listed:
        digest.update(f"{entry.key}\0{entry.etag}\0{entry.size}\0".encode())
    return digest.hexdigest()


def _pinned(objects: Objects, data: ModelData) -> ModelData:
    try:
        return (_folder if data.form == FOLDER else _object)(objects, data)
    except (NoSuchBucket, NoSuchKey):
        return _missing(data)


def _object(objects: Objects, data: ModelData) -> ModelData:
    stored = objects.head(data.bucket, data.key)
    return replace(data, version=stored.etag, size=stored.size)


def _folder(objects: Objects, data: ModelData) -> ModelData:
    listed = entries(objects, data)
    if not listed:
        return _missing(data)
    if len(listed) > MOST_FILES:
        return replace(data, missing=f"{data.uri} holds more than {MOST_FILES:,} objects")
    return replace(data, version=folder_version(listed), size=sum(entry.size for entry in listed))


def _missing(data: ModelData) -> ModelData:
    return replace(data, missing=f"there was nothing at {data.uri} when the endpoint was made")
