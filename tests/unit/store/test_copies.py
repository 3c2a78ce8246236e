"""Bodies that are copied while others write and sweep: two passes around a snapshot have all that its rows point to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secondlook.store.files import Files
from secondlook.store.files.copies import copy_new, missing, pointed_to
from secondlook.store.objects import LABEL, About
from secondlook.store.session import Store

NOW = datetime.now(UTC)
GRACE = timedelta(days=1).total_seconds()


@pytest.fixture
def files(store: Store, tmp_path: Path) -> Files:
    files = Files(store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    return files


def snapshot(store: Store) -> dict[str, int]:
    with store.read() as cx:
        return pointed_to(cx)


def test_what_comes_and_goes_meanwhile_is_there_if_the_snapshot_has_it(
    files: Files, store: Store, tmp_path: Path
) -> None:
    """Between the snapshot and the second pass a sweep takes what was old and deleted: the first pass has it."""
    files.put("photos", "old", b"old", About(), NOW)
    copy_new(tmp_path / "objects", tmp_path / "copy")
    files.put("photos", "new", b"new", About(), NOW)
    bodies = snapshot(store)
    files.delete("photos", "old", "new")
    (old,) = (
        path for path in (tmp_path / "objects").rglob("*/*") if path.is_file() and path.read_bytes() == b"old"
    )
    assert files.sweep(NOW, GRACE) == 0
    old.unlink()
    copy_new(tmp_path / "objects", tmp_path / "copy")

    assert missing(bodies, tmp_path / "copy") == []


def test_what_was_being_written_is_copied_again(files: Files, store: Store, tmp_path: Path) -> None:
    body = files.receive()
    body.write(b"half")
    copy_new(tmp_path / "objects", tmp_path / "copy")
    body.write(b" and half")
    files.put("photos", "one", body, About(), NOW)
    bodies = snapshot(store)
    assert missing(bodies, tmp_path / "copy") == list(bodies)
    copy_new(tmp_path / "objects", tmp_path / "copy")

    assert missing(bodies, tmp_path / "copy") == []


def test_parts_of_uploads_and_the_label_come_along(files: Files, store: Store, tmp_path: Path) -> None:
    files.set_label("ours")
    upload = files.uploads.head(
        "photos", "big", files.uploads.begin("photos", "big", About(), NOW, None, None)
    )
    files.uploads.add(upload, 1, b"part", {}, NOW)
    copy_new(tmp_path / "objects", tmp_path / "copy")

    assert [4] == list(snapshot(store).values())
    assert missing(snapshot(store), tmp_path / "copy") == []
    assert (tmp_path / "copy" / LABEL).read_text() == "ours\n"
