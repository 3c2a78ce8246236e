"""The environment variables that make an AWS program talk to the server. Pure."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping

from secondlook.cli.client_file import Access


def variables(access: Access) -> dict[str, str]:
    """Names and values [sdk-wire-trace.md, Environment that works]; the CA bundle only where it is needed."""
    pairs = {
        "AWS_ENDPOINT_URL": access.url,
        "AWS_DEFAULT_REGION": access.region,
        "AWS_ACCESS_KEY_ID": access.access_key_id,
        "AWS_SECRET_ACCESS_KEY": access.secret_access_key,
    }
    if access.ca_bundle is not None:
        pairs["AWS_CA_BUNDLE"] = str(access.ca_bundle)
    return pairs


def _shell(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in pairs.items())


def _fish(pairs: Mapping[str, str]) -> str:
    quoted = {name: value.replace("\\", "\\\\").replace("'", "\\'") for name, value in pairs.items()}
    return "\n".join(f"set -gx {name} '{value}'" for name, value in quoted.items())


def _powershell(pairs: Mapping[str, str]) -> str:
    quoted = {name: value.replace("'", "''") for name, value in pairs.items()}
    return "\n".join(f"$Env:{name} = '{value}'" for name, value in quoted.items())


def _dotenv(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"{name}={json.dumps(value)}" for name, value in pairs.items())


def _json(pairs: Mapping[str, str]) -> str:
    return json.dumps(pairs, indent=2)


FORMATS: dict[str, Callable[[Mapping[str, str]], str]] = {
    "shell": _shell,
    "fish": _fish,
    "powershell": _powershell,
    "dotenv": _dotenv,
    "json": _json,
}
