"""How trouble is answered: a page for a person, JSON for our script; either says what was wrong."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from secondlook.pages import contexts, rendering
from secondlook.pages.visit import Visit

TITLES = {
    "bad-request": "That could not be read",
    "conflict": "That cannot be done now",
    "foreign": "Nothing was done",
    "gone": "This has ended",
    "invalid": "That is not possible",
    "not-found": "Nothing here",
    "not-yours": "This is not yours to open",
    "signed-out": "You are signed out",
    "stale": "Nothing was done",
    "too-often": "Too many tries",
}
"""The heading for each kind of trouble; the kinds are also what the script of the portal tells apart."""


def answer(visit: Visit, status: int, kind: str, message: str, advice: str = "") -> Response:
    """The response: `{"problem": kind, "message": …}` for the script, a page for everybody else."""
    if visit.wants_json:
        return JSONResponse({"problem": kind, "message": message}, status)
    signed_in = visit.session is not None
    return rendering.page(
        contexts.Problem(
            title=TITLES[kind],
            message=message,
            advice=advice,
            href="/work" if signed_in else "/sign-in",
            action="All tasks" if signed_in else "Sign in",
        ),
        status,
    )
