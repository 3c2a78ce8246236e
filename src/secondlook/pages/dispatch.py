"""From a request to a handler's answer: who is it, may they, did the form come from us, and what went wrong.

Only reading the body is asynchronous, and done only for who may come in; what stands before and after it runs on a thread.
Errors of the workshops become sentences here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from secondlook.pages import body, csrf, errors
from secondlook.pages import session as cookie
from secondlook.pages.routes import Handler, Open
from secondlook.pages.services import Services
from secondlook.pages.turns import Crowded, Turns
from secondlook.pages.visit import Visit
from secondlook.review import people, workforce
from secondlook.review.errors import Gone, Invalid, NotFound, NotYours, ReviewError
from secondlook.store.actor import Actor
from secondlook.store.availability import Unavailable

# Threads, so that those who are signed in never wait for those who are not (a password takes a tenth of a second to check).
_VISITS = CapacityLimiter(16)
_PEOPLE = CapacityLimiter(32)
_STRANGERS = CapacityLimiter(8)
_PASSWORDS = Turns(threads=2, per_client=8, most=64)

FOREIGN = "This form was sent by a page of another site, so nothing was done."
STALE = "This page is from an earlier session, so nothing was done. Go back, reload it and try again."


def endpoint(services: Services, handler: Handler, to: Open) -> Callable[[Request], Awaitable[Response]]:
    """The Starlette endpoint of a handler."""

    async def answer(request: Request) -> Response:
        visit = _visit(services, request)
        try:
            session, networks = await to_thread.run_sync(_who, visit, limiter=_VISITS)
        except Unavailable as error:
            return await to_thread.run_sync(errors.unavailable, visit, error.why, limiter=_STRANGERS)
        visit = replace(visit, session=session, services=_acting(services, visit, session))
        threads = _STRANGERS if session is None else _PEOPLE
        rejection = _kept_out(visit, networks) or _turned_away(visit, to)
        if rejection is not None:
            return await to_thread.run_sync(rejection, limiter=threads)
        if visit.method != "POST":
            return await to_thread.run_sync(_answer, visit, handler, limiter=threads)
        try:
            return await _posted(visit, request, partial(_answer_post, visit, handler, to))
        except ClientDisconnect:
            return Response(status_code=400)
        except (body.BadBody, Crowded) as error:
            kind, status = ("too-often", 429) if isinstance(error, Crowded) else (error.kind, error.status)
            rejection = partial(errors.answer, visit, status, kind, str(error))
            return await to_thread.run_sync(rejection, limiter=threads)

    return answer


async def _posted(visit: Visit, request: Request, answer: Callable[[bytes], Response]) -> Response:
    owner = f"person {visit.person.id}" if visit.session else visit.arrival.client
    async with body.reading(request, visit.services.bodies, owner, _most(visit)) as raw:
        if visit.session is None:
            return await _PASSWORDS.run(visit.arrival.client, partial(answer, raw))
        return await to_thread.run_sync(answer, raw, limiter=_PEOPLE)


def _answer(visit: Visit, handler: Handler) -> Response:
    try:
        return handler(visit)
    except ReviewError as error:
        return errors.answer(visit, *_kind(error), str(error))
    except Unavailable as error:
        return errors.unavailable(visit, error.why)


def _answer_post(visit: Visit, handler: Handler, to: Open, raw: bytes) -> Response:
    visit = _with_body(visit, raw)
    if to is not Open.TO_ALL and not csrf.shows(_shown(visit), visit.session.csrf if visit.session else ""):
        return errors.answer(visit, 403, "stale", STALE)
    return _answer(visit, handler)


def _visit(services: Services, request: Request) -> Visit:
    """The request, before anybody has looked who sent it."""
    arrival = request.scope["arrival"]
    return Visit(
        services=services,
        arrival=arrival,
        method=request.method,
        path=request.scope["path"],
        path_params=request.path_params,
        query=body.without_nul(request.query_params.items()),
        headers=request.headers,
        form={},
        json=None,
        now=services.now(),
        token=cookie.read(request.cookies, arrival),
        session=None,
    )


def _who(visit: Visit) -> tuple[people.Session | None, tuple[str, ...]]:
    """Whose session it is, and the networks from which alone anybody may come in."""
    store, token = visit.services.store, visit.token
    with store.read() as cx:
        session = people.person_of_session(cx, token, visit.now) if token else None
        networks = session.networks if session else workforce.networks_now(cx)
    # A page that is merely open asks for news; that keeps nobody signed in.
    asks_by_itself = visit.method == "GET" and visit.wants_json
    if token and session is not None and session.is_unseen and not asks_by_itself:
        # Who comes to read may read from a database that takes no more.
        with suppress(Unavailable):
            store.do(lambda cx: people.touch(cx, token, visit.now))
    return session, networks


def _acting(services: Services, visit: Visit, session: people.Session | None) -> Services:
    """The services, with the database written to on behalf of who is signed in, or of a visitor."""
    actor = Actor(
        "Person" if session else "Visitor",
        person_id=session.person.id if session else None,
        origin=visit.arrival.client,
    )
    return replace(services, store=services.store.acting(actor))


def _most(visit: Visit) -> int:
    """How many bytes may be sent. Only who is signed in may fill memory with an answer."""
    answers = visit.session is not None and body.is_json(visit.headers)
    return body.MOST_JSON_BYTES if answers else body.MOST_FORM_BYTES


def _with_body(visit: Visit, raw: bytes) -> Visit:
    if body.is_json(visit.headers):
        return replace(visit, json=body.json_object(raw))
    return replace(visit, form=body.form(raw))


def _kept_out(visit: Visit, networks: tuple[str, ...]) -> Callable[[], Response] | None:
    """What answers somebody, whoever it is, who comes from another network than those [workforce.md, Network limits]."""
    return None if workforce.lets_in(networks, visit.arrival.client) else partial(errors.wrong_network, visit)


def _turned_away(visit: Visit, to: Open) -> Callable[[], Response] | None:
    """What answers somebody who may not come in here, before a byte of what they send is read."""
    if visit.method == "POST" and not csrf.came_from_us(visit.headers, visit.arrival.base_url):
        return partial(errors.answer, visit, 403, "foreign", FOREIGN)
    if to is Open.TO_ALL:
        return None
    if visit.session is None:
        return partial(_to_sign_in, visit)
    if (
        visit.method == "POST"
        and body.is_json(visit.headers)
        and not csrf.shows(_shown(visit), visit.session.csrf)
    ):
        return partial(errors.answer, visit, 403, "stale", STALE)
    if to is Open.TO_ADMINS and not visit.person.is_admin:
        return partial(errors.answer, visit, 403, "not-yours", "Only admins may open this page.")
    return None


def _shown(visit: Visit) -> str | None:
    return visit.headers.get(csrf.HEADER) or visit.form.get(csrf.FIELD)


def _to_sign_in(visit: Visit) -> Response:
    if visit.wants_json:
        return errors.answer(visit, 401, "signed-out", "You are signed out.")
    after = visit.path if visit.method == "GET" else "/work"
    return RedirectResponse(f"/sign-in?next={quote(after)}", 303)


def _kind(error: ReviewError) -> tuple[int, str]:
    match error:
        case Gone():
            return 410, "gone"
        case NotYours():
            return 403, "not-yours"
        case NotFound():
            return 404, "not-found"
        case Invalid():
            return 400, "invalid"
        case _:
            return 409, "conflict"
