"""`python -m litserve_detector PORT`: the detector in LitServe, which takes a picture as a file of a form.

Its annotations are values, not texts: LitServe looks at them.
"""

import json
import sys
from typing import Any

import litserve
from fastapi import Request as HttpRequest

from secondlook.hosting.runtimes.call import Request
from secondlook.hosting.runtimes.onnx_detection.__main__ import load


class Detector(litserve.LitAPI):
    def setup(self, device: str) -> None:  # noqa: ARG002  (LitServe hands it in)
        self._detect = load()

    def decode_request(self, request: HttpRequest) -> Request:
        picture: Any = request["picture"]
        return Request(picture.file.read(), picture.content_type)

    def predict(self, x: Request) -> bytes:
        return self._detect(x).body

    def encode_response(self, output: bytes) -> Any:
        return json.loads(output)


if __name__ == "__main__":
    server = litserve.LitServer(Detector(api_path="/invocations"), accelerator="cpu", workers_per_device=1)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False, log_level="warning")
