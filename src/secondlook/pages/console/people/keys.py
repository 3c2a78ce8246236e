"""The access keys on the second page of the console."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from secondlook.pages.console.people.page import again, back, page
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import access_key
from secondlook.review.errors import Invalid, ReviewError


def make_key(visit: Visit) -> Response:
    """`POST /console/people/keys`: the secret is shown this once."""
    buckets = re.findall(r"[^\s,;]+", visit.field("buckets"))
    scope = visit.field("scope")
    name = visit.field("name") or f"made by {visit.person.email}"
    try:
        with visit.services.store.write() as cx:
            new_key = access_key.create(
                cx,
                name,
                scope,
                visit.services.vault.seal,
                visit.now,
                buckets=buckets,
                brings_code=bool(visit.field("brings_code")),
                expires_at=_day(visit.field("expires")),
            )
            warnings = access_key.warnings(cx, scope, buckets)
    except ReviewError as error:
        return again(visit, "key-dialog", f"{error}.")
    return page(visit, new_key=new_key, warnings=warnings)


def revoke_key(visit: Visit) -> Response:
    """`POST /console/people/keys/<id>/revoke`."""
    with visit.services.store.write() as cx:
        access_key.revoke(cx, visit.path_params["key"], visit.now)
    return back("key-revoked")


def _day(text: str) -> datetime | None:
    """The end of a day, UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1) if text else None
    except (ValueError, OverflowError):
        raise Invalid(f"{text!r} is no day; write it like 2027-01-31") from None


ROUTES = (
    Route("POST", "/console/people/keys", make_key, Open.TO_ADMINS),
    Route("POST", "/console/people/keys/{key:name}/revoke", revoke_key, Open.TO_ADMINS),
)
