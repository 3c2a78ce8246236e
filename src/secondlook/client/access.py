"""Which server is meant.

The first of these that is there: a data directory (`--data` or SECONDLOOK_DATA of a command), AWS_ENDPOINT_URL with its
keys (as somebody sets them who was given a key), the data directory `serve` uses here. Where the environment is what
`secondlook env` prints for the latter, it is that directory which is meant: the command line uses its admin's key.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from secondlook.client import client_file
from secondlook.client.client_file import Access
from secondlook.client.errors import NoServer
from secondlook.settings import Settings


def find(data: Path | None, env: Mapping[str, str] = os.environ) -> Access:
    """The access to the server that is meant, for commands. Raises NoServer naming what is missing."""
    folder = directory(data, env)
    return client_file.read(folder) if folder else of_environment(env)


def for_programs(
    data: Path | None, env: Mapping[str, str] = os.environ, *, brings_code: bool = False
) -> Access:
    """The same, for programs of the user's: with a key that opens no other person's session.

    With `brings_code` it may make models of scripts of its own; of a server that is named by its URL, what the key may is known to
    whoever made it.
    """
    folder = directory(data, env)
    if folder is None:
        return of_environment(env)
    return client_file.read_for_code(folder) if brings_code else client_file.read_for_programs(folder)


def directory(data: Path | None, env: Mapping[str, str] = os.environ) -> Path | None:
    """The data directory of the server that is meant; None where the environment names it by its URL."""
    if data is not None:
        return data
    usual = Settings().data
    return usual if not env.get("AWS_ENDPOINT_URL") or _is_printed_for(usual, env) else None


def _is_printed_for(folder: Path, env: Mapping[str, str]) -> bool:
    for read in (client_file.read_for_programs, client_file.read_for_code):
        with contextlib.suppress(NoServer):
            access = read(folder)
            if (access.url, access.access_key_id) == (_url(env), env.get("AWS_ACCESS_KEY_ID")):
                return True
    return False


def _url(env: Mapping[str, str]) -> str:
    return env["AWS_ENDPOINT_URL"].rstrip("/")


def of_environment(env: Mapping[str, str]) -> Access:
    """The access that variables of AWS describe. Raises NoServer naming those that are missing."""
    url = _url(env)
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not env.get(name)]
    if missing:
        are = "is" if len(missing) == 1 else "are"
        raise NoServer(
            f"AWS_ENDPOINT_URL is set to {url}, but {' and '.join(missing)} {are} not. "
            "Set the key too, or name the server's directory with {data}."
        )
    bundle = env.get("AWS_CA_BUNDLE")
    return Access(
        url=url,
        region=env.get("AWS_DEFAULT_REGION") or env.get("AWS_REGION") or Settings().region,
        access_key_id=env["AWS_ACCESS_KEY_ID"],
        secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
        ca_bundle=Path(bundle) if bundle else None,
    )
