"""Endpoints whose model is a function of the test: a small HTTP server on loopback, which the endpoint reaches as a `remote` one."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

from secondlook.testing.products import put_remote_product
from secondlook.testing.reach import Reach

log = logging.getLogger(__name__)

Answer: TypeAlias = Callable[[bytes, str], Any]
"""From the body of an invocation and its content type to the answer: bytes or text as they are, anything else as JSON; as a pair,
with its content type."""

CONTENT_TYPES = (
    "application/json",
    "application/octet-stream",
    "image/jpeg",
    "image/png",
    "text/csv",
    "text/plain",
)

ROLE = "arn:aws:iam::123456789012:role/service-role/secondlook-test"

INSTANCE = "ml.m4.xlarge"


@dataclass(slots=True)
class Endpoint:
    """An endpoint in service. `answer` may be replaced while it runs; `calls` are the bodies it was asked with, and their types."""

    name: str
    answer: Answer
    calls: list[tuple[bytes, str]] = field(default_factory=list)

    def predict(self, body: bytes, content_type: str) -> tuple[bytes, str]:
        """What the model answers."""
        self.calls.append((body, content_type))
        return _encoded(self.answer(body, content_type))


class Models:
    """The endpoints of one server."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._serving: dict[str, ThreadingHTTPServer] = {}

    def deploy(self, name: str, answer: Answer) -> Endpoint:
        """Model, endpoint configuration and endpoint, all called `name`, as a program makes them.

        Raises ValueError for a name that is taken, RuntimeError where the endpoint does not get into service.
        """
        if name in self._serving:
            raise ValueError(
                f"There is an endpoint {name} already; to change what it answers, set its `answer`."
            )
        endpoint = Endpoint(name, answer)
        put_remote_product(self._reach.data, name, self._serve(endpoint), *CONTENT_TYPES)
        sagemaker = self._reach.sagemaker
        package = self._reach.own.subscribe(ProductId=name, AcceptLicense=True)["ModelPackageArn"]
        sagemaker.create_model(
            ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer={"ModelPackageName": package}
        )
        variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": INSTANCE}
        sagemaker.create_endpoint_config(
            EndpointConfigName=name, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
        )
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        self._reach.clock.settle()
        description = sagemaker.describe_endpoint(EndpointName=name)
        if description["EndpointStatus"] != "InService":
            raise RuntimeError(
                f"The endpoint {name} is {description['EndpointStatus']}: {description.get('FailureReason', '')}"
            )
        return endpoint

    def close(self) -> None:
        for server in self._serving.values():
            server.shutdown()
            server.server_close()

    def _serve(self, endpoint: Endpoint) -> str:
        """Where the model answers from now on."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(endpoint))
        self._serving[endpoint.name] = server
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=endpoint.name, daemon=True
        ).start()
        return f"http://127.0.0.1:{server.server_address[1]}"


def _encoded(answer: Any) -> tuple[bytes, str]:
    content, content_type = answer if isinstance(answer, tuple) else (answer, None)
    if isinstance(content, bytes):
        return content, content_type or "application/octet-stream"
    if isinstance(content, str):
        return content.encode(), content_type or "text/plain; charset=utf-8"
    return json.dumps(content).encode(), content_type or "application/json"


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    """SageMaker's container contract for one endpoint: `GET /ping`, `POST /invocations` [hosting.md]."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = (
            True  # else a kept connection waits 40 ms between the head and the body of an answer
        )

        def do_GET(self) -> None:
            self._send(200, b"", "text/plain")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            try:
                self._send(200, *endpoint.predict(body, self.headers.get("Content-Type", "")))
            except Exception as error:
                # To the caller it is what a model's own mistake is; the test's log has the traceback.
                log.exception("the function of the endpoint %s raised", endpoint.name)
                self._send(500, f"{type(error).__name__}: {error}".encode(), "text/plain; charset=utf-8")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (its name there)
            log.debug(format, *args)

        def _send(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
