"""While one writes, all others wait; so large JSON is written and read before and after, never meanwhile."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import StatementError

from secondlook.review import assignment, closing, held_task
from secondlook.review.decisions import output
from secondlook.review.draft import Draft
from secondlook.review.stories import overview, progress
from secondlook.store import document
from secondlook.store.document import Document
from secondlook.store.session import Store

LARGE = 64 * 1024
"""Bytes of JSON that nobody needs to wait for."""

MUCH = {"mask": "x" * 1024 * 1024}


class Watched:
    """`json`, refusing large texts on a thread that has a write transaction open."""

    def __init__(self, store: Store) -> None:
        self.writing = threading.local()
        self.sizes: list[int] = []
        event.listen(store.engine, "begin", self._begun)
        event.listen(store.engine, "commit", self._ended)
        event.listen(store.engine, "rollback", self._ended)

    def dumps(self, value: Any, **how: Any) -> str:
        return self._small(json.dumps(value, **how))

    def loads(self, text: Any) -> Any:
        return json.loads(self._small(text))

    def _begun(self, cx: Connection) -> None:
        self.writing.now = cx.get_execution_options().get("secondlook_write", False)

    def _ended(self, _cx: Connection) -> None:
        self.writing.now = False

    def _small(self, text: Any) -> Any:
        self.sizes.append(len(text))
        assert len(text) < LARGE or not getattr(self.writing, "now", False), (
            f"{len(text):,} bytes of JSON in a write"
        )
        return text


@pytest.fixture
def watched(store: Store, monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched(store)
    monkeypatch.setattr(document, "json", watched)
    return watched


def test_the_watch_sees_large_json_in_a_write(world, watched):
    world.flow()
    world.loop()
    held = world.take("alice")

    assertion = pytest.raises((AssertionError, StatementError), match="bytes of JSON in a write")
    with assertion, world.store.write() as cx:
        assignment.submit(cx, world.people["alice"], held, MUCH, world.place, world.now)


def test_a_whole_life_with_large_documents(world, watched):
    """Started, drafted, paused, resumed, handed in twice, closed and looked at; each write finds its JSON made."""
    world.flow(task_count=2)
    number = world.loop(content=json.dumps(MUCH))
    alice, held = world.people["alice"], world.take("alice")
    begun, answer = Draft.of(MUCH, 1), Document.of({"tool": MUCH})
    with world.store.write() as cx:
        assignment.save_draft(cx, alice, held, begun, world.now)
    for act in (assignment.pause, assignment.resume):
        with world.store.write() as cx:
            act(cx, alice, held, world.now)
    for _ in range(2):
        with world.store.write() as cx:
            assignment.submit(cx, alice, held, answer, world.place, world.now)
    world.submit("bob", world.take("bob"))
    with world.store.read() as cx:
        contents = closing.to_write(cx, number, world.place, "https://here")
    world.write_output()

    assert json.loads(output.document(contents))["humanAnswers"][0]["answerContent"] == {"tool": MUCH}
    assert max(watched.sizes) > LARGE


def test_lists_and_pages_read_no_answer_and_no_draft(world, watched):
    world.flow(task_count=2)
    number = world.loop()
    held, begun = world.take("alice"), Draft.of(MUCH, 1)
    with world.store.write() as cx:
        assignment.save_draft(cx, world.people["alice"], held, begun, world.now)
    world.submit("bob", world.take("bob"), MUCH)
    watched.sizes.clear()
    with world.store.read() as cx:
        overview.flows(cx)
        overview.loops(cx, None, None, 10)
        progress.holders(cx, number)
        held_task.find(cx, world.people["alice"], held, world.now)
    world.jobs("alice")

    assert all(size < LARGE for size in watched.sizes)
