"""The map of the door for people: every route, whom it is open to, and the layers around it."""

from __future__ import annotations

from functools import partial

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from secondlook.pages import errors, frame, session_facts, signing_in, static, task, welcome, work
from secondlook.pages.console import keys as console_keys
from secondlook.pages.console import loops as console_loops
from secondlook.pages.console import people as console_people
from secondlook.pages.console import templates as console_templates
from secondlook.pages.console import work as console_work
from secondlook.pages.csp import SecureHeaders
from secondlook.pages.dispatch import Handler, Open, endpoint
from secondlook.pages.hosts import KnownHosts
from secondlook.pages.services import Services
from secondlook.wire.hosts import Hosts

ROUTES: tuple[tuple[str, str, Handler, Open], ...] = (
    ("GET", "/", work.home, Open.TO_SIGNED_IN),
    ("GET", "/sign-in", signing_in.form, Open.TO_ALL),
    ("POST", "/sign-in", signing_in.sign_in, Open.TO_ALL),
    ("POST", "/sign-out", signing_in.sign_out, Open.TO_SIGNED_IN),
    ("GET", "/welcome/{token}", welcome.form, Open.TO_ALL),
    ("POST", "/welcome/{token}", welcome.accept, Open.TO_ALL),
    ("GET", "/session", session_facts.show, Open.TO_SIGNED_IN),
    ("GET", "/work", work.job_list, Open.TO_SIGNED_IN),
    ("POST", "/work/{flow}", work.take, Open.TO_SIGNED_IN),
    ("GET", "/tasks/{id:row}", task.show, Open.TO_SIGNED_IN),
    ("GET", "/tasks/{id:row}/page", frame.show, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/draft", task.save_draft, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/submit", task.submit, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/release", task.release, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/decline", task.decline, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/report", task.report, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/pause", task.pause, Open.TO_SIGNED_IN),
    ("POST", "/tasks/{id:row}/resume", task.resume, Open.TO_SIGNED_IN),
    ("GET", "/console", console_work.show, Open.TO_ADMINS),
    ("GET", "/console/templates", console_templates.show, Open.TO_ADMINS),
    ("GET", "/console/loops/{name}", console_loops.show, Open.TO_ADMINS),
    ("POST", "/console/loops/{name}/stop", console_loops.stop, Open.TO_ADMINS),
    ("POST", "/console/loops/{name}/delete", console_loops.delete, Open.TO_ADMINS),
    ("POST", "/console/loops/{name}/output", console_loops.write_output, Open.TO_ADMINS),
    ("GET", "/console/people", console_people.show, Open.TO_ADMINS),
    ("POST", "/console/people/teams", console_people.make_team, Open.TO_ADMINS),
    ("POST", "/console/people/invitations", console_people.invite, Open.TO_ADMINS),
    ("POST", "/console/people/{id:row}/link", console_people.invite_again, Open.TO_ADMINS),
    ("POST", "/console/people/{id:row}/password", console_people.reset_password, Open.TO_ADMINS),
    ("POST", "/console/people/{id:row}/leave", console_people.remove_member, Open.TO_ADMINS),
    ("POST", "/console/people/{id:row}/off", console_people.switch_off, Open.TO_ADMINS),
    ("POST", "/console/people/{id:row}/on", console_people.switch_on, Open.TO_ADMINS),
    ("POST", "/console/people/{id:row}/admin", console_people.make_admin, Open.TO_ADMINS),
    ("POST", "/console/people/keys", console_keys.make_key, Open.TO_ADMINS),
    ("POST", "/console/people/keys/{key}/revoke", console_keys.revoke_key, Open.TO_ADMINS),
)

STATIC = "/static/{path:path}"

_FIRST_PARTS = frozenset(path.split("/")[1] for path in (*(path for _, path, *_ in ROUTES), STATIC))


def owns(path: str) -> bool:
    """Whether a path is one of ours: it begins as a route does, so who mistypes the rest of an address gets a page that says so."""
    first, _, rest = path.removeprefix("/").partition("/")
    return first in _FIRST_PARTS and bool(first or not rest)


class RowId(Convertor[int]):
    """The id of a row: digits, and no more than every database holds."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("row", RowId())


def app(services: Services) -> ASGIApp:
    """The door for people as one ASGI application."""
    routes = [
        Route(path, endpoint(services, handler, to), methods=[method]) for method, path, handler, to in ROUTES
    ]
    routes.append(Route(STATIC, static.serve, methods=["GET"]))
    problems = {404: _nothing_here, 405: _wrong_method, 500: _broken}
    site = Starlette(routes=routes, exception_handlers=problems)  # type: ignore[arg-type]
    return SecureHeaders(
        KnownHosts(site, Hosts(services.settings), partial(_misdirected, services.settings.public_url))
    )


def _misdirected(public_url: str | None, scope: Scope) -> Response:
    return errors.misdirected(Request(scope), public_url)


async def _nothing_here(request: Request, _error: HTTPException) -> Response:
    return errors.unrouted(request, 404, "not-found", f"There is no page {request.url.path!r} here.")


async def _wrong_method(request: Request, error: HTTPException) -> Response:
    message = f"{request.url.path!r} is what a form of ours is sent to, not a page of its own."
    answer = errors.unrouted(request, 405, "wrong-method", message)
    answer.headers.update(error.headers or {})
    return answer


async def _broken(request: Request, _error: Exception) -> Response:
    return errors.unrouted(
        request, 500, "broken", "The server has made a mistake; its log says which.", "Nothing was changed."
    )
