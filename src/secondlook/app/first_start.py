"""What an installation gets at its first start: keys, the server's own signing key, a link for the first admin.

Two access keys are also written to `client.json` in the data directory (mode 0600), because only the server opens the
database: an admin's, with which the command line calls it, and a requester's, which `secondlook env` hands to programs. Where
models may bring code, `secondlook env --brings-code` hands out a third one.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select, update

from secondlook.app.layout import CLIENT_FILE, SERVER_ID
from secondlook.app.memory import elsewhere
from secondlook.names import identifier
from secondlook.review import access_key, people
from secondlook.review.decisions.rights import ADMIN, INTERNAL_BUCKET, LINK, REQUESTER
from secondlook.settings import Settings
from secondlook.store.incoming import write_durably
from secondlook.store.insert import insert_new
from secondlook.store.session import Store
from secondlook.store.tables import bucket, fact
from secondlook.store.vault import Vault

FIRST_ADMIN = "admin@localhost"
"""The first admin until the link is used; whoever uses it gives their own address."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """An access key with its secret in the clear."""

    key_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Installation:
    """The state after `prepare`. `admin_token` is None once there is an admin, `coin_key` throws coins (`decisions.coin`)."""

    link_key: Credentials
    coin_key: bytes
    admin_token: str | None


def prepare(store: Store, vault: Vault, settings: Settings, now: datetime) -> Installation:
    """Make what is missing; the same at every start."""
    with store.write() as cx:
        admin = _credentials(cx, vault, "first-key", "first key", ADMIN, now)
        requester = _credentials(cx, vault, "requester-key", "secondlook env", REQUESTER, now)
        bringing_code = (
            _credentials(
                cx, vault, "code-key", "secondlook env --brings-code", REQUESTER, now, brings_code=True
            )
            if settings.allow_model_code
            else None
        )
        link = _credentials(cx, vault, "link-key", "links of this server", LINK, now)
        coin_key = _coin_key(cx)
        insert_new(cx, bucket, name=INTERNAL_BUCKET, region=settings.region, created_at=now)
        token = None if people.admin_exists(cx) else people.invite(cx, FIRST_ADMIN, None, now, kind="admin")
    _write_client_file(settings, admin, requester, bringing_code)
    return Installation(link, coin_key, token)


def server_id(data: Path) -> str:
    """The name under which this server holds leases; the same after a restart."""
    file = data / SERVER_ID
    if not file.exists():
        write_durably(file, identifier() + "\n")
    return file.read_text().strip()


def _credentials(
    cx: Connection,
    vault: Vault,
    name: str,
    label: str,
    scope: str,
    now: datetime,
    *,
    brings_code: bool = False,
) -> Credentials:
    """The key that the fact `name` points to, made anew if it was revoked or never made."""
    key_id = cx.scalar(select(fact.c.value).where(fact.c.name == name))
    row = access_key.find(cx, key_id) if key_id else None
    if row is not None and row.revoked_at is None:
        return Credentials(row.key_id, vault.open(row.secret))
    credentials = Credentials(*access_key.create(cx, label, scope, vault.seal, now, brings_code=brings_code))
    if insert_new(cx, fact, name=name, value=credentials.key_id) is None:
        cx.execute(update(fact).where(fact.c.name == name).values(value=credentials.key_id))
    return credentials


def _coin_key(cx: Connection) -> bytes:
    """Random, and never made anew: with another key, what was not in a sample would be when it is sent again."""
    insert_new(cx, fact, name="coin-key", value=secrets.token_hex(32))
    return bytes.fromhex(cx.execute(select(fact.c.value).where(fact.c.name == "coin-key")).scalar_one())


def _write_client_file(
    settings: Settings, admin: Credentials, requester: Credentials, bringing_code: Credentials | None
) -> None:
    document: dict[str, Any] = {
        "url": settings.url,
        "region": settings.region,
        **elsewhere(settings),
        **_spelled(admin),
        "requester": _spelled(requester),
    }
    if bringing_code is not None:
        document["bringing_code"] = _spelled(bringing_code)
    if _is_self_signed(settings):
        document["ca_bundle"] = str(settings.data.resolve() / "tls" / "certificate.pem")
    write_durably(settings.data / CLIENT_FILE, json.dumps(document, indent=2))


def _spelled(key: Credentials) -> dict[str, str]:
    return {"access_key_id": key.key_id, "secret_access_key": key.secret}


def _is_self_signed(settings: Settings) -> bool:
    """Is our own port for TLS, with the certificate we made, what `url` names? Then clients need it to trust this server."""
    url = urlsplit(settings.url)
    ours = url.scheme == "https" and (url.port or 443) == (settings.tls_port or settings.port)
    return ours and settings.tls_cert is None
