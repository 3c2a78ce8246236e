"""Calling the server as any AWS program does: botocore clients, one per service, ours among them.

Their errors are put into words by whoever lets them out (`failures.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import botocore.session
from botocore.config import Config

from secondlook.client import parameters
from secondlook.client.client_file import Access
from secondlook.wire.specs import data_path

Check = Callable[..., None]
"""Looks at the parameters of a call before it is made: a handler of botocore's `provide-client-params`."""


def core() -> botocore.session.Session:
    """A session that knows our own service beside those of AWS."""
    session = botocore.session.Session()
    session.get_component("data_loader").search_paths.append(str(data_path()))
    return session


def client_arguments(access: Access) -> dict[str, Any]:
    """What makes a client of any service talk to the server, directly whatever proxy is set."""
    return {
        "region_name": access.region,
        "endpoint_url": access.url,
        "aws_access_key_id": access.access_key_id,
        "aws_secret_access_key": access.secret_access_key,
        "verify": str(access.ca_bundle) if access.ca_bundle else None,
        "config": Config(proxies={}),
    }


class Service:
    """The server behind an Access.

    `connections` are kept open for each service, for as many threads; a call that the server has no time for is made `tries` times.
    """

    def __init__(
        self, access: Access, check: Check = parameters.check, connections: int = 10, tries: int = 2
    ) -> None:
        self.access = access
        self._connections = connections
        self._tries = tries
        self._check = check
        self._session = core()
        self._clients: dict[str, Any] = {}

    def client(self, name: str, *, read_timeout: int = 60) -> Any:
        """The botocore client of a service, `secondlook` for our own."""
        if name not in self._clients:
            config = Config(
                connect_timeout=5,
                read_timeout=read_timeout,
                retries={"total_max_attempts": self._tries},
                max_pool_connections=self._connections,
            )
            arguments = client_arguments(self.access)
            client = self._session.create_client(
                name, **{**arguments, "config": arguments["config"].merge(config)}
            )
            client.meta.events.register("provide-client-params", self._check)
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
