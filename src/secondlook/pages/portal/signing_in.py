"""Signing in with a password, and signing out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from starlette.responses import RedirectResponse, Response

from secondlook.pages import rendering
from secondlook.pages import session as cookie
from secondlook.pages.portal.local_path import local
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import people
from secondlook.review.people import password

WRONG = "The address or the password is not right."
"""The same for both, so that nobody learns which addresses have an account."""

LONGEST_EMAIL = 254
"""Characters (RFC 3696, erratum 1690): nobody has a longer address, so it is not worth remembering a try for it."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The sign-in page.

    - `email`: what was typed before; `next_path`: where to go after.
    - `error`: why the last try failed; `notice`: why the visitor is here, where that needs saying.
    """

    template: ClassVar = "portal/sign_in.html"
    email: str
    next_path: str
    error: str = ""
    notice: str = ""


def form(visit: Visit) -> Response:
    """`GET /sign-in`."""
    after = local(visit.query.get("next"))
    if visit.session is not None:
        return RedirectResponse(after, 303)
    return rendering.page(SignIn(email="", next_path=after, notice=_notice(visit, after)))


def sign_in(visit: Visit) -> Response:
    """`POST /sign-in`."""
    email, after = visit.field("email").lower(), local(visit.form.get("next"))
    client, now, throttle = visit.arrival.client, visit.now, visit.services.throttle
    if len(email) > LONGEST_EMAIL:
        return rendering.page(SignIn("", after, WRONG), 403)
    wait = throttle.attempt(email, client, now)
    if wait > timedelta(0):
        minutes = int(wait.total_seconds() // 60) + 1
        again = SignIn(
            email,
            after,
            f"Too many tries. Wait {minutes} min, or ask an admin for a link to choose another password.",
        )
        return rendering.page(again, 429)
    with visit.services.store.read() as cx:
        account = people.account_of(cx, email)
    fits = password.matches(visit.form.get("password", ""), account.password_hash if account else None)
    if account is None or account.disabled_at is not None or not fits:
        return rendering.page(SignIn(email, after, WRONG), 403)
    throttle.succeeded(email, client, now)
    return begin(visit, account.person, after)


def begin(visit: Visit, person: people.Person, after: str) -> Response:
    """A new session for the person, in place of the one this browser had."""
    with visit.services.store.write() as cx:
        if visit.token:
            people.revoke_session(cx, visit.token, visit.now)
        token = people.open_session(cx, person.id, visit.now, visit.headers.get("user-agent"))
    response = RedirectResponse(after, 303)
    cookie.keep(response, token, visit.arrival)
    return response


def sign_out(visit: Visit) -> Response:
    """`POST /sign-out`."""
    if visit.token:
        with visit.services.store.write() as cx:
            people.revoke_session(cx, visit.token, visit.now)
    response = RedirectResponse("/sign-in?bye", 303)
    cookie.drop(response, visit.arrival)
    return response


def _notice(visit: Visit, after: str) -> str:
    if "bye" in visit.query:
        return "You are signed out."
    if visit.token:
        return "Your session has ended. Sign in to go on; drafts are kept."
    return "Sign in to open your task." if after.startswith("/tasks/") else ""


ROUTES = (
    Route("GET", "/sign-in", form, Open.TO_ALL),
    Route("POST", "/sign-in", sign_in, Open.TO_ALL),
    Route("POST", "/sign-out", sign_out, Open.TO_SIGNED_IN),
)
