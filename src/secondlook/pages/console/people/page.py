"""The second page of the console as the answer to its forms.

What is shown once (a link, a secret) is the answer to the form itself; everything else redirects.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Row
from starlette.responses import RedirectResponse, Response

from secondlook.pages import rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.visit import Visit
from secondlook.review import access_key, people, workteam
from secondlook.review.decisions.rights import REQUESTER, SCOPES
from secondlook.review.people import Entry

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
    "brings_code",
)
"""What is typed in the dialogs of this page."""


NOTICES = {
    "admin-made": "That person is an admin now.",
    "key-revoked": "The access key works no more.",
    "member-removed": "Removed from the work team.",
    "team-made": "The work team is there. Invite its people next.",
    "switched-off": "The account is switched off and signed out everywhere.",
    "switched-on": "The account is switched on again.",
}
"""What `?notice=` may say on this page."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was just made for somebody.

    - `email`: for whom; `url`: the link, or nothing where they have joined before.
    """

    email: str
    url: str


@dataclass(frozen=True, slots=True)
class People:
    """Work teams, everybody with an account, and access keys.

    - `teams`: rows of the work teams; `people`: everybody with their teams, or the first `most` of them.
    - `keys`: access keys without their secrets; `buckets`: what each may use, in words; `brings_code`: the ids of those whose
      models may run code of their own.
    - `scopes`: what a key may be limited to, and what it may do then; `usual_scope`: the one that most should have.
    - `links`: invitations made just now; `mails_itself`: whether they also went out by mail.
    - `new_key`: id and secret of a key made just now, shown once, or None; `warnings`: what speaks against its use.
    - `error`: why the last form was refused; `dialog`: the one that it was sent from; `typed`: what was typed in it.
    - `self_id`: the admin's own person, who is spared some buttons.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/people.html"
    layout: Layout
    teams: Sequence[Row[Any]]
    people: Sequence[Entry]
    most: int | None
    keys: Sequence[Row[Any]]
    buckets: Mapping[str, str]
    brings_code: Collection[str]
    scopes: Mapping[str, str]
    usual_scope: str
    links: Sequence[Link]
    mails_itself: bool
    new_key: tuple[str, str] | None
    warnings: Sequence[str]
    error: str
    dialog: str
    typed: Mapping[str, str]
    self_id: int
    now: datetime


def page(
    visit: Visit,
    *,
    links: Sequence[Link] = (),
    new_key: tuple[str, str] | None = None,
    warnings: Sequence[str] = (),
    error: str = "",
    dialog: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page as it stands now, with what came of a form; the arguments are described at `People`."""
    with visit.services.store.read() as cx:
        keys = [key for key in access_key.every(cx) if key.revoked_at is None]
        known = people.first(cx, MOST + 1)
        context = People(
            layout=layout(visit, "people", NOTICES),
            teams=list(cx.execute(workteam.every().order_by("name"))),
            people=known[:MOST],
            most=MOST if len(known) > MOST else None,
            keys=keys,
            buckets={key.key_id: _buckets(key) for key in keys},
            brings_code={key.key_id for key in keys if access_key.may_bring_code(key)},
            scopes=SCOPES,
            usual_scope=REQUESTER,
            links=links,
            mails_itself=visit.services.settings.smtp is not None,
            new_key=new_key,
            warnings=warnings,
            error=error,
            dialog=dialog,
            typed={name: (typed or {}).get(name, "") for name in _TYPED},
            self_id=visit.person.id,
            now=visit.now,
        )
    return rendering.page(context, status)


def again(visit: Visit, dialog: str, error: str) -> Response:
    """The page again with the form as it was filled in, and what is wrong with it."""
    return page(visit, error=error, dialog=dialog, typed=visit.form, status=400)


def back(notice: str) -> Response:
    return RedirectResponse(f"/console/people?notice={notice}", 303)


def _buckets(key: Row[Any]) -> str:
    bound = access_key.buckets_of(key)
    return "every one" if bound is None else ", ".join(sorted(bound)) or "none"
