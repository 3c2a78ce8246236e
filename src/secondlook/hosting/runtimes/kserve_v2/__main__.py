"""Serve a model that MLServer, Triton or KServe runs elsewhere, by the Open Inference Protocol, version 2.

Environment: `MODEL_NAME`, `MODEL_VERSION` (the server's choice unless given), and what `other_server` reads.
"""

from __future__ import annotations

import os
from urllib.parse import quote

from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.inference_script import json_text
from secondlook.hosting.runtimes.kserve_v2.messages import asked, is_message, read
from secondlook.hosting.runtimes.other_server import WORKERS, OtherServer
from secondlook.hosting.runtimes.serving import serve


def load() -> Predict:
    """Returns once the model is ready there."""
    server = OtherServer()
    path = _path(os.environ["MODEL_NAME"], os.environ.get("MODEL_VERSION"))
    server.wait_for(f"{path}/ready")
    inputs = server.wait_for(path).get("inputs") or []

    def predict(request: Request) -> Reply:
        message = asked(request, inputs)
        answer = server.post(f"{path}/infer", message)
        if is_message(request):
            return json_reply(answer)
        return Reply(json_text.write(read(answer)).encode())

    return predict


def _path(name: str, version: str | None) -> str:
    model = f"/v2/models/{quote(name, safe='')}"
    return f"{model}/versions/{quote(version, safe='')}" if version else model


if __name__ == "__main__":
    serve(load, workers=WORKERS)
