"""The page behind an invitation: looking at it consumes nothing, its one button exchanges the token for a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.responses import Response

from secondlook.pages import errors, rendering
from secondlook.pages.portal.local_path import local
from secondlook.pages.portal.signing_in import begin
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import people, workteam
from secondlook.review.errors import Gone, InUse, Invalid
from secondlook.review.people import password

ASK = "Ask whoever sent it for a new one, or sign in if you have a password."
STANDS_FOR_NOBODY = "@localhost"
"""The first admin has such an address until somebody chooses a real one."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The page behind a link in a mail: one form, one button.

    - `kind`: `invite`, `reset`, `signin` or `admin`; `token`: what the form posts to.
    - `email`, `name`: of the person, as far as known.
    - `teams`, `organization`, `contact`: who invites, into what.
    - `expires_at`: when the link stops working; `shortest`: how long a password must be.
    - `error`: why the last try failed.
    """

    template: ClassVar = "portal/welcome.html"
    kind: str
    token: str
    email: str
    name: str
    teams: Sequence[str]
    organization: str
    contact: str
    expires_at: datetime
    shortest: int
    error: str = ""


def form(visit: Visit) -> Response:
    """`GET /welcome/<token>`."""
    try:
        return _page(visit, "", 200)
    except Gone as gone:
        return errors.answer(visit, 410, "gone", str(gone), ASK)


def accept(visit: Visit) -> Response:
    """`POST /welcome/<token>`."""
    try:
        link = _accept(visit)
    except Gone as gone:
        return errors.answer(visit, 410, "gone", str(gone), ASK)
    except (Invalid, InUse) as error:
        return _page(visit, f"{error}.", 400)
    return begin(visit, link.person, local(link.next_path, "/"))


def _accept(visit: Visit) -> people.Invitation:
    token, now, store = visit.path_params["token"], visit.now, visit.services.store
    with store.read() as cx:
        link = people.look_at(cx, token, now)
    if link.kind == "signin":
        with store.write() as cx:
            return people.redeem(cx, token, now)
    email = visit.field("email") if link.kind == "admin" else link.person.email
    typed = visit.form.get("password", "")
    password.check(typed, email)
    stored = password.hashed(typed)
    with store.write() as cx:
        return people.redeem(cx, token, now, name=visit.field("name"), email=email, password_hash=stored)


def _page(visit: Visit, error: str, status: int) -> Response:
    token = visit.path_params["token"]
    with visit.services.store.read() as cx:
        link = people.look_at(cx, token, visit.now)
        teams = people.teams_of(cx, link.person.id)
        inviter = workteam.find(cx, teams[0]) if teams else None
    context = Welcome(
        kind=link.kind,
        token=token,
        email=_address(visit, link),
        name=visit.field("name") or link.person.name or "",
        teams=teams,
        organization=(inviter and inviter.organization) or "",
        contact=(inviter and inviter.contact) or "",
        expires_at=link.expires_at,
        shortest=password.SHORTEST,
        error=error,
    )
    return rendering.page(context, status)


def _address(visit: Visit, link: people.Invitation) -> str:
    if link.kind != "admin":
        return link.person.email
    return visit.field("email") or link.person.email.removesuffix(f"admin{STANDS_FOR_NOBODY}")


ROUTES = (
    Route("GET", "/welcome/{token:name}", form, Open.TO_ALL),
    Route("POST", "/welcome/{token:name}", accept, Open.TO_ALL),
)
