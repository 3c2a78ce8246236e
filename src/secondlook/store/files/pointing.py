"""From a body on the disk to a row that points to it: in this order, and without a file left that nothing points to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from secondlook.store.incoming import Incoming
from secondlook.store.session import Store


@contextmanager
def pointing_to(store: Store, body: Incoming) -> Iterator[Connection]:
    """A transaction that makes rows point to `body`, which is durable before it begins.

    Where it ends before its commit, the body is removed at once. A commit that fails may have come through for all that, so
    then the file stays, and the sweep looks later.
    """
    commits = False
    try:
        body.seal()
        with store.write() as cx:
            yield cx
            commits = True
    except BaseException:
        if not commits:
            body.discard()
        raise
