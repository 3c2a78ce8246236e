"""The yardstick of StartHumanLoop: what a handler written by hand for this one request would do, and no more.

Starlette under uvicorn as our own server runs, the insertion on a thread, the standard library's sqlite3. The same rows
in the same tables, on disk before it answers. No signature, no validation, no flow definition, no statement built.

    python -m bench.bare PORT DIRECTORY
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.running import free_port

from bench.waiting import answers
from secondlook.store import migrations
from secondlook.store.session import Store

LOOP = """INSERT INTO loop (name, flow_id, template, status, ready, input_sha256, created_at, expires_at)
          VALUES (?, 1, 'template', 'InProgress', 0, ?, ?, ?) RETURNING id"""
INPUT = "INSERT INTO loop_input (loop_id, content) VALUES (?, ?)"
DUTY = "INSERT INTO duty (kind, subject, payload, due_at, created_at) VALUES (?, ?, ?, ?, ?)"


class Rows:
    """The four rows of a started loop, in one transaction (WAL, synchronous=FULL)."""

    def __init__(self, path: Path) -> None:
        store = Store(f"sqlite:///{path}")
        migrations.migrate(store)
        store.close()
        self._turn = threading.Lock()
        self._cx = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._cx.execute("PRAGMA synchronous=FULL")

    async def start(self, request: Request) -> Response:
        asked = await request.json()
        name = asked["HumanLoopName"]
        await run_in_threadpool(self._insert, name, asked["HumanLoopInput"]["InputContent"])
        return JSONResponse({"HumanLoopArn": f"arn:aws:sagemaker:::human-loop/{name}"})

    def _insert(self, name: str, content: str) -> None:
        now = datetime.now(UTC).replace(tzinfo=None)
        at, end = str(now), str(now + timedelta(days=1))
        fingerprint = hashlib.sha256(content.encode()).hexdigest()
        run = self._cx.execute
        with self._turn:
            run("BEGIN IMMEDIATE")
            (number,) = run(LOOP, (name, fingerprint, at, end)).fetchone()
            payload = json.dumps({"loop_id": number})
            run(INPUT, (number, content))
            run(DUTY, ("check-render", str(number), payload, at, at))
            run(DUTY, ("expire-loop", str(number), payload, end, at))
            run("COMMIT")


@contextlib.contextmanager
def running(directory: Path) -> Iterator[int]:
    """The yardstick in a process of its own; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(port), str(directory)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def main(port: int, directory: Path) -> None:
    rows = Rows(directory / "yardstick.sqlite")
    uvicorn.run(
        Starlette(routes=[Route("/human-loops", rows.start, methods=["POST"])]),
        port=port,
        http="httptools",
        access_log=False,
        log_config=None,
        lifespan="off",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
