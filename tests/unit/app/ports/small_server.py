"""The ports as the server opens them, around a small application: `python small_server.py '{"head_seconds": 1}'`.

`/unread` answers without reading, `/large` at length, `/ended` says how requests before it ended; every other path reads the body to its
end and say how long it was.
"""

from __future__ import annotations

import asyncio
import json
import sys

from secondlook.app.ports import Limits, Port, bind, listen

LARGE = b"x" * 50_000_000
ended: list[str] = []


async def read(receive) -> str:
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return "disconnected"
        length += len(message.get("body", b""))
        if not message.get("more_body"):
            return str(length)


async def application(scope, receive, send):
    path = scope["path"]
    if path == "/ended":
        body = json.dumps(ended).encode()
    elif path == "/large":
        body = LARGE
    else:
        outcome = "unread" if path == "/unread" else await read(receive)
        ended.append(outcome)
        if outcome == "disconnected":
            return
        body = outcome.encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    listener = bind("127.0.0.1", 0)
    port = listener.getsockname()[1]
    limits = Limits(**json.loads(sys.argv[1]))
    asyncio.run(
        listen(
            application,
            [Port(listener)],
            lambda: print(port, flush=True),
            is_proxy=lambda _: False,
            limits=limits,
        )
    )
