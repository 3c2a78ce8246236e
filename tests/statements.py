"""What a store is asked: the statements of a stretch of work, counted instead of timed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from secondlook.store.session import Store


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The SQL that the block sends, one text per statement, in order."""
    sent: list[str] = []

    def note(_cx: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield sent
    event.remove(store.engine, "before_cursor_execute", note)
