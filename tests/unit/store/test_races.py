"""Objects under fire: writers, copiers and the sweep at once, and nothing is lost that a row points to."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from secondlook.store.conditions import OnlyIf
from secondlook.store.errors import NoSuchKey
from secondlook.store.files import Files
from secondlook.store.objects import About, Source
from secondlook.store.session import Store

NOW = datetime.now(UTC)
REPEATS = 30


def together(*works: Callable[[], None]) -> list[BaseException]:
    """Run all at once; what they raised."""
    start, raised = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001
            raised.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def each(act: Callable[[int], object]) -> Callable[[], None]:
    """`act` for every number, one after the other."""

    def run() -> None:
        for number in range(REPEATS):
            act(number)

    return run


def read(files: Files, key: str) -> bytes:
    with files.get("photos", key) as opened:
        return opened.all()


def aged(root: Path) -> None:
    """Let every body be an hour old: to a sweep with a minute's grace it goes once nothing points to it."""
    for path in root.rglob("*"):
        os.utime(path, (NOW.timestamp() - 3600,) * 2)


def test_no_sweep_takes_what_is_copied_replaced_or_read(store: Store, tmp_path: Path) -> None:
    files = Files(store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    for number in range(REPEATS):
        files.put("photos", f"{number}", b"old body", About(), NOW)
    aged(tmp_path / "objects")

    seen: set[bytes] = set()
    raised = together(
        each(lambda number: files.put("photos", f"{number}", b"new body", About(), NOW)),
        each(lambda number: files.put("photos", f"c{number}", Source("photos", f"{number}"), About(), NOW)),
        each(lambda number: seen.add(read(files, f"{number}"))),
        each(lambda _: files.sweep(NOW, 60)),
    )

    assert raised == []
    assert seen <= {b"old body", b"new body"}
    assert {read(files, entry.key) for entry in files.list("photos").objects} <= {b"old body", b"new body"}


def test_of_a_delete_and_a_copy_at_once_both_make_sense(store: Store, tmp_path: Path) -> None:
    files = Files(store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    for number in range(REPEATS // 3):
        key, copied = f"one {number}", f"two {number}"
        files.put("photos", key, b"body", About(), NOW)
        aged(tmp_path / "objects")
        raised = together(
            lambda key=key: files.delete("photos", key),
            lambda key=key, copied=copied: files.put("photos", copied, Source("photos", key), About(), NOW),
            lambda: files.sweep(NOW, 60),
        )

        assert all(isinstance(error, NoSuchKey) for error in raised)
        if not raised:
            assert read(files, copied) == b"body"


def test_a_delete_on_condition_never_takes_what_came_in_between(store: Store, tmp_path: Path) -> None:
    files = Files(store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    for number in range(REPEATS):
        old = files.put("photos", f"{number}", b"old", About(), NOW)
    condition = [OnlyIf(etag=old.etag)]

    raised = together(
        each(lambda number: files.put("photos", f"{number}", b"new", About(), NOW)),
        each(lambda number: files.delete("photos", f"{number}", only_if=condition)),
    )

    assert raised == []
    assert {read(files, f"{number}") for number in range(REPEATS)} == {b"new"}
