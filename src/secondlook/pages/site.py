"""The door for people as one application: the routes of every page, and the layers that each request passes."""

from __future__ import annotations

from functools import partial

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp, Scope

from secondlook.pages import console, errors, portal, static
from secondlook.pages.csp import SecureHeaders
from secondlook.pages.dispatch import endpoint
from secondlook.pages.hosts import KnownHosts
from secondlook.pages.services import Services
from secondlook.wire.hosts import Hosts

ROUTES = [route for page in (*portal.PAGES, *console.PAGES) for route in page.ROUTES]

STATIC = "/static/{path:path}"

_FIRST_PARTS = frozenset(path.split("/")[1] for path in (*(route.path for route in ROUTES), STATIC))


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


class Name(Convertor[str]):
    """A name or a token: none has NUL in it, for which PostgreSQL does not even look."""

    regex = "[^/\\x00]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("row", RowId())
register_url_convertor("name", Name())


def app(services: Services) -> ASGIApp:
    """The door for people as one ASGI application."""
    routes = [
        StarletteRoute(route.path, endpoint(services, route.handler, route.open), methods=[route.method])
        for route in ROUTES
    ]
    routes.append(StarletteRoute(STATIC, static.serve, methods=["GET"]))
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
