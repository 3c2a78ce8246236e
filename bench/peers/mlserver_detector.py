"""The detector in MLServer, by a custom handler that takes the picture as it is: the shortest way MLServer has."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from mlserver import MLModel
from mlserver.handlers import custom_handler
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from secondlook.hosting.runtimes.call import Request
from secondlook.hosting.runtimes.onnx_detection.__main__ import load


class Detector(MLModel):
    async def load(self) -> bool:
        self._detect = load()
        self._pool = ThreadPoolExecutor(1)
        return True

    @custom_handler(rest_path="/invocations")
    async def invoke(self, request: HttpRequest) -> Response:
        picture = Request(await request.body(), request.headers.get("content-type", ""))
        reply = await asyncio.get_running_loop().run_in_executor(self._pool, self._detect, picture)
        return Response(reply.body, media_type=reply.content_type)
