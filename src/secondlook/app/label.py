"""Rows and bodies belong together: the place where objects lie carries a label, and the database remembers it.

A directory that moves takes its label along. A second server of the same database with a directory of its own is refused,
because neither would find what the other has stored; so is a directory that belongs to another database, whose sweep would
remove the other's bodies. The first start of an older installation labels the place that it uses.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from secondlook.names import identifier
from secondlook.settings import SettingError
from secondlook.store.insert import insert_new
from secondlook.store.objects import LABEL, Objects
from secondlook.store.session import Store
from secondlook.store.tables import fact

_INSTALLATION = "installation"
_OBJECTS = "objects-label"


def claim(store: Store, objects: Objects, place: str) -> None:
    """Make sure that `objects` are those of this database; SettingError if not. `place` is what messages call them."""
    known, present = _known(store, _OBJECTS), objects.label()
    if known is None:
        installation = _known(store, _INSTALLATION) or _remembered(store, _INSTALLATION, identifier())
        if present is None:
            objects.set_label(f"{installation} {identifier()}")
            present = objects.label()
        if present is None or not present.startswith(installation):
            raise SettingError(
                f"{place} belongs to another database (its {LABEL} reads {present!r}): name another place with --objects, "
                f"or the database that belongs to it with --database. If that database is gone for good, remove {LABEL}."
            )
        # Several servers may start for the first time at once, each in a place of its own: one of them stays.
        known = _remembered(store, _OBJECTS, present)
    if known != present:
        raise SettingError(
            f"{place} does not hold the objects of this database: they lie elsewhere. Name that place with --objects; servers "
            "on several machines that share a database need one S3 (--objects s3://…), or one directory that all of them "
            f"mount. If the objects were moved here, their {LABEL} has been left behind: it must read {known!r}."
        )


def _known(store: Store, name: str) -> str | None:
    with store.read() as cx:
        return _value(cx, name)


def _remembered(store: Store, name: str, value: str) -> str:
    """Keep `value`, unless another server was faster; what is kept then."""
    with store.write() as cx:
        insert_new(cx, fact, name=name, value=value)
        return _value(cx, name) or value


def _value(cx: Connection, name: str) -> str | None:
    value: str | None = cx.scalar(select(fact.c.value).where(fact.c.name == name))
    return value
