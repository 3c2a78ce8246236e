"""Every place where sealed secrets lie is one that a rotation reaches."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import LargeBinary, insert

from secondlook.review import access_key
from secondlook.review.invitation_mail import owe_invitation_mail
from secondlook.review.people import ensure_person, invite
from secondlook.store import sealed
from secondlook.store.session import Store
from secondlook.store.tables import event_target, metadata

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PLACES = {"access_key.secret", "event_target.secret"}


def test_columns_of_bytes_hold_sealed_secrets_and_are_all_known() -> None:
    """Whoever adds one adds it to `store.sealed`, and here."""
    columns = {
        str(column)
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, LargeBinary)
    }

    assert columns == PLACES


def test_each_is_found_and_replaced(store: Store) -> None:
    with store.write() as cx:
        access_key.create(cx, "k", "requester", lambda _: b"key", NOW)
        cx.execute(insert(event_target).values(kind="webhook", settings={}, secret=b"hook", created_at=NOW))
        person = ensure_person(cx, "ana@example.org", NOW)
        owe_invitation_mail(cx, lambda _: b"mail", invite(cx, person.email, None, NOW), None, NOW)
        secrets = list(sealed.secrets(cx))
        assert [b"key", b"hook", b"mail"] == [secret.token for secret in secrets]
        for secret in secrets:
            secret.put(cx, secret.token + b"-2")

    with store.read() as cx:
        assert [b"key-2", b"hook-2", b"mail-2"] == [secret.token for secret in sealed.secrets(cx)]
