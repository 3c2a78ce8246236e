"""The files of models of one's own on this server: fetched from the object store once, unpacked once, kept while an endpoint needs
them, so that it runs again after a restart whatever has become of the objects.

A folder is named by what is in it, so two endpoints with the same files share one. It gets its name once it is whole.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from secondlook.hosting.container import Container
from secondlook.hosting.errors import NotPrepared, OutOfReach, Refused
from secondlook.hosting.files.archive import MOST_BYTES, put, sync_tree, unpack, write
from secondlook.hosting.files.deadline import NONE, Deadline
from secondlook.hosting.files.names import Names
from secondlook.hosting.files.pinning import entries, folder_version
from secondlook.hosting.model_data import ARCHIVE, FOLDER, ModelData
from secondlook.store.availability import Unavailable
from secondlook.store.disk import outwards
from secondlook.store.encryption import CUSTOMERS, is_customers
from secondlook.store.errors import NoSuchBucket, NoSuchKey, ObjectError
from secondlook.store.objects import Objects

log = logging.getLogger(__name__)

CODE = "code"
"""Where a source archive is unpacked within the model's directory."""

_PARTIAL = ".incoming-"

_SERVER_ERROR = 500
_LATER = frozenset({408, 429})  # a request took too long, or there were too many

_CHANGED = "{} has changed since the endpoint was made, and this server has no copy of what it was: make the endpoint again"


class OwnFiles:
    """The folders in `directory`. Safe to use from several threads."""

    def __init__(self, directory: Path, objects: Objects) -> None:
        self._directory = directory
        self._objects = objects
        self._lock = threading.Lock()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._users: defaultdict[str, set[str]] = defaultdict(set)

    def folder(self, container: Container, deadline: Deadline = NONE) -> Path:
        """The model's directory, made if it is not there yet. Raises Refused for what is no model, whoever tries; OutOfReach while the
        store is away; NotPrepared.
        """
        name = _name(container)
        with deadline.holding(self._lock_of(name)):
            self._users[name].add(container.copy)
            place = self._directory / name
            if not place.is_dir():
                self._make(container, place, deadline)
            return place

    def forget(self, container: Container) -> None:
        """Remove the folder of a container that is not started again, unless another endpoint uses it."""
        name = _name(container)
        with self._lock_of(name):
            self._users[name].discard(container.copy)
            if not self._users[name]:
                _remove(self._directory / name)

    def keep_only(self, containers: Iterable[Container]) -> None:
        """Remove all folders but those of these containers, and what an earlier server left half done."""
        for container in containers:
            self._users[_name(container)].add(container.copy)
        if self._directory.is_dir():
            for folder in self._directory.iterdir():
                if folder.name not in self._users:
                    _remove(folder)

    def _lock_of(self, name: str) -> threading.Lock:
        """One for each folder: a large model keeps no other waiting."""
        with self._lock:
            return self._locks[name]

    def _make(self, container: Container, place: Path, deadline: Deadline) -> None:
        for data in (container.model_data, container.source):
            if data is not None and data.version is None:
                raise Refused(data.missing or f"it is not known which version of {data.uri} runs")
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self._directory, prefix=_PARTIAL) as partial:
                self._fill(container, Path(partial, "model"), deadline)
                put(Path(partial, "model"), place)
        except OSError as error:
            raise NotPrepared(f"the model's files cannot be kept: {outwards(error)}") from error

    def _fill(self, container: Container, folder: Path, deadline: Deadline) -> None:
        data = container.model_data
        if data is None:
            folder.mkdir(mode=0o700)
        elif data.form == ARCHIVE:
            self._unpack(data, folder, deadline)
        elif data.form == FOLDER:
            self._copy_folder(data, folder, deadline)
        else:
            name = data.key.rsplit("/", 1)[-1]
            self._fetch(data, data.key, data.version, folder / Names(data.uri).path(name), deadline)
        if container.source is not None:
            # SageMaker's containers run what the variable names, and nothing of the model's own `code`.
            shutil.rmtree(folder / CODE, ignore_errors=True)
            self._unpack(container.source, folder / CODE, deadline)
        sync_tree(folder)

    def _unpack(self, data: ModelData, folder: Path, deadline: Deadline) -> None:
        with TemporaryDirectory(dir=self._directory, prefix=_PARTIAL) as partial:
            archive = Path(partial, "archive")
            self._fetch(data, data.key, data.version, archive, deadline)
            unpack(archive, folder, data.uri, deadline)

    def _copy_folder(self, data: ModelData, folder: Path, deadline: Deadline) -> None:
        with _told(data):
            listed = entries(self._objects, data)
        if folder_version(listed) != data.version:
            raise NotPrepared(_CHANGED.format(data.uri))
        folder.mkdir(mode=0o700)
        names = Names(data.uri)
        for entry in listed:
            name = entry.key.removeprefix(data.key)
            is_file = not entry.key.endswith("/")  # else the marker of a folder, as consoles make them
            if not name:
                continue
            place = folder / names.path(name, is_file=is_file)
            if is_file:
                self._fetch(data, entry.key, entry.etag, place, deadline)
            else:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _fetch(self, data: ModelData, key: str, etag: str | None, place: Path, deadline: Deadline) -> None:
        """One object into a file, if it is still the one with this ETag."""
        deadline.check()
        if data.size > MOST_BYTES:
            raise Refused(f"{data.uri} has {data.size:,} bytes, and a model may have {MOST_BYTES:,}")
        with _told(data), self._objects.get(data.bucket, key) as opened:
            if opened.stored.etag != etag:
                raise NotPrepared(_CHANGED.format(f"s3://{data.bucket}/{key}"))
            if is_customers(opened.stored.encryption):
                raise Refused(f"s3://{data.bucket}/{key} {CUSTOMERS}")
            write(place, opened.body, deadline)
        if place.stat().st_size != opened.stored.size:
            raise OutOfReach(f"s3://{data.bucket}/{key} broke off while it was fetched")


@contextmanager
def _told(data: ModelData) -> Iterator[None]:
    """What the object store refuses, as the reason that an endpoint gives."""
    try:
        yield
    except (NoSuchBucket, NoSuchKey) as error:
        raise NotPrepared(
            f"{data.uri} is no longer there, and this server has no copy of it: make the endpoint again"
        ) from error
    except (ObjectError, Unavailable) as error:
        kind = OutOfReach if _passes(error) else NotPrepared
        raise kind(f"{data.uri} could not be fetched: {error}") from error


def _passes(error: ObjectError | Unavailable) -> bool:
    """Whether the same may succeed a little later: a database or an object store that does not answer, or not now."""
    return isinstance(error, Unavailable) or error.status >= _SERVER_ERROR or error.status in _LATER


def _remove(folder: Path) -> None:
    """Away from its name first: whoever finds a name may rely on what is there."""
    try:
        with TemporaryDirectory(dir=folder.parent, prefix=_PARTIAL, ignore_cleanup_errors=True) as partial:
            folder.rename(Path(partial, folder.name))
    except OSError as error:
        if folder.is_dir():
            log.warning("the files of a model cannot be removed: %s: %s", outwards(error), folder)


def _name(container: Container) -> str:
    """Stands for what is in the folder of a container."""
    files = [
        data and (data.bucket, data.key, data.form, data.version)
        for data in (container.model_data, container.source)
    ]
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:32]
