"""The environment variables that make an AWS program talk to the server. Pure."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable, Mapping

from secondlook.client.client_file import Access


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


UNWANTED = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
"""Variables that would win over the ones we set, or go with another account's keys; so does every AWS_ENDPOINT_URL_…"""


def unwanted(env: Iterable[str]) -> list[str]:
    """Those of these names that have to go, so that programs talk to the server alone."""
    return sorted(name for name in env if name in UNWANTED or name.startswith("AWS_ENDPOINT_URL_"))


def _shell(pairs: Mapping[str, str], gone: Iterable[str]) -> str:
    exports = (f"export {name}={shlex.quote(value)}" for name, value in pairs.items())
    return "\n".join([*(f"unset {name}" for name in gone), *exports])


def _fish(pairs: Mapping[str, str], gone: Iterable[str]) -> str:
    quoted = {name: value.replace("\\", "\\\\").replace("'", "\\'") for name, value in pairs.items()}
    sets = (f"set -gx {name} '{value}'" for name, value in quoted.items())
    return "\n".join([*(f"set -e {name}" for name in gone), *sets])


def _powershell(pairs: Mapping[str, str], gone: Iterable[str]) -> str:
    quoted = {name: value.replace("'", "''") for name, value in pairs.items()}
    sets = (f"$Env:{name} = '{value}'" for name, value in quoted.items())
    return "\n".join([*(f"Remove-Item Env:{name}" for name in gone), *sets])


def _dotenv(pairs: Mapping[str, str], _gone: Iterable[str]) -> str:
    return "\n".join(f"{name}={json.dumps(value)}" for name, value in pairs.items())


def _json(pairs: Mapping[str, str], _gone: Iterable[str]) -> str:
    return json.dumps(pairs, indent=2)


FORMATS: dict[str, Callable[[Mapping[str, str], Iterable[str]], str]] = {
    "shell": _shell,
    "fish": _fish,
    "powershell": _powershell,
    "dotenv": _dotenv,
    "json": _json,
}
"""How the variables are written, and where a language can say so, which others go first."""
