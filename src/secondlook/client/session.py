"""A session of boto3's whose clients talk to one server, whatever the environment says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from secondlook.client.client_file import Access
from secondlook.client.service import client_arguments, core

AMAZON = "amazonaws.com"


class Session(boto3.Session):  # type: ignore[misc]
    """For `session.client("s3")`, and for libraries that take a session, such as the SageMaker SDK's `boto_session`.

    A URL of Amazon's own, as that SDK hands one to clients of STS, is the server's too; any other that is given holds.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        super().__init__(
            aws_access_key_id=access.access_key_id,
            aws_secret_access_key=access.secret_access_key,
            region_name=access.region,
            botocore_session=core(),
        )

    def client(self, service_name: str, region_name: str | None = None, **arguments: Any) -> Any:
        """As boto3's. `secondlook` is our own service."""
        ours = client_arguments(self._access)
        given = {name: value for name, value in arguments.items() if value is not None}
        given |= {"region_name": region_name} if region_name else {}
        if _is_amazons(given.get("endpoint_url")):
            del given["endpoint_url"]
        config = ours["config"].merge(given.pop("config", Config()))
        return super().client(service_name, **{**ours, **given, "config": config})


def _is_amazons(url: str | None) -> bool:
    host = urlsplit(url or "").hostname or ""
    return host == AMAZON or host.endswith(f".{AMAZON}")
