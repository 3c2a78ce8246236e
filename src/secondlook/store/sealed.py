"""Where sealed secrets lie in the database: of access keys, of webhooks, in letters that wait to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from secondlook.store.tables import access_key, duty, webhook


@dataclass(frozen=True, slots=True)
class Secret:
    """One sealed secret; `put` writes another seal of it in its place."""

    token: bytes
    put: Callable[[Connection, bytes], Any]


def secrets(cx: Connection) -> Iterator[Secret]:
    """Every one, also those of keys that are revoked."""
    for table in (access_key, webhook):
        (key,) = table.primary_key.columns
        for name, token in cx.execute(select(key, table.c.secret).order_by(table.c.created_at)).all():
            change = update(table).where(key == name)
            yield Secret(token, lambda cx, new, change=change: cx.execute(change.values(secret=new)))  # type: ignore[misc]
    for number, payload in cx.execute(
        select(duty.c.id, duty.c.payload).where(duty.c.kind == "send-mail")
    ).all():
        yield Secret(payload["token"].encode("ascii"), _in_letter(number, payload))


def _in_letter(number: int, payload: dict[str, Any]) -> Callable[[Connection, bytes], Any]:
    change = update(duty).where(duty.c.id == number)
    return lambda cx, new: cx.execute(change.values(payload={**payload, "token": new.decode("ascii")}))
