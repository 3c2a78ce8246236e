"""Plain boto3 clients of a test server, one for each service and key."""

from __future__ import annotations

import json
import threading
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import boto3
import botocore.session
from botocore.config import Config

from secondlook.wire.specs import data_path

_MAKING = threading.Lock()
"""Clients may be used by several threads at once; a session that makes one may not."""


class Key(NamedTuple):
    """An access key."""

    key_id: str
    secret: str


class Clients:
    """The clients of the server whose data directory is `data`."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._made: dict[tuple[str, Key], Any] = {}

    def client(self, service: str, key: Key) -> Any:
        """Retries nothing: what the server says first is what a test wants to see."""
        with _MAKING:
            if (service, key) not in self._made:
                self._made[service, key] = _session().client(
                    service,
                    endpoint_url=self._file["url"],
                    region_name=self._file["region"],
                    aws_access_key_id=key.key_id,
                    aws_secret_access_key=key.secret,
                    config=Config(retries={"total_max_attempts": 1}, read_timeout=60, proxies={}),
                )
            return self._made[service, key]

    def close(self) -> None:
        for client in self._made.values():
            client.close()

    @property
    def admin(self) -> Key:
        return Key(self._file["access_key_id"], self._file["secret_access_key"])

    @property
    def requester(self) -> Key:
        key = self._file["requester"]
        return Key(key["access_key_id"], key["secret_access_key"])

    @cached_property
    def _file(self) -> dict[str, Any]:
        """What the server tells programs on its machine."""
        document: dict[str, Any] = json.loads((self._data / "client.json").read_text(encoding="utf-8"))
        return document


@cache
def _session() -> boto3.Session:
    """Of all clients of a process: it reads the services' models, which takes 100 ms for SageMaker's, once."""
    session = botocore.session.Session()
    session.get_component("data_loader").search_paths.append(str(data_path()))
    return boto3.Session(botocore_session=session)
