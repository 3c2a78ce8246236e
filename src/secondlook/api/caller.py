"""Who signs: an access key, its secret in the clear, and what it may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from secondlook.review.decisions import rights
from secondlook.wire import errors


@dataclass(frozen=True, slots=True)
class Caller:
    """An access key. `buckets` are those it may use; None for all but the server's own. `brings_code`: models made with it may
    run code of their own.
    """

    key_id: str
    name: str
    scope: str
    buckets: frozenset[str] | None
    expires_at: datetime | None
    secret: str = field(repr=False)
    brings_code: bool = False

    def check_expiry(self, now: datetime) -> None:
        """Refuse a key past its time as one that is not there [AWS has no code of its own for it]; say when it ended."""
        if self.expires_at is not None and self.expires_at <= now:
            raise errors.unknown_access_key(
                f"The access key {self} expired at {self.expires_at:%Y-%m-%dT%H:%M:%SZ}; ask an admin for a new one."
            )

    def check_call(self, service: str, operation: str) -> None:
        """Refuse an operation that takes a key of a wider scope."""
        if rights.may_call(self.scope, service, operation):
            return
        if self.scope == rights.LINK:
            raise errors.access_denied()
        least = rights.least(service, operation)
        raise errors.access_denied(
            f"{service} {operation} takes an access key of scope {least}; {self} has the scope {self.scope}: "
            f"{rights.SCOPES[self.scope]}."
        )

    def check_bucket(self, bucket: str) -> None:
        """Refuse a bucket that this key may not use, whether there is one or not."""
        if self.scope == rights.LINK or rights.may_use(self.buckets, bucket):
            return
        if bucket == rights.INTERNAL_BUCKET:
            raise errors.access_denied()
        raise errors.access_denied(
            f"The access key {self} may use {self._bound_to}, not {bucket!r}: ask an admin for a key that is bound to it."
        )

    def check_brings_code(self) -> None:
        """Refuse a model that would run code of whoever made it, to a key without that right."""
        if not self.brings_code:
            raise errors.access_denied(
                f"The access key {self} may not make models that run code or files of their own: beside the server, "
                "`secondlook env --brings-code` has one that may; elsewhere, ask an admin for one made with "
                "`secondlook keys create --brings-code`."
            )

    @property
    def _bound_to(self) -> str:
        return f"the buckets {', '.join(sorted(self.buckets))}" if self.buckets else "no bucket"

    def __str__(self) -> str:
        return f"{self.key_id} ({self.name})"
