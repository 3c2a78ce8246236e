"""The yardsticks of StartHumanLoop: what a handler written by hand for this one request would do, and no more.

Starlette under uvicorn as our own server runs, the insertion on a thread: the same rows in the same tables, on disk
before it answers. No signature, no validation, no flow definition, no clock that does what is owed. Once with the
standard library's sqlite3 (path /sqlite3), once with SQLAlchemy's statements as everywhere in our server (/sqlalchemy).

    python -m bench.bare PORT DATABASE      (an SQLAlchemy URL; by hand only where it is SQLite's)
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from sqlalchemy import insert, text
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.waiting import answers
from secondlook.store import migrations, tables
from secondlook.store.session import Store
from tests.running import free_port

LOOP = """INSERT INTO loop (name, flow_id, template, status, ready, input_sha256, created_at, expires_at)
          VALUES (?, 1, 'template', 'InProgress', 0, ?, ?, ?) RETURNING id"""
INPUT = "INSERT INTO loop_input (loop_id, content) VALUES (?, ?)"
FLOW = """INSERT INTO flow (id, name, config, status, workteam, task_ui, title, description, task_count, time_limit,
          availability, output_path, created_at)
          VALUES (1, 'bench', '{}', 'Active', 'bench', 'bench', '', '', 1, 60, 60, '', '2026-11-01 12:00:00')"""
JOURNAL = """INSERT INTO journal (at, action, actor_type, access_key, resource_type, resource)
             VALUES (?, 'StartHumanLoop', 'AccessKey', 'bench', 'HumanLoop', ?)"""
DUTY = "INSERT INTO duty (kind, queueing_key, payload, due_at, created_at) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Started:
    """What is inserted: a loop, its input, two duties, an entry of the journal."""

    name: str
    content: str
    fingerprint: str
    at: datetime
    end: datetime

    @classmethod
    def from_request(cls, body: bytes) -> Started:
        request = json.loads(body)
        content = request["HumanLoopInput"]["InputContent"]
        fingerprint = hashlib.sha256(content.encode()).hexdigest()
        now = datetime.now(UTC)
        return cls(request["HumanLoopName"], content, fingerprint, now, now + timedelta(days=1))


class ByHand:
    """One transaction of the standard library's sqlite3 (WAL, synchronous=FULL)."""

    def __init__(self, path: Path) -> None:
        self._turn = threading.Lock()
        self._cx = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._cx.execute("PRAGMA synchronous=FULL")

    def insert(self, started: Started) -> None:
        at, end = str(started.at.replace(tzinfo=None)), str(started.end.replace(tzinfo=None))
        run = self._cx.execute
        with self._turn:
            run("BEGIN IMMEDIATE")
            (number,) = run(LOOP, (started.name, started.fingerprint, at, end)).fetchone()
            payload = json.dumps({"loop_id": number})
            run(INPUT, (number, started.content))
            run(DUTY, ("check-render", str(number), payload, at, at))
            run(DUTY, ("expire-loop", str(number), payload, end, at))
            run(JOURNAL, (at, started.name))
            run("COMMIT")


class ByStore:
    """One transaction of our own Store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, started: Started) -> None:
        with self._store.write() as cx:
            loop = {
                "name": started.name,
                "flow_id": 1,
                "template": "template",
                "status": "InProgress",
                "ready": False,
            }
            loop |= {"input_sha256": started.fingerprint, "created_at": started.at, "expires_at": started.end}
            number = cx.execute(insert(tables.loop), loop).inserted_primary_key[0]
            cx.execute(insert(tables.loop_input), {"loop_id": number, "content": started.content})
            for kind, due in (("check-render", started.at), ("expire-loop", started.end)):
                duty = {"kind": kind, "queueing_key": str(number), "payload": {"loop_id": number}}
                cx.execute(insert(tables.duty), {**duty, "due_at": due, "created_at": started.at})
            actor = {"actor_type": "AccessKey", "access_key": "bench"}
            action = {"action": "StartHumanLoop", "resource_type": "HumanLoop", "resource": started.name}
            cx.execute(insert(tables.journal), {"at": started.at, **actor, **action})


def handler(rows: ByHand | ByStore) -> Callable[[Request], Awaitable[Response]]:
    async def start(request: Request) -> Response:
        started = Started.from_request(await request.body())
        await run_in_threadpool(rows.insert, started)
        return JSONResponse({"HumanLoopArn": f"arn:aws:sagemaker:::human-loop/{started.name}"})

    return start


@contextlib.contextmanager
def running(database: str) -> Iterator[int]:
    """The yardsticks in a process of its own, on a database that is empty; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(port), database]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def main(port: int, database: str) -> None:
    store = Store(database)
    migrations.migrate(store)
    with store.write() as cx:
        cx.execute(text(FLOW))
    routes: dict[str, ByHand | ByStore] = {"/sqlalchemy": ByStore(store)}
    if store.is_sqlite:
        routes["/sqlite3"] = ByHand(Path(str(store.engine.url.database)))
    uvicorn.run(
        Starlette(routes=[Route(path, handler(rows), methods=["POST"]) for path, rows in routes.items()]),
        port=port,
        http="httptools",
        access_log=False,
        log_config=None,
        lifespan="off",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
