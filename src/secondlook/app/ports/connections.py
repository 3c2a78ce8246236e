"""How many connections there may be, per address and in all, and which one must go for a newcomer.

A connection *waits* while it is the client's turn: to shake hands, to send a head or the rest of a body, to take an answer, to ask
again. Where there is no room, the one that has waited longest without a step forward makes room, so whoever opens connections and
dawdles pushes out nobody but himself. A newcomer is turned away only while we are at work on every connection that could make room.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from secondlook.app.ports.limits import Limits
from secondlook.wire.client_address import subscriber

log = logging.getLogger("secondlook.ports")


@dataclass(eq=False, slots=True)
class Connection:
    """One accepted connection. Whoever has it in hand sets `close`, which ends it at once."""

    group: str
    close: Callable[[], object] = lambda: None
    is_gone: bool = False


@dataclass(slots=True)
class _Group:
    """The connections of one address."""

    count: int = 0
    waiting: dict[Connection, None] = field(default_factory=dict)  # the longest first


class Connections:
    """All connections of all ports; used on the event loop only. `is_proxy` says which peers speak for others."""

    def __init__(self, limits: Limits, is_proxy: Callable[[str], bool]) -> None:
        self._limits = limits
        self._is_proxy = is_proxy
        self._groups: dict[str, _Group] = {}
        self._count = 0

    def admit(self, peer: str) -> Connection | None:
        """A place for a connection from `peer`, which waits until it `works`; None if there is none."""
        name = subscriber(peer)
        held = self._groups.get(name, _Group())
        if held.count >= self._limits.per_address and not self._is_proxy(peer):
            log.warning("connections of %s reached %d; the longest waiting one made room", name, held.count)
            if not _make_room(held):
                return None
        elif self._count >= self._limits.connections:
            log.warning("connections reached %d in all; the longest waiting one made room", self._count)
            if not self.make_room():
                return None
        connection = Connection(name)
        group = self._groups.setdefault(name, _Group())
        group.count += 1
        group.waiting[connection] = None
        self._count += 1
        return connection

    def make_room(self) -> bool:
        """End the longest waiting connection of the address that has most of them."""
        groups = [group for group in self._groups.values() if group.waiting]
        return bool(groups) and _make_room(max(groups, key=lambda group: group.count))

    def wait(self, connection: Connection) -> None:
        """It is the client's turn, who has just come a step forward."""
        if not connection.is_gone:
            waiting = self._groups[connection.group].waiting
            waiting.pop(connection, None)
            waiting[connection] = None

    def work(self, connection: Connection) -> None:
        """It is our turn."""
        if not connection.is_gone:
            self._groups[connection.group].waiting.pop(connection, None)

    def leave(self, connection: Connection) -> None:
        """It is closed; again is no error."""
        if connection.is_gone:
            return
        connection.is_gone = True
        group = self._groups[connection.group]
        group.waiting.pop(connection, None)
        group.count -= 1
        self._count -= 1
        if not group.count:
            del self._groups[connection.group]


def _make_room(group: _Group) -> bool:
    connection = next(iter(group.waiting), None)
    if connection is None:
        return False
    del group.waiting[connection]
    connection.close()
    return True
