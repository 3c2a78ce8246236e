"""What an admin can do to an installation while no server runs on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from secondlook.app.existing import check_directory, held_store
from secondlook.app.first_start import Credentials
from secondlook.app.layout import VAULT
from secondlook.app.memory import open_vault
from secondlook.names import now
from secondlook.review import access_key, people
from secondlook.settings import Settings


def migrate(settings: Settings) -> None:
    """Bring the database to this version's schema; one that is named may still be empty."""
    check_directory(settings)
    with held_store(settings, "secondlook migrate", may_be_new=settings.database is not None):
        pass


def create_key(
    settings: Settings,
    name: str,
    scope: str,
    buckets: Collection[str],
    expires_at: datetime | None,
    *,
    brings_code: bool = False,
) -> tuple[Credentials, list[str]]:
    """Make an access key, and what speaks against its use; `review.errors.Invalid` says what cannot be.

    An installation gets its first one before its first start; one that has sealed secrets has a database somewhere.
    """
    is_new = not (settings.data / VAULT).exists()
    with held_store(settings, "secondlook keys create", may_be_new=is_new) as store:
        vault = open_vault(settings, store)
        with store.write() as cx:
            credentials = access_key.create(
                cx,
                name,
                scope,
                vault.seal,
                now(),
                buckets=buckets,
                brings_code=brings_code,
                expires_at=expires_at,
            )
            warnings = access_key.warnings(cx, scope, buckets)
    return Credentials(*credentials), warnings


def reset_password(settings: Settings, email: str) -> str:
    """The token of a link to choose another password with; a `review.errors.ReviewError` says why there is none."""
    with held_store(settings, "secondlook people reset-password") as store, store.write() as cx:
        return people.reset(cx, email, now())
