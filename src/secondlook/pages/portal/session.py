"""What the portal's script asks after its session has ended and the worker has signed in again."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit


def show(visit: Visit) -> Response:
    """`GET /session`: whose session this is, and the token its forms carry."""
    assert visit.session is not None
    return JSONResponse({"person": visit.person.worker_id, "csrf": visit.session.csrf})


ROUTES = (Route("GET", "/session", show, Open.TO_SIGNED_IN),)
