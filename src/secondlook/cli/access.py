"""Which server a command talks to.

The first of these that is there: `--data` or SECONDLOOK_DATA (the server of that directory), AWS_ENDPOINT_URL with its
keys (as `secondlook env` and `exec` set them, or somebody who was given a key), the data directory `serve` uses here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from secondlook.cli import client_file
from secondlook.cli.client_file import Access
from secondlook.cli.trouble import Trouble
from secondlook.settings import Settings


def find(data: Path | None, env: Mapping[str, str] = os.environ) -> Access:
    """The access to the server that is meant. Raises Trouble naming what is missing."""
    folder = directory(data, env)
    return client_file.read(folder) if folder else _of_environment(env["AWS_ENDPOINT_URL"].rstrip("/"), env)


def directory(data: Path | None, env: Mapping[str, str] = os.environ) -> Path | None:
    """The data directory of the server that is meant; None where the environment names it by its URL."""
    if data is None and env.get("AWS_ENDPOINT_URL"):
        return None
    return data or Settings().data


def _of_environment(url: str, env: Mapping[str, str]) -> Access:
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not env.get(name)]
    if missing:
        raise Trouble(
            f"AWS_ENDPOINT_URL is set to {url}, but {' and '.join(missing)} is not. "
            "Set the key too, or name the server's directory with --data."
        )
    bundle = env.get("AWS_CA_BUNDLE")
    return Access(
        url=url,
        region=env.get("AWS_DEFAULT_REGION") or env.get("AWS_REGION") or Settings().region,
        access_key_id=env["AWS_ACCESS_KEY_ID"],
        secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
        ca_bundle=Path(bundle) if bundle else None,
    )
