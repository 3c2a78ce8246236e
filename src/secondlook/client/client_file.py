"""What the server tells programs beside it: `client.json` in its data directory, written at each start.

Read it to find the server of a data directory: its URL, its Region, and an access key for whoever asks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.client.errors import NoServer

NAME = "client.json"
KEY = ("access_key_id", "secret_access_key")


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a server. `ca_bundle` is a PEM file to trust it by, where its certificate is self-signed."""

    url: str
    region: str
    access_key_id: str
    secret_access_key: str
    ca_bundle: Path | None = None


def read(data: Path) -> Access:
    """The access of a data directory with its admin's key. Raises NoServer saying how to get one."""
    return _read(data, lambda document: document)


def read_for_programs(data: Path) -> Access:
    """The same with its requester's key, which may be handed out."""
    return _read(data, lambda document: document["requester"])


def read_for_code(data: Path) -> Access:
    """The same with a key that may also make models of scripts and files of its own.

    Raises NoServer where the server lets nobody do that.
    """

    def key_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
        if "bringing_code" not in document:
            raise NoServer(
                "This server runs no code of those who make models: start it with `secondlook serve --allow-model-code`."
            )
        key: Mapping[str, Any] = document["bringing_code"]
        return key

    return _read(data, key_of)


def _read(data: Path, key_of: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Access:
    file = data / NAME
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        url, region = str(document["url"]), str(document["region"])
        key = {name: str(key_of(document)[name]) for name in KEY}
    except FileNotFoundError:
        raise NoServer(
            f"There is no {file}: no server has run with this data directory yet. "
            "Start one with `secondlook serve`, or name its directory with {data}."
        ) from None
    except PermissionError:
        raise NoServer(f"{file} may be read only by the user who runs the server.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise NoServer(
            f"{file} cannot be understood ({error}); the server writes it anew when it starts."
        ) from None
    bundle = document.get("ca_bundle") if url.startswith("https://") else None
    return Access(url, region, **key, ca_bundle=Path(bundle) if bundle else None)
