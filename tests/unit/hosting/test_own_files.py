"""Model data from the object store: pinned when an endpoint is made, fetched once, kept while one needs it."""

from __future__ import annotations

import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid, NotPrepared, OutOfReach, Refused
from secondlook.hosting.files import own_files, pinning
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.files.own_files import OwnFiles
from secondlook.hosting.images import Images
from secondlook.hosting.model_data import ModelData
from secondlook.store.availability import Unavailable
from secondlook.store.errors import BodyLost, DiskFailed, Elsewhere
from secondlook.store.files import Files
from secondlook.store.objects import About
from secondlook.store.session import Store

from .conftest import NOW

DATA = ModelData("models", "m.tar.gz", "archive")
FOLDER = ModelData("models", "folder/", "folder")


def packed(**files: str) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as members:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            members.addfile(member, io.BytesIO(content.encode()))
    return written.getvalue()


class Shelf:
    """An object store with one bucket, and a server's folders of models."""

    def __init__(self, store: Store, home: Path) -> None:
        self.objects = Files(store, home / "objects")
        self.objects.buckets.create("models", "us-east-1", NOW)
        self.directory = home / "own-models"
        self.files = self.restarted()

    def restarted(self) -> OwnFiles:
        return OwnFiles(self.directory, self.objects)

    def put(self, key: str, body: bytes) -> None:
        self.objects.put("models", key, body, About(), NOW)

    def container(
        self, data: ModelData | None, copy: str = "a", source: ModelData | None = None
    ) -> Container:
        """As it stands in an endpoint's row."""
        made = Images().container({"Image": "secondlook/inference_script"})
        made = replace(made, model_data=data, source=source, copy=copy)
        return pinning.pinned(made, pinning.pins(self.objects, [made]))

    def names(self) -> list[str]:
        return sorted(path.name for path in self.directory.iterdir())


@pytest.fixture
def shelf(store: Store, tmp_path: Path) -> Shelf:
    return Shelf(store, tmp_path)


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_an_archive_is_fetched_once_and_runs_on_when_the_object_is_gone(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(**{"a": "1", "code/inference.py": "2"}))
    container = shelf.container(DATA)

    folder = shelf.files.folder(container)
    shelf.objects.delete("models", "m.tar.gz")
    again = shelf.restarted()
    again.keep_only([container])

    assert {"a": "1", "code/inference.py": "2"} == contents(folder)
    assert folder == again.folder(container)


def test_a_source_archive_takes_the_place_of_the_models_own_code(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(**{"a": "1", "code/old.py": "2"}))
    shelf.put("sourcedir.tar.gz", packed(**{"serve.py": "3"}))
    container = shelf.container(DATA, source=ModelData("models", "sourcedir.tar.gz", "archive"))

    assert {"a": "1", "code/serve.py": "3"} == contents(shelf.files.folder(container))


def test_a_model_without_data_has_an_empty_directory(shelf: Shelf) -> None:
    assert {} == contents(shelf.files.folder(shelf.container(None)))


def test_a_single_object_keeps_its_name(shelf: Shelf) -> None:
    shelf.put("folder/net.onnx", b"net")
    data = ModelData("models", "folder/net.onnx", "object")

    assert {"net.onnx": "net"} == contents(shelf.files.folder(shelf.container(data)))


def test_a_folder_is_all_below_its_prefix(shelf: Shelf) -> None:
    for key in ("folder/", "folder/code/", "folder/code/inference.py", "folder/w", "folder-2/x"):
        shelf.put(key, b"" if key.endswith("/") else key.encode())

    assert {"code/inference.py": "folder/code/inference.py", "w": "folder/w"} == contents(
        shelf.files.folder(shelf.container(FOLDER))
    )


def test_a_folder_of_more_objects_than_one_page(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = shelf.objects.list
    monkeypatch.setattr(shelf.objects, "list", lambda *args, **more: listed(*args, limit=2, **more))
    for number in range(5):
        shelf.put(f"folder/{number}", b"x")

    assert 5 == len(contents(shelf.files.folder(shelf.container(FOLDER))))


def test_a_folder_of_more_objects_than_a_model_may_have(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinning, "MOST_FILES", 2)
    for number in range(5):
        shelf.put(f"folder/{number}", b"x")

    with pytest.raises(Refused, match="s3://models/folder/ holds more than 2 objects"):
        shelf.files.folder(shelf.container(FOLDER))


@pytest.mark.parametrize("key", ["folder/../up", "folder//etc/passwd", "folder/a\nb"])
def test_a_key_that_is_no_name_of_a_file_is_refused(shelf: Shelf, key: str) -> None:
    shelf.put(key, b"x")

    with pytest.raises(Refused, match="s3://models/folder/ holds"):
        shelf.files.folder(shelf.container(FOLDER))
    assert [] == shelf.names()


@pytest.mark.parametrize("key", ["m.tar.gz", "folder/a"])
def test_what_changed_since_the_endpoint_was_made_does_not_run(shelf: Shelf, key: str) -> None:
    data = DATA if key == "m.tar.gz" else FOLDER
    shelf.put(key, packed(a="1"))
    container = shelf.container(data)
    shelf.put(key, packed(a="2"))

    with pytest.raises(NotPrepared, match="has changed since the endpoint was made"):
        shelf.files.folder(container)
    assert [] == shelf.names()


def test_an_object_of_a_folder_that_changes_while_it_is_copied(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Listed as it was, and changed before it is read."""
    shelf.put("folder/a", b"1")
    container = shelf.container(FOLDER)
    got = shelf.objects.get

    def get(bucket: str, key: str) -> object:
        shelf.put("folder/a", b"2")
        return got(bucket, key)

    monkeypatch.setattr(shelf.objects, "get", get)
    with pytest.raises(NotPrepared, match="s3://models/folder/a has changed since"):
        shelf.files.folder(container)


def test_what_is_gone_and_was_never_fetched(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    container = shelf.container(DATA)
    shelf.objects.delete("models", "m.tar.gz")

    with pytest.raises(NotPrepared, match="no longer there, and this server has no copy of it"):
        shelf.files.folder(container)


@pytest.mark.parametrize("data", [DATA, FOLDER, ModelData("none-such", "m", "object")])
def test_what_was_never_there_is_the_endpoints_reason(shelf: Shelf, data: ModelData) -> None:
    with pytest.raises(Refused, match=f"there was nothing at {data.uri} when the endpoint was made"):
        shelf.files.folder(shelf.container(data))
    with pytest.raises(Invalid, match=f"Could not find model data at {data.uri}."):
        pinning.check_there(shelf.objects, data)


def test_what_is_no_archive_leaves_nothing(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", b"no archive")

    with pytest.raises(Refused, match=r"s3://models/m\.tar\.gz cannot be unpacked: Not a gzipped file"):
        shelf.files.folder(shelf.container(DATA))
    assert [] == shelf.names()


def test_what_is_larger_than_a_model_may_be_is_not_fetched(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_files, "MOST_BYTES", 10)
    shelf.put("m.tar.gz", packed(a="1"))
    monkeypatch.setattr(shelf.objects, "get", None)

    with pytest.raises(Refused, match="and a model may have 10"):
        shelf.files.folder(shelf.container(DATA))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unavailable("it does not answer"), OutOfReach),
        (DiskFailed("is full", "read"), OutOfReach),
        (Elsewhere("SlowDown", 503, "Please reduce your request rate."), OutOfReach),
        (Elsewhere("TooManyRequests", 429, "Later."), OutOfReach),
        (Elsewhere("AccessDenied", 403, "Access Denied"), NotPrepared),
        (BodyLost("models", "m.tar.gz"), NotPrepared),
    ],
    ids=["no database", "disk", "slow down", "too many", "denied", "lost"],
)
def test_a_store_that_is_away_is_told_from_one_that_says_no(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: type[Exception]
) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    container = shelf.container(DATA)

    def get(*_: object) -> object:
        raise error

    monkeypatch.setattr(shelf.objects, "get", get)
    with pytest.raises(NotPrepared) as failed:
        shelf.files.folder(container)

    assert (reason, f"s3://models/m.tar.gz could not be fetched: {error}") == (
        type(failed.value),
        str(failed.value),
    )
    assert [] == shelf.names()


@pytest.mark.parametrize("data", [DATA, FOLDER], ids=["archive", "folder"])
def test_files_that_take_too_long_leave_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, data: ModelData
) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    shelf.put("folder/a", b"1")
    deadline, got = Deadline(3600), shelf.objects.get

    def get(bucket: str, key: str) -> object:
        monkeypatch.setattr(Deadline, "left", 0.0)  # an hour has passed meanwhile
        return got(bucket, key)

    monkeypatch.setattr(shelf.objects, "get", get)
    with pytest.raises(NotPrepared, match=r"not here after 3600 seconds.*ModelDataDownloadTimeoutInSeconds"):
        shelf.files.folder(shelf.container(data), deadline)
    assert [] == shelf.names()


def test_whoever_waits_for_the_same_files_waits_no_longer_than_it_may(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    container = shelf.container(DATA)
    with shelf.files._lock_of(own_files._name(container)):  # another fetches them
        with pytest.raises(NotPrepared, match="not here after 0 seconds"):
            shelf.files.folder(container, Deadline(0))

        stopped = Deadline()
        stopped.stopping.set()
        with pytest.raises(NotPrepared, match="it was stopped while its files were being fetched"):
            shelf.files.folder(container, stopped)


def test_two_endpoints_share_files_until_the_last_is_gone(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    first, second = shelf.container(DATA, "a"), shelf.container(DATA, "b")
    folder = shelf.files.folder(first)

    assert folder == shelf.files.folder(second)
    shelf.files.forget(first)
    assert {"a": "1"} == contents(folder)
    shelf.files.forget(second)
    assert [] == shelf.names()


def test_who_was_stopped_before_is_no_user_of_files_that_are_there(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    used, forgotten = shelf.container(DATA, "a"), shelf.container(DATA, "b")
    shelf.files.folder(used)
    stopped = Deadline()
    stopped.stopping.set()

    with pytest.raises(NotPrepared, match="it was stopped"):
        shelf.files.folder(forgotten, stopped)
    shelf.files.forget(used)
    assert [] == shelf.names()


def test_another_version_is_another_folder(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    first = shelf.container(DATA, "a")
    shelf.files.folder(first)
    shelf.put("m.tar.gz", packed(a="2"))
    second = shelf.container(DATA, "b")

    assert {"a": "2"} == contents(shelf.files.folder(second))
    assert {"a": "1"} == contents(shelf.files.folder(first))


def test_a_start_removes_what_nobody_needs_and_what_was_left_half_done(shelf: Shelf) -> None:
    shelf.put("m.tar.gz", packed(a="1"))
    kept, other = shelf.container(DATA), shelf.container(None, "b")
    folder = shelf.files.folder(kept)
    shelf.files.folder(other)
    (shelf.directory / ".incoming-killed" / "model").mkdir(parents=True)

    shelf.restarted().keep_only([kept])

    assert [folder.name] == shelf.names()


def test_a_model_that_changed_while_an_endpoint_was_made(shelf: Shelf) -> None:
    made = replace(Images().container({"Image": "secondlook/inference_script"}), model_data=DATA)

    with pytest.raises(Invalid, match="The model was changed"):
        pinning.pinned(made, pinning.NO_PINS)
