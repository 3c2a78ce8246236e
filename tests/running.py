"""A real server in a process of its own, and plain boto3 to talk to it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import IncompleteReadError

from secondlook.wire import specs
from tests import processes
from tests.mirror import MIRROR

START = 30
"""Seconds a server may take to answer before the test gives up."""

STOP = 30
"""Seconds a server may take to end after SIGTERM."""

COMMAND = (sys.executable, "-m", "secondlook.cli")
"""The command `secondlook` of this environment."""


PORTS = range(20_000, 32_000)
"""Below those that systems give to whoever asks for none: a server that is killed and started again finds its own free."""


def free_port() -> int:
    while True:
        port = random.SystemRandom().choice(PORTS)
        with contextlib.suppress(OSError), socket.socket() as tried:
            tried.bind(("127.0.0.1", port))
            return port


_CREATING = threading.Lock()
"""Clients may be used by several threads at once; a session that makes one may not."""


@cache
def _session() -> boto3.Session:
    """Of all clients: it reads the services' models, which takes 100 ms for SageMaker's, once."""
    session = botocore.session.get_session()
    session.get_component("data_loader").search_paths.append(str(specs.data_path()))
    return boto3.Session(botocore_session=session)


PAUSE = (0.02, 0.25)
"""Seconds between looks at what is awaited, the least and the most; between the two a tenth of the time that it takes."""


def eventually(question: Callable[[], Any], seconds: float = 30) -> Any:
    """The first true answer; AssertionError when there is none in time."""
    began = time.monotonic()
    least, most = PAUSE
    while not (answer := question()):
        waited = time.monotonic() - began
        assert waited < seconds, f"still {answer!r} after {seconds} seconds"
        time.sleep(min(max(waited / 10, least), most))  # between looks, not instead of one
    return answer


def _send_to_the_server_itself(request: Any, **_: Any) -> None:
    """S3 Control's client puts the account before the host, where no test machine finds it; the Host header keeps it."""
    host = urlsplit(request.url).netloc
    request.headers["Host"] = host
    request.url = request.url.replace(host, host.partition(".")[2], 1)


def _check_length(operation_model: Any, response_dict: dict[str, Any], **_: Any) -> None:
    """A server that is killed between the head of a response and its body leaves one without: botocore takes that for an empty
    answer, or for an error without words.
    """
    body, declared = response_dict["body"], response_dict["headers"].get("Content-Length")
    has_none = (
        operation_model.http["method"] == "HEAD" or response_dict["status_code"] == HTTPStatus.NOT_MODIFIED
    )
    if isinstance(body, bytes) and declared is not None and not has_none and len(body) < int(declared):
        raise IncompleteReadError(actual_bytes=len(body), expected_bytes=int(declared))


@dataclass
class Server:
    """`secondlook serve` on loopback. `settings` are further ones by name, `extra` are variables that are none.

    The block ends it if it runs.
    """

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    command: Sequence[str] = COMMAND
    process: subprocess.Popen[bytes] | None = None
    extra: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.data.with_suffix(".log").read_text()

    def keep_objects_in(self, storage: Server, prefix: str, port: int | None = None) -> None:
        """Before a start: its buckets are those of the storage whose names begin so, reached by a port, or by the storage's."""
        self.settings["objects"] = f"s3://{prefix}-?endpoint=http://127.0.0.1:{port or storage.port}"
        self.extra |= {
            "AWS_ACCESS_KEY_ID": storage.credentials["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": storage.credentials["secret_access_key"],
        }

    def start(self) -> Server:
        settings = {"DATA": str(self.data), "PORT": str(self.port), "TLS_PORT": str(self.tls_port)}
        if MIRROR is not None:
            settings["MIRROR"] = str(MIRROR)
        settings |= self.settings
        env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        env |= {f"SECONDLOOK_{name.upper()}": value for name, value in settings.items()}
        env |= self.extra
        with self.data.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "serve"],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            eventually(self._answers, START)
        except BaseException:
            processes.end(self.process)
            raise
        return self

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log[-4000:]
        if not (self.data / "client.json").exists():
            return False
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def stop(self) -> None:
        """As an admin would: SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP)
            except subprocess.TimeoutExpired:
                processes.end(self.process)
                raise

    def kill(self) -> None:
        """As a power cut would: SIGKILL."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    @property
    def credentials(self) -> dict[str, Any]:
        client_file: dict[str, Any] = json.loads((self.data / "client.json").read_text())
        return client_file

    def key(self, name: str, scope: str, **bound: Any) -> tuple[str, str]:
        """A new access key; `bound` are further parameters of CreateKey."""
        key = self.client("secondlook").create_key(Name=name, Scope=scope, **bound)
        return key["AccessKeyId"], key["SecretAccessKey"]

    @property
    def environment(self) -> dict[str, str]:
        """What `secondlook env` prints."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_DEFAULT_REGION": self.credentials["region"],
            "AWS_ACCESS_KEY_ID": self.credentials["requester"]["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self.credentials["requester"]["secret_access_key"],
        }

    def client(self, service: str, keys: tuple[str, str] | None = None, **config: Any) -> Any:
        """A plain boto3 client; `secondlook` is our own service. `keys` are others than the admin's, `config` is botocore's."""
        key_id, secret = keys or (self.credentials["access_key_id"], self.credentials["secret_access_key"])
        plain = {"retries": {"total_max_attempts": 1}, "connect_timeout": 5, "read_timeout": 60}
        with _CREATING:
            client = _session().client(
                service,
                endpoint_url=self.url,
                region_name=self.credentials["region"],
                aws_access_key_id=key_id,
                aws_secret_access_key=secret,
                config=Config(**{**plain, **config}),
            )
            client.meta.events.register("before-send.s3-control", _send_to_the_server_itself)
            client.meta.events.register("before-parse", _check_length)
            return client
