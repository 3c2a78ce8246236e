"""Another key for the secrets in the database: as a habit, or because the old one is known to others or lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.fernet import Fernet
from sqlalchemy import ColumnElement, Connection, delete, select, true, update

from secondlook.app.existing import held_store
from secondlook.app.first_start import server_id
from secondlook.app.layout import VAULT
from secondlook.app.memory import open_vault
from secondlook.names import now
from secondlook.review.decisions.rights import LINK
from secondlook.settings import SettingError, Settings
from secondlook.store import journal, sealed
from secondlook.store.incoming import write_durably
from secondlook.store.tables import access_key, duty, event_target, server
from secondlook.store.vault import Vault

_ALIVE = timedelta(seconds=60)
"""A server whose sign of life is older is taken for dead."""


def rotate(settings: Settings, *, links: bool) -> int:
    """Seal every secret anew, with a new key; how many. No server may run.

    With `links`, the next start also makes the key anew that signs links: those that were handed out end.

    The key file holds both keys, the new one first, until all are sealed with the new one: whatever is broken off in
    between, a server starts with it, and the next `rotate` goes on with the same new key.
    """
    with held_store(settings, "secondlook vault rotate") as store:
        file = settings.data / VAULT
        keys = open_vault(settings, store).keys
        with store.read() as cx:
            _check_alone(cx, settings, store.now(cx))
        if len(keys) == 1:
            keys = [Fernet.generate_key(), *keys]
            write_durably(file, _lines(keys))
        vault = Vault(file)
        with store.read() as cx:
            secrets = [(secret, vault.seal(vault.open(secret.token))) for secret in sealed.secrets(cx)]
        with store.write() as cx:
            for secret, token in secrets:
                secret.put(cx, token)
            if links:
                _revoke(cx, access_key.c.scope == LINK)
            for secret in sealed.secrets(cx):
                Fernet(keys[0]).decrypt(secret.token)  # before the old key goes
        write_durably(file, _lines(keys[:1]))
        return len(secrets)


def reset(settings: Settings, confirm: Callable[[], None]) -> None:
    """Give up what the lost key has sealed: access keys are revoked, webhooks disabled, unsent mail dropped. No server may run.

    `confirm` is called once nothing stands in the way, and raises where nothing shall be done.
    """
    with held_store(settings, "secondlook vault reset") as store:
        file = settings.data / VAULT
        with store.read() as cx:
            _check_alone(cx, settings, store.now(cx))
        confirm()
        write_durably(file, _lines([Fernet.generate_key()]))
        nothing = Vault(file).seal("")
        with store.write() as cx:
            _revoke(cx, true())
            _disable_targets(cx)
            for table in (access_key, event_target):
                cx.execute(update(table).where(table.c.secret.is_not(None)).values(secret=nothing))
            cx.execute(delete(duty).where(duty.c.kind == "send-mail"))


def _revoke(cx: Connection, which: ColumnElement[bool]) -> None:
    """The server's own keys are made anew when it starts."""
    at = now()
    living = access_key.c.revoked_at.is_(None)
    revoked = update(access_key).where(which, living).values(revoked_at=at).returning(access_key.c.key_id)
    for key_id in cx.scalars(revoked).all():
        journal.record(cx, "RevokeKey", "AccessKey", key_id, at)


def _disable_targets(cx: Connection) -> None:
    """Those with a secret, which nobody can open any more."""
    at = now()
    on = event_target.c.disabled_at.is_(None) & event_target.c.secret.is_not(None)
    disabled = update(event_target).where(on).values(disabled_at=at).returning(event_target.c.id)
    for number in cx.scalars(disabled).all():
        journal.record(cx, "DisableEventTarget", "EventTarget", str(number), at)


def _check_alone(cx: Connection, settings: Settings, at: datetime) -> None:
    """Other servers would go on sealing with the key that they have in memory."""
    here = server_id(settings.data)
    url = cx.scalar(
        select(server.c.url).where(server.c.id != here, server.c.heartbeat_at > at - _ALIVE).limit(1)
    )
    if url is not None:
        raise SettingError(
            f"The server {url} uses this database: stop all its servers first, then give each the new key file."
        )


def _lines(keys: list[bytes]) -> str:
    return "".join(f"{key.decode('ascii')}\n" for key in keys)
