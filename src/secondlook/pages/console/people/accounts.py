"""The people and work teams on the second page of the console."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import Connection
from starlette.responses import Response

from secondlook.pages.console.people.page import Link, again, back, page
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import people, workteam
from secondlook.review.errors import Invalid, ReviewError
from secondlook.review.invitation_mail import owe_invitation_mail
from secondlook.review.people import Person

MOST_INVITED = 50
"""Addresses per paste, as on Amazon's page [portal.md]."""

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")


def show(visit: Visit) -> Response:
    """`GET /console/people`."""
    return page(visit)


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
        with visit.services.store.write() as cx:
            make(cx)
    except ReviewError as error:
        return again(visit, "team-dialog", f"{str(error).removesuffix('.')}.")
    return back("team-made")


def invite(visit: Visit) -> Response:
    """`POST /console/people/invitations`: links for who has not joined yet; others are in the team at once."""
    typed = re.findall(r"[^\s,;]+", visit.field("emails"))
    team = visit.field("team") or None
    try:
        if not 1 <= len(typed) <= MOST_INVITED:
            raise Invalid(f"Give between 1 and {MOST_INVITED} addresses")
        emails = people.normal_all(typed)
        with visit.services.store.write() as cx:
            links = [_invited(cx, visit, email, team) for email in emails]
    except ReviewError as error:
        return again(visit, "invite-dialog", f"{error}. Nobody was invited.")
    return page(visit, links=links)


def invite_again(visit: Visit) -> Response:
    """`POST /console/people/<id>/link`: another link for somebody who has not joined yet."""
    with visit.services.store.write() as cx:
        someone = people.person_by_id(cx, visit.path_params["id"])
        link = _invited(cx, visit, someone.email, None)
    return page(visit, links=[link])


def reset_password(visit: Visit) -> Response:
    """`POST /console/people/<id>/password`: lets somebody who has joined choose another password."""
    with visit.services.store.write() as cx:
        someone = people.person_by_id(cx, visit.path_params["id"])
        link = _sent(cx, visit, someone.email, people.reset(cx, someone.email, visit.now), None)
    return page(visit, links=[link])


def switch_off(visit: Visit) -> Response:
    """`POST /console/people/<id>/off`: no sign-in, no session; memberships stay."""

    def off(cx: Connection, person: Person) -> None:
        people.disable(cx, person.id, visit.now)
        people.revoke_sessions(cx, person.id, visit.now)

    return _to_another(visit, off, "switched-off")


def switch_on(visit: Visit) -> Response:
    """`POST /console/people/<id>/on`."""
    return _to_another(visit, lambda cx, person: people.enable(cx, person.id, visit.now), "switched-on")


def make_admin(visit: Visit) -> Response:
    """`POST /console/people/<id>/admin`."""
    return _to_another(visit, lambda cx, person: people.make_admin(cx, person.id, visit.now), "admin-made")


def remove_member(visit: Visit) -> Response:
    """`POST /console/people/<id>/leave` with `team`."""
    with visit.services.store.write() as cx:
        workteam.expel(cx, visit.field("team"), visit.path_params["id"], visit.now)
    return back("member-removed")


def _invited(cx: Connection, visit: Visit, email: str, team: str | None) -> Link:
    token = people.invite_newcomer(cx, email, team, visit.now)
    return Link(email, "") if token is None else _sent(cx, visit, email, token, team)


def _sent(cx: Connection, visit: Visit, email: str, token: str, team: str | None) -> Link:
    """The link, which goes by mail too."""
    services = visit.services
    owe_invitation_mail(cx, services.vault.seal, token, team, visit.now)
    base_url = (services.settings.public_url or visit.arrival.base_url).rstrip("/")
    return Link(email, f"{base_url}/welcome/{token}")


def _to_another(visit: Visit, act: Callable[[Connection, Person], None], notice: str) -> Response:
    """Do something to a person who is not the admin at the keyboard: nobody locks themselves out by a slip."""
    if visit.path_params["id"] == visit.person.id:
        raise Invalid("This is your own account; ask another admin to change it.")
    with visit.services.store.write() as cx:
        act(cx, people.person_by_id(cx, visit.path_params["id"]))
    return back(notice)


ROUTES = (
    Route("GET", "/console/people", show, Open.TO_ADMINS),
    Route("POST", "/console/people/teams", make_team, Open.TO_ADMINS),
    Route("POST", "/console/people/invitations", invite, Open.TO_ADMINS),
    Route("POST", "/console/people/{id:row}/link", invite_again, Open.TO_ADMINS),
    Route("POST", "/console/people/{id:row}/password", reset_password, Open.TO_ADMINS),
    Route("POST", "/console/people/{id:row}/leave", remove_member, Open.TO_ADMINS),
    Route("POST", "/console/people/{id:row}/off", switch_off, Open.TO_ADMINS),
    Route("POST", "/console/people/{id:row}/on", switch_on, Open.TO_ADMINS),
    Route("POST", "/console/people/{id:row}/admin", make_admin, Open.TO_ADMINS),
)
