"""What an admin can do to an installation while no server runs on it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from datetime import datetime

from secondlook.app.first_start import Credentials
from secondlook.app.lock import DataLock
from secondlook.app.memory import data_directory, open_vault, opened_store
from secondlook.names import now
from secondlook.review import access_key, people
from secondlook.settings import Settings
from secondlook.store.session import Store


def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema."""
    with _memory(settings, "secondlook migrate"):
        pass


def create_key(
    settings: Settings, name: str, scope: str, buckets: Collection[str], expires_at: datetime | None
) -> tuple[Credentials, list[str]]:
    """Make an access key, and what speaks against its use; `review.errors.Invalid` says what cannot be."""
    with _memory(settings, "secondlook keys create") as store:
        vault = open_vault(settings, store)
        with store.write() as cx:
            made = access_key.create(
                cx, name, scope, vault.seal, now(), buckets=buckets, expires_at=expires_at
            )
            warnings = access_key.warnings(cx, buckets)
    return Credentials(*made), warnings


def reset_password(settings: Settings, email: str) -> str:
    """The token of a link to choose another password with; a `review.errors.Refusal` says why there is none."""
    with _memory(settings, "secondlook people reset-password") as store, store.write() as cx:
        return people.reset(cx, email, now())


@contextlib.contextmanager
def _memory(settings: Settings, who: str) -> Iterator[Store]:
    """The store of a data directory that no server holds, with this version's schema."""
    with DataLock(data_directory(settings), who), opened_store(settings) as store:
        yield store
