"""One server, as a Python program or a notebook sees it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from secondlook.client import access
from secondlook.client.client_file import Access
from secondlook.client.errors import NoServer
from secondlook.client.failures import in_words
from secondlook.client.service import Service
from secondlook.client.session import Session
from secondlook.names import Place
from secondlook.settings import PREFIX

DATA = f"{PREFIX}DATA"


class Connection:
    """A server and a key for it. `connect` makes one; `service` is for calls of the helper's own."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.service = Service(access)

    def __repr__(self) -> str:
        return f"<secondlook at {self.access.url}>"

    @property
    def url(self) -> str:
        return self.access.url

    @cached_property
    def session(self) -> Session:
        """A session of boto3's, for whatever takes one."""
        return Session(self.access)

    def client(self, service: str, **arguments: Any) -> Any:
        """A client of boto3's for a service of AWS, or for our own: `secondlook`."""
        return self.session.client(service, **arguments)

    @cached_property
    def place(self) -> Place:
        """The Region and account of this server's ARNs."""
        with in_words():
            account = self.service.client("sts").get_caller_identity()["Account"]
        return Place(self.access.region, account)

    def flow_arn(self, flow: str) -> str:
        """The ARN of a flow definition, which may be given by its name."""
        return flow if flow.startswith("arn:") else self.place.arn("flow-definition", flow)


_latest: Connection | None = None


def connect(
    data: str | os.PathLike[str] | None = None,
    url: str | None = None,
    *,
    access_key_id: str | None = None,
    secret_access_key: str | None = None,
    region: str | None = None,
    ca_bundle: str | os.PathLike[str] | None = None,
) -> Connection:
    """Find a server; from now on the functions of this package mean this one.

    It is that of the directory `data`, or the one at `url` with its key. Where neither is given, it is found as the commands find
    theirs: by SECONDLOOK_DATA, by AWS_ENDPOINT_URL and the key beside it, or in `secondlook-data` here. Of a directory the
    requester's key is used, which opens nobody's session. Raises NoServer saying what is missing; the server is not called yet.
    """
    global _latest  # noqa: PLW0603  (a notebook has one server)
    if data is not None and url is not None:
        raise NoServer("Give data or url: a server's directory says its URL itself.")
    given = {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": access_key_id,
        "AWS_SECRET_ACCESS_KEY": secret_access_key,
        "AWS_DEFAULT_REGION": region,
        "AWS_CA_BUNDLE": str(ca_bundle) if ca_bundle else None,
    }
    _latest = Connection(_found(data, {name: value for name, value in given.items() if value}))
    return _latest


def present(connection: Connection | None = None) -> Connection:
    """The connection that is given, else the latest that was made, else one that is found now."""
    return connection or _latest or connect()


def _found(data: str | os.PathLike[str] | None, given: Mapping[str, str]) -> Access:
    env = {**os.environ, **given}
    if "AWS_ENDPOINT_URL" in given:
        if not (env.get("AWS_ACCESS_KEY_ID") and env.get("AWS_SECRET_ACCESS_KEY")):
            raise NoServer(
                f"A key for {given['AWS_ENDPOINT_URL']} is missing: give access_key_id and secret_access_key, "
                "or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
        return access.of_environment(env)
    place = data or os.environ.get(DATA)
    return access.for_programs(Path(place) if place else None, env)
