"""How trouble is answered: a page for a person, JSON for our script; either says what was wrong."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from secondlook.pages import contexts, rendering
from secondlook.pages.visit import Visit
from secondlook.wire.http import RETRY_SECONDS

TITLES = {
    "bad-request": "That could not be read",
    "busy": "Too much at once",
    "conflict": "That cannot be done now",
    "foreign": "Nothing was done",
    "gone": "This has ended",
    "invalid": "That is not possible",
    "not-found": "Nothing here",
    "not-yours": "This is not yours to open",
    "signed-out": "You are signed out",
    "stale": "Nothing was done",
    "too-often": "Too many tries",
    "unavailable": "The database cannot be used just now",
    "wrong-network": "Not from this network",
}
"""The heading for each kind of trouble; the kinds are also what the script of the portal tells apart."""


def answer(visit: Visit, status: int, kind: str, message: str, advice: str = "") -> Response:
    """The response: `{"problem": kind, "message": …}` for the script, a page for everybody else."""
    if visit.wants_json:
        return JSONResponse({"problem": kind, "message": message}, status)
    signed_in = visit.session is not None
    href, action = ("/work", "All tasks") if signed_in else ("/sign-in", "Sign in")
    return rendering.page(contexts.Problem(TITLES[kind], message, advice, href, action), status)


def wrong_network(visit: Visit) -> Response:
    """403: the workforce's SourceIpConfig leaves the visitor's address out."""
    client = visit.arrival.client or "not known"
    message = f"This portal can be used from certain networks only; your address is {client}."
    if visit.wants_json:
        return JSONResponse({"problem": "wrong-network", "message": message}, 403)
    advice = "What you have done is kept. Come back from the network that you usually work in, or ask whoever invited you."
    return rendering.page(
        contexts.Problem(TITLES["wrong-network"], message, advice, visit.path, "Try again"), 403
    )


def unavailable(visit: Visit, why: str) -> Response:
    """503: this server runs, its database is away. A page that was asked for asks again by itself; nothing is posted twice."""
    message = f"This server runs, but its database cannot be used just now: {why}."
    headers = {"Retry-After": str(RETRY_SECONDS)}
    if visit.wants_json:
        return JSONResponse({"problem": "unavailable", "message": message}, 503, headers)
    href, advice = "/work", "Look again in a few seconds whether what you did has arrived."
    if visit.method == "GET":
        href, advice = visit.path, f"This page tries again every {RETRY_SECONDS} seconds."
        headers["Refresh"] = str(RETRY_SECONDS)
    context = contexts.Problem(TITLES["unavailable"], message, advice, href, "Try again")
    answer = rendering.page(context, 503)
    answer.headers.update(headers)
    return answer
