"""The second page of the console: work teams, people, access keys.

What is shown once (a link, a secret) is the answer to the form itself; everything else redirects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row
from starlette.responses import RedirectResponse, Response

from secondlook.pages import rendering
from secondlook.pages.chrome import around
from secondlook.pages.console.contexts import Link, People
from secondlook.pages.visit import Visit
from secondlook.review import access_key, people, workteam
from secondlook.review.errors import Invalid, Refusal
from secondlook.review.people import Person
from secondlook.review.post import owe_letter
from secondlook.review.rights import REQUESTER, SCOPES

MOST_INVITED = 50
"""Addresses per paste, as on Amazon's page [portal.md]."""

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

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")


def show(visit: Visit) -> Response:
    """`GET /console/people`."""
    return _page(visit)


def make_team(visit: Visit) -> Response:
    """`POST /console/people/teams`."""
    name = visit.field("name")

    def make(cx: Connection) -> None:
        if not _NAME.fullmatch(name):
            raise Invalid(f"{name!r} cannot name a work team: letters, digits and hyphens inside, up to 63")
        organization, contact = visit.field("organization") or None, visit.field("contact") or None
        workteam.create(
            cx,
            name,
            visit.field("description") or name,
            {},
            visit.now,
            organization=organization,
            contact=contact,
        )

    try:
        with visit.rooms.store.write() as cx:
            make(cx)
    except Refusal as refusal:
        return _refused(visit, "team-dialog", f"{str(refusal).removesuffix('.')}.")
    return _back("team-made")


def invite(visit: Visit) -> Response:
    """`POST /console/people/invitations`: links for addresses that have no password yet; others just join the team."""
    emails = list(dict.fromkeys(re.split(r"[\s,;]+", visit.field("emails").lower())))
    team = visit.field("team") or None
    try:
        if not any(emails) or len(emails) > MOST_INVITED:
            raise Invalid(f"Give between 1 and {MOST_INVITED} addresses")
        with visit.rooms.store.write() as cx:
            links = [_invited(cx, visit, email, team) for email in emails if email]
    except Refusal as refusal:
        return _refused(visit, "invite-dialog", f"{refusal}. Nobody was invited.")
    return _page(visit, links=links)


def new_link(visit: Visit) -> Response:
    """`POST /console/people/<id>/link`: lets the person choose a new password."""
    with visit.rooms.store.write() as cx:
        someone = people.person_by_id(cx, visit.parts["id"])
        link = _link(cx, visit, someone.email, None)
    return _page(visit, links=[link])


def switch_off(visit: Visit) -> Response:
    """`POST /console/people/<id>/off`: no sign-in, no session; memberships stay."""

    def off(cx: Connection, person: Person) -> None:
        people.disable(cx, person.id, visit.now)
        people.revoke_sessions(cx, person.id, visit.now)

    return _to_another(visit, off, "switched-off")


def switch_on(visit: Visit) -> Response:
    """`POST /console/people/<id>/on`."""
    return _to_another(visit, lambda cx, person: people.enable(cx, person.id), "switched-on")


def make_admin(visit: Visit) -> Response:
    """`POST /console/people/<id>/admin`."""
    return _to_another(visit, lambda cx, person: people.make_admin(cx, person.id), "admin-made")


def remove_member(visit: Visit) -> Response:
    """`POST /console/people/<id>/leave` with `team`."""
    with visit.rooms.store.write() as cx:
        workteam.expel(cx, visit.field("team"), visit.parts["id"], visit.now)
    return _back("member-removed")


def make_key(visit: Visit) -> Response:
    """`POST /console/people/keys`: the secret is shown this once."""
    name = visit.field("name") or f"made by {visit.person.email}"
    try:
        with visit.rooms.store.write() as cx:
            made = access_key.create(
                cx,
                name,
                visit.field("scope"),
                visit.rooms.vault.seal,
                visit.now,
                buckets=re.findall(r"[^\s,;]+", visit.field("buckets")),
                expires_at=_day(visit.field("expires")),
            )
    except Refusal as refusal:
        return _refused(visit, "key-dialog", f"{refusal}.")
    return _page(visit, new_key=made)


def revoke_key(visit: Visit) -> Response:
    """`POST /console/people/keys/<id>/revoke`."""
    with visit.rooms.store.write() as cx:
        access_key.revoke(cx, visit.parts["key"], visit.now)
    return _back("key-revoked")


def _invited(cx: Connection, visit: Visit, email: str, team: str | None) -> Link:
    account = people.account_of(cx, email)
    if account is not None and account.password_hash is not None and team is not None:
        workteam.find(cx, team)
        workteam.add(cx, team, [account.person.id], visit.now)
        return Link(email, "")
    return _link(cx, visit, email, team)


def _link(cx: Connection, visit: Visit, email: str, team: str | None) -> Link:
    rooms = visit.rooms
    token = people.invite(cx, email, team, visit.now)
    owe_letter(cx, rooms.vault.seal, token, team, visit.now)
    base_url = (rooms.settings.public_url or visit.arrival.base_url).rstrip("/")
    return Link(email, f"{base_url}/welcome/{token}")


def _day(text: str) -> datetime | None:
    """The end of a day, UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1) if text else None
    except (ValueError, OverflowError):
        raise Invalid(f"{text!r} is no day; write it like 2027-01-31") from None


def _buckets(key: Row[Any]) -> str:
    bound = access_key.buckets_of(key)
    return "every one" if bound is None else ", ".join(sorted(bound)) or "none"


def _to_another(visit: Visit, act: Callable[[Connection, Person], None], notice: str) -> Response:
    """Do something to a person who is not the admin at the keyboard: nobody locks themselves out by a slip."""
    if visit.parts["id"] == visit.person.id:
        raise Invalid("This is your own account; ask another admin to change it.")
    with visit.rooms.store.write() as cx:
        act(cx, people.person_by_id(cx, visit.parts["id"]))
    return _back(notice)


def _refused(visit: Visit, dialog: str, trouble: str) -> Response:
    """The page again with the form as it was filled in, and what is wrong with it."""
    return _page(visit, trouble=trouble, refused=dialog, typed=visit.form, status=400)


def _back(notice: str) -> Response:
    return RedirectResponse(f"/console/people?notice={notice}", 303)


def _page(
    visit: Visit,
    *,
    links: list[Link] | None = None,
    new_key: tuple[str, str] | None = None,
    trouble: str = "",
    refused: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    with visit.rooms.store.read() as cx:
        keys = [key for key in access_key.every(cx) if key.revoked_at is None]
        context = People(
            chrome=around(visit, "people"),
            teams=list(cx.execute(workteam.every(None).order_by("name"))),
            people=people.everybody(cx),
            keys=keys,
            buckets={key.key_id: _buckets(key) for key in keys},
            scopes=SCOPES,
            usual_scope=REQUESTER,
            links=links or [],
            mails_itself=visit.rooms.settings.smtp is not None,
            new_key=new_key,
            trouble=trouble,
            refused=refused,
            typed={name: (typed or {}).get(name, "") for name in _TYPED},
            self_id=visit.person.id,
            now=visit.now,
        )
    return rendering.page(context, status)
