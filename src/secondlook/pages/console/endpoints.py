"""The endpoints in the console: how each stands, and what its models say."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import Row
from starlette.responses import JSONResponse, Response

from secondlook.hosting.catalog.calling import Ways, ways
from secondlook.hosting.endpoints import endpoint
from secondlook.hosting.endpoints.described import pending, variants
from secondlook.hosting.logs.streams import ENDPOINTS, Event, Logs, Stream
from secondlook.pages import rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review.errors import NotFound
from secondlook.store import tables

MOST_ENDPOINTS = 100
LAST_LINES = 200
LONGEST = 10_000
"""Characters of a line that are shown."""

_STEERING = (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Controls without a sign, and what turns the direction of writing."""

_SIGNS: Mapping[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) != "\t"},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(_STEERING, "\N{REPLACEMENT CHARACTER}"),
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """How an endpoint stands.

    - `name`, `status`, `config`, `failure`: of its row; `failure` is empty where nothing failed.
    - `variants`: as DescribeEndpoint has them; `update`: its PendingDeploymentSummary, or nothing.
    - `product`: the id of the product that its first variant runs, or nothing.
    - `flow`: the ARN of the flow definition that judges its predictions, or nothing; `since`: when it became what it is.
    """

    name: str
    status: str
    config: str
    failure: str
    variants: Sequence[Mapping[str, Any]]
    update: Mapping[str, Any] | None
    product: str
    flow: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Endpoints:
    """All endpoints.

    - `endpoints`: the latest ones; `most`: how many those are at most, where there may be more.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/endpoints.html"
    layout: Layout
    endpoints: Sequence[Endpoint]
    most: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class OneEndpoint:
    """One endpoint, and the log of one of its instances.

    - `endpoint`: how it stands; `ways`: how it is called; nothing where it cannot be.
    - `streams`: the names of its logs; `stream`: the one that is shown, or nothing where nothing was said.
    - `lines`: its last lines, each with `key` and `text`; `last`: the key of the last of them.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/endpoint.html"
    layout: Layout
    endpoint: Endpoint
    ways: Ways | None
    streams: Sequence[str]
    stream: str
    lines: Sequence[Mapping[str, str]]
    last: str
    now: datetime


def show_all(visit: Visit) -> Response:
    """`GET /console/endpoints`."""
    newest = endpoint.with_flow(visit.services.place).order_by(
        tables.endpoint.c.created_at.desc(), tables.endpoint.c.name
    )
    with visit.services.store.read() as cx:
        rows = cx.execute(newest.limit(MOST_ENDPOINTS)).all()
    context = Endpoints(
        layout=layout(visit, "endpoints"),
        endpoints=[_endpoint(visit, row) for row in rows],
        most=MOST_ENDPOINTS if len(rows) == MOST_ENDPOINTS else None,
        now=visit.now,
    )
    return rendering.page(context)


def show(visit: Visit) -> Response:
    """`GET /console/endpoints/<name>?stream=…`."""
    row = _row(visit)
    streams = {stream.name: stream for stream in _streams(visit)}
    name = visit.query.get("stream", "")
    if name not in streams:  # the one that spoke last: after an update that is no instance that has gone
        name = max(streams, key=lambda name: streams[name].written, default="")
    lines = _lines(streams[name]) if name else []
    context = OneEndpoint(
        layout=layout(visit, "endpoints"),
        endpoint=_endpoint(visit, row),
        ways=_ways(visit, row),
        streams=list(streams),
        stream=name,
        lines=lines,
        last=lines[-1]["key"] if lines else "",
        now=visit.now,
    )
    return rendering.page(context)


def follow(visit: Visit) -> Response:
    """`GET /console/endpoints/<name>/log?stream=…`: the last lines of one instance."""
    _row(visit)
    wanted = visit.query.get("stream", "")
    stream = next((stream for stream in _streams(visit) if stream.name == wanted), None)
    return JSONResponse({"lines": _lines(stream) if stream else []})


def _ways(visit: Visit, row: Row[Any]) -> Ways | None:
    """By what the product takes that the first variant runs; JSON where it runs none, or one that has been taken away."""
    if row.status == "Failed":
        return None
    container = row.variants[0]["Container"] if row.variants else {}
    product = visit.services.catalog.by_id(container.get("product", ""))
    taken = (product.content_types[0], product.sample_input) if product and product.content_types else ()
    return ways(row.name, *taken, is_asynchronous=bool(row.asynchronous))


def _row(visit: Visit) -> Row[Any]:
    name = visit.path_params["name"]
    named = endpoint.with_flow(visit.services.place).where(tables.endpoint.c.name == name)
    with visit.services.store.read() as cx:
        row = cx.execute(named).one_or_none()
    if row is None:
        raise NotFound(f"There is no endpoint {name}.")
    return row


def _endpoint(visit: Visit, row: Row[Any]) -> Endpoint:
    routes = visit.services.routes
    return Endpoint(
        name=row.name,
        status=row.status,
        config=row.config_name,
        failure=row.failure_reason or "",
        variants=variants(row, routes.answering(row.name)),
        update=pending(row, routes.arriving(row.name)),
        product=row.variants[0]["Container"].get("product", "") if row.variants else "",
        flow=row.flow or "",
        since=row.modified_at,
    )


def _streams(visit: Visit) -> list[Stream]:
    try:
        return Logs(visit.services.settings.data / "logs").streams(ENDPOINTS + visit.path_params["name"])
    except LookupError:
        return []


def _lines(stream: Stream) -> list[dict[str, str]]:
    return [
        {"key": f"{event.at}/{event.position}", "text": _shown(event)}
        for event in deque(stream.events(), LAST_LINES)
    ]


def _shown(event: Event) -> str:
    """What a model says is no markup and steers nothing: characters that would are shown as signs."""
    at = datetime.fromtimestamp(event.at / 1000, UTC)
    text = event.text if len(event.text) <= LONGEST else f"{event.text[:LONGEST]}…"
    return f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}Z  {text.rstrip(chr(13)).translate(_SIGNS)}"


ROUTES = (
    Route("GET", "/console/endpoints", show_all, Open.TO_ADMINS),
    Route("GET", "/console/endpoints/{name:name}", show, Open.TO_ADMINS),
    Route("GET", "/console/endpoints/{name:name}/log", follow, Open.TO_ADMINS),
)
