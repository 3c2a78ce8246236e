"""How a worker likes to work in a flow definition, as its task pages tell the portal: brightness, mode, own keys."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from secondlook.names import milliseconds
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import preference
from secondlook.review.decisions.preferences import accept
from secondlook.review.errors import Invalid


def keep(visit: Visit) -> Response:
    """`POST /flows/<name>/preferences` with `{"preferences": {name: value | null}}`: remember these, and forget those that are null."""
    sent = (visit.json or {}).get("preferences")
    if not isinstance(sent, dict):
        raise Invalid("The request needs a JSON body with an object 'preferences'.")
    change, flow = accept(sent), visit.path_params["flow"]
    visit.services.store.do(lambda cx: preference.keep(cx, visit.person.id, flow, change, visit.now))
    return JSONResponse({"saved_at": milliseconds(visit.now)})


ROUTES = (Route("POST", "/flows/{flow:name}/preferences", keep, Open.TO_SIGNED_IN),)
