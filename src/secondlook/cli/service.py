"""Calling the server as any AWS program does: botocore clients, one per service, ours among them.

The one place of the command line that knows botocore. Its errors become one line each (`errors.explain`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004  (botocore's)
    EndpointConnectionError,
    HTTPClientError,
    ParamValidationError,
)

from secondlook.cli import words
from secondlook.cli.access import find as find_access
from secondlook.cli.client_file import Access
from secondlook.cli.errors import explain
from secondlook.wire.specs import data_path

SIGNATURE_CODES = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"})

DENIED = frozenset({"AccessDenied", "AccessDeniedException"})

UNSERVED = frozenset({"404", "UnknownOperationException", "InvalidAction", "NotFound"})


class Service:
    """The server behind an Access."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._session = botocore.session.Session()
        self._session.get_component("data_loader").search_paths.append(str(data_path()))
        self._clients: dict[str, Any] = {}

    def client(self, name: str, *, read_timeout: int = 60) -> Any:
        """The botocore client of a service, `secondlook` for our own."""
        if name not in self._clients:
            client = self._session.create_client(
                name,
                region_name=self.access.region,
                endpoint_url=self.access.url,
                aws_access_key_id=self.access.access_key_id,
                aws_secret_access_key=self.access.secret_access_key,
                verify=str(self.access.ca_bundle) if self.access.ca_bundle else None,
                config=Config(
                    connect_timeout=5,
                    read_timeout=read_timeout,
                    retries={"total_max_attempts": 2},
                    proxies={},
                ),
            )
            client.meta.events.register("provide-client-params", words.check)
            self._clients[name] = client
        return self._clients[name]

    @property
    def own(self) -> Any:
        return self.client("secondlook")

    def every(
        self, service: str, operation: str, member: str, most: int | None = None, **params: Any
    ) -> Iterator[Any]:
        """The items of all pages of a List operation, at most `most`."""
        call, token, left = getattr(self.client(service), operation), None, most
        while left is None or left > 0:
            page = call(**params, **({"NextToken": token} if token else {}))
            items = page[member][:left]
            yield from items
            token, left = page.get("NextToken"), None if left is None else left - len(items)
            if token is None:
                return


def reach(data: Path | None) -> Service:
    """The server that `--data` or the environment names."""
    return Service(find_access(data))


def _error_text(error: ClientError) -> str:
    details = error.response.get("Error", {})
    code, message = str(details.get("Code", "")), str(details.get("Message") or "").strip()
    if code in SIGNATURE_CODES:
        return f"{message} If the server was set up anew, read its environment again (`secondlook env`)."
    if code in DENIED:
        return f"{message} With --data, the command line uses the admin's key in the server's directory."
    return message or f"{error.operation_name} was refused: {code or error}."


def _unreachable(error: EndpointConnectionError) -> str:
    url = error.kwargs.get("endpoint_url", "the server's address")
    return f"No server answers at {url.rstrip('/')}. Start it with `secondlook serve`, or name another with --data."


explain(ClientError, _error_text)
explain(EndpointConnectionError, _unreachable)
explain(ConnectionError, lambda error: f"The server did not answer: {error}")
explain(HTTPClientError, lambda error: f"The server did not answer: {error}")
explain(ParamValidationError, lambda error: str(error.kwargs.get("report", error)).strip())
explain(BotoCoreError)
