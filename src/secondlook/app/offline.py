"""What an admin can do to an installation while no server runs on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secondlook.app.first_start import Credentials
from secondlook.app.lock import DataLock
from secondlook.app.memory import data_directory, open_vault, opened_store
from secondlook.names import now
from secondlook.review import access_key
from secondlook.settings import Settings


def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema."""
    with DataLock(data_directory(settings), "secondlook migrate"), opened_store(settings):
        pass


def create_key(
    settings: Settings, name: str, scope: str, buckets: Iterable[str], expires_at: datetime | None
) -> Credentials:
    """Make an access key; `review.errors.Invalid` says what cannot be."""
    with DataLock(data_directory(settings), "secondlook keys create"), opened_store(settings) as store:
        vault = open_vault(settings, store)
        with store.write() as cx:
            return Credentials(
                *access_key.create(cx, name, scope, vault.seal, now(), buckets=buckets, expires_at=expires_at)
            )
