"""The yardstick of reading loops: the same queries in a handler written by hand, and no more.

Starlette under uvicorn as our own server runs, SQLAlchemy on a thread, the server's own database. No signature, no parsing
by a model, no pages.

    python -m bench.bare_reads PORT DATABASE
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.process import serving_on
from secondlook.store.session import Store
from secondlook.store.tables import flow, loop
from tests.running import free_port

PAGE = 100
ARN = "arn:aws:sagemaker:us-east-1:123456789012"


def describe(store: Store, request: Request) -> dict[str, Any]:
    columns = (loop, flow.c.name.label("flow_name"), flow.c.output_path)
    query = select(*columns).join(flow).where(loop.c.name == request.path_params["name"])
    with store.read() as cx:
        row = cx.execute(query).one()
    return {
        "CreationTime": row.created_at.isoformat(),
        "HumanLoopStatus": row.status,
        "HumanLoopName": row.name,
        "HumanLoopArn": f"{ARN}:human-loop/{row.name}",
        "FlowDefinitionArn": f"{ARN}:flow-definition/{row.flow_name}",
        "HumanLoopOutput": {"OutputS3Uri": f"{row.output_path}/{row.flow_name}/{row.name}/output.json"},
    }


def list_page(store: Store, _request: Request) -> dict[str, Any]:
    query = (
        select(loop.c.id, loop.c.name, loop.c.status, loop.c.created_at, loop.c.failure_reason)
        .where(loop.c.flow_id == 1)
        .order_by(loop.c.created_at.desc(), loop.c.id.desc())
        .limit(PAGE + 1)
    )
    with store.read() as cx:
        rows = cx.execute(query).all()
    return {
        "HumanLoopSummaries": [
            {
                "HumanLoopName": row.name,
                "HumanLoopStatus": row.status,
                "CreationTime": row.created_at.isoformat(),
                "FlowDefinitionArn": f"{ARN}:flow-definition/bench",
            }
            for row in rows[:PAGE]
        ],
        "NextToken": rows[PAGE].name if len(rows) > PAGE else None,
    }


def handler(answer: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Awaitable[Response]]:
    async def read(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(answer, request))

    return read


def running(database: Path) -> AbstractContextManager[int]:
    """In a process of its own; gives the port."""
    port = free_port()
    return serving_on(port, "bench.bare_reads", [str(port), str(database)])


def main(port: int, database: str) -> None:
    store = Store(f"sqlite:///{database}")
    routes = {"/loops/{name}": describe, "/loops": list_page}
    uvicorn.run(
        Starlette(routes=[Route(path, handler(partial(read, store))) for path, read in routes.items()]),
        port=port,
        http="httptools",
        access_log=False,
        log_config=None,
        lifespan="off",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
