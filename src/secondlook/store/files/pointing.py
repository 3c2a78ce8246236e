"""From a body on the disk to a row that points to it: in this order, and without a file left that nothing points to."""

from __future__ import annotations

from sqlalchemy import Connection

from secondlook.store.incoming import Incoming
from secondlook.store.session import Store
from secondlook.store.writer import Result, Work


def point(store: Store, body: Incoming, write: Work[Result]) -> Result:
    """Have `write` make rows point to `body`, which is durable before that.

    Where `write` fails, the body is removed at once. A commit that fails may have come through for all that, so then the
    file stays, and the sweep looks later.
    """
    is_pointed_to = False

    def point_to(cx: Connection) -> Result:
        nonlocal is_pointed_to
        result = write(cx)
        is_pointed_to = True
        return result

    try:
        body.seal()
        return store.do(point_to)
    except BaseException:
        if not is_pointed_to:
            body.discard()
        raise
