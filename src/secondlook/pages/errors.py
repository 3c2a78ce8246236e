"""How errors are answered: a page for a person, JSON for our script; either says what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from secondlook.pages import rendering
from secondlook.pages.visit import Visit, wants_json
from secondlook.wire.hosts import name_of
from secondlook.wire.http import RETRY_SECONDS

TITLES = {
    "bad-request": "That could not be read",
    "broken": "Something broke here",
    "busy": "Too much at once",
    "conflict": "That cannot be done now",
    "foreign": "Nothing was done",
    "gone": "This has ended",
    "invalid": "That is not possible",
    "misdirected": "Not a name of this server",
    "not-found": "Nothing here",
    "not-yours": "This is not yours to open",
    "signed-out": "You are signed out",
    "stale": "Nothing was done",
    "too-often": "Too many tries",
    "unavailable": "The database cannot be used just now",
    "wrong-method": "This is no page to open",
    "wrong-network": "Not from this network",
}
"""The heading for each kind of error; the kinds are also what the script of the portal tells apart."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A page that says what went wrong and where to go now.

    - `title`, `message`: what happened; `advice`: what else may help, or nothing.
    - `href`, `action`: the one way on.
    """

    template: ClassVar = "error.html"
    title: str
    message: str
    advice: str
    href: str
    action: str


def answer(visit: Visit, status: int, kind: str, message: str, advice: str = "") -> Response:
    """The response: `{"error": kind, "message": …}` for the script, a page for everybody else."""
    return _response(visit.headers, status, kind, message, advice, _way_on(visit))


def unrouted(request: Request, status: int, kind: str, message: str, advice: str = "") -> Response:
    """The same where no route has looked who asks."""
    return _response(request.headers, status, kind, message, advice, ("/", "To the portal"))


def misdirected(request: Request, public_url: str | None) -> Response:
    """421: the visitor came by a name that this server does not answer to."""
    host = request.headers.get("host", "")
    message = f"This server does not answer to the name {name_of(host) or host!r}."
    advice = "Whoever runs it can add the name with --allowed-hosts, or --public-url."
    way = (public_url, "To the portal") if public_url else (request.url.path, "Try again")
    return _response(request.headers, 421, "misdirected", message, advice, way)


def wrong_network(visit: Visit) -> Response:
    """403: the workforce's SourceIpConfig leaves the visitor's address out."""
    client = visit.arrival.client or "not known"
    message = f"This portal can be used from certain networks only; your address is {client}."
    advice = "What you have done is kept. Come back from the network that you usually work in, or ask whoever invited you."
    return _response(visit.headers, 403, "wrong-network", message, advice, (visit.path, "Try again"))


def unavailable(visit: Visit, why: str) -> Response:
    """503: this server runs, its database is away. A page that was asked for asks again by itself; nothing is posted twice."""
    message = f"This server runs, but its database cannot be used just now: {why}."
    headers = {"Retry-After": str(RETRY_SECONDS)}
    href, advice = "/work", "Look again in a few seconds whether what you did has arrived."
    if visit.method == "GET" and not visit.wants_json:
        href, advice = visit.path, f"This page tries again every {RETRY_SECONDS} seconds."
        headers["Refresh"] = str(RETRY_SECONDS)
    answer = _response(visit.headers, 503, "unavailable", message, advice, (href, "Try again"))
    answer.headers.update(headers)
    return answer


def _way_on(visit: Visit) -> tuple[str, str]:
    """Back to where the visitor may be and has come from."""
    if visit.session is None:
        return "/sign-in", "Sign in"
    if visit.person.is_admin and visit.path.startswith("/console"):
        return "/console", "To the console"
    return "/work", "All tasks"


def _response(
    headers: Mapping[str, str], status: int, kind: str, message: str, advice: str, way: tuple[str, str]
) -> Response:
    """`way` is the one way on: where to, and what its button says."""
    if wants_json(headers):
        return JSONResponse({"error": kind, "message": message}, status)
    return rendering.page(ErrorPage(TITLES[kind], message, advice, *way), status)
