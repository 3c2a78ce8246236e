"""The second page of the console as the answer to its forms.

What is shown once (a link, a secret) is the answer to the form itself; everything else redirects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row
from starlette.responses import RedirectResponse, Response

from secondlook.pages import rendering
from secondlook.pages.console.contexts import Link, People
from secondlook.pages.layout import layout
from secondlook.pages.visit import Visit
from secondlook.review import access_key, people, workteam
from secondlook.review.decisions.rights import REQUESTER, SCOPES

MOST = 500
"""People on the page."""

_TYPED = (
    "emails",
    "team",
    "name",
    "description",
    "organization",
    "contact",
    "scope",
    "buckets",
    "expires",
)
"""What is typed in the dialogs of this page."""


def page(
    visit: Visit,
    *,
    links: Sequence[Link] = (),
    new_key: tuple[str, str] | None = None,
    warnings: Sequence[str] = (),
    error: str = "",
    refused: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page as it stands now, with what came of a form; the arguments are described at `People`."""
    with visit.services.store.read() as cx:
        keys = [key for key in access_key.every(cx) if key.revoked_at is None]
        known = people.first(cx, MOST + 1)
        context = People(
            layout=layout(visit, "people"),
            teams=list(cx.execute(workteam.every(None).order_by("name"))),
            people=known[:MOST],
            most=MOST if len(known) > MOST else None,
            keys=keys,
            buckets={key.key_id: _buckets(key) for key in keys},
            scopes=SCOPES,
            usual_scope=REQUESTER,
            links=links,
            mails_itself=visit.services.settings.smtp is not None,
            new_key=new_key,
            warnings=warnings,
            error=error,
            refused=refused,
            typed={name: (typed or {}).get(name, "") for name in _TYPED},
            self_id=visit.person.id,
            now=visit.now,
        )
    return rendering.page(context, status)


def refused(visit: Visit, dialog: str, error: str) -> Response:
    """The page again with the form as it was filled in, and what is wrong with it."""
    return page(visit, error=error, refused=dialog, typed=visit.form, status=400)


def back(notice: str) -> Response:
    return RedirectResponse(f"/console/people?notice={notice}", 303)


def _buckets(key: Row[Any]) -> str:
    bound = access_key.buckets_of(key)
    return "every one" if bound is None else ", ".join(sorted(bound)) or "none"
