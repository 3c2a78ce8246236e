"""Where sealed secrets lie in the database: of access keys, of event targets, in mail that waits to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from secondlook.store.tables import access_key, duty, event_target


@dataclass(frozen=True, slots=True)
class Secret:
    """One sealed secret; `put` writes another seal of it in its place."""

    token: bytes
    put: Callable[[Connection, bytes], Any]


def secrets(cx: Connection) -> Iterator[Secret]:
    """Every one, also those of keys that are revoked."""
    for table in (access_key, event_target):
        (key,) = table.primary_key.columns
        sealed = select(key, table.c.secret).where(table.c.secret.is_not(None)).order_by(table.c.created_at)
        for name, token in cx.execute(sealed).all():
            change = update(table).where(key == name)
            yield Secret(token, lambda cx, new, change=change: cx.execute(change.values(secret=new)))  # type: ignore[misc]
    for number, payload in cx.execute(
        select(duty.c.id, duty.c.payload).where(duty.c.kind == "send-mail")
    ).all():
        yield Secret(payload["token"].encode("ascii"), _in_mail(number, payload))


def _in_mail(number: int, payload: dict[str, Any]) -> Callable[[Connection, bytes], Any]:
    change = update(duty).where(duty.c.id == number)
    return lambda cx, new: cx.execute(change.values(payload={**payload, "token": new.decode("ascii")}))
