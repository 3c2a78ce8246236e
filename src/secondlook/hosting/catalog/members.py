"""What `product.toml` must hold, as one table: the members, and what each may be. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

RUNTIMES = Path(__file__).parent.parent / "runtimes"

REMOTE = "remote"
"""The runtime of a server that runs elsewhere, at `runtime.url`."""

TRANSLATING = ("kserve_v2", "openai_chat")
"""Runtimes that ask a server at `runtime.url` in its own protocol."""

LOCAL, RAY = "local", "ray"
"""Where instances of the other runtimes can run."""

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")
_SELLER = re.compile(r"[0-9]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a member may be: in words, and as a question."""

    words: str
    fits: Callable[[Any], bool]


def _pattern(words: str, pattern: re.Pattern[str]) -> _Kind:
    return _Kind(words, lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_url(value: Any) -> bool:
    return (
        isinstance(value, str)
        and value.isprintable()
        and value.startswith(("http://", "https://"))
        and bool(urlsplit(value).hostname)
    )


def _is_plain_url(value: Any) -> bool:
    return _is_url(value) and not set("?#@") & set(value)


def runtimes() -> list[str]:
    """The runtimes that a product can name."""
    return sorted([*(file.parent.name for file in RUNTIMES.glob("*/__main__.py")), REMOTE])


_TEXT = _Kind("a text", lambda value: isinstance(value, str) and value.strip() != "")
_TEXTS = _Kind("a list of texts", _is_list_of_texts)
_PACKAGE_NAME = _pattern("letters, digits and inner hyphens, up to 63", _NAME)
_PACKAGE_NAMES = _Kind(
    "a list of names of letters, digits and inner hyphens, up to 63 each",
    lambda value: _is_list_of_texts(value) and all(map(_NAME.fullmatch, value)),
)
_TIME = _Kind(
    "a time with its zone, such as 2026-11-01T00:00:00Z",
    lambda value: isinstance(value, datetime) and value.tzinfo is not None,
)

MEMBERS: Mapping[str, Mapping[str, _Kind]] = {
    "": {
        "name": _PACKAGE_NAME,
        "seller": _pattern("12 digits in quotes", _SELLER),
        "product_id": _PACKAGE_NAME,
        "aliases": _PACKAGE_NAMES,
        "published": _TIME,
        **dict.fromkeys(("title", "summary"), _TEXT),
        "highlights": _TEXTS,
        **dict.fromkeys(("usage", "inputs", "outputs", "sample_input", "price"), _TEXT),
        **dict.fromkeys(("content_types", "response_types", "instance_types"), _TEXTS),
    },
    "license": {
        "name": _TEXT,
        "file": _Kind(
            "the name of a file beside product.toml",
            lambda value: isinstance(value, str) and value not in {"", ".", ".."} and "/" not in value,
        ),
    },
    "runtime": {
        "name": _Kind(f"one of {', '.join(runtimes())}", lambda value: value in runtimes()),
        "needs": _TEXTS,
        "url": _Kind("an http or https URL without a query", _is_plain_url),
        "token_file": _Kind(
            "the absolute path of a file on the server",
            lambda value: isinstance(value, str) and value.startswith("/") and value.isprintable(),
        ),
        "instances": _Kind(f"{LOCAL} or {RAY}", lambda value: value in {LOCAL, RAY}),
    },
    "environment": {},
    "artifact": {
        "url": _Kind("an http or https URL", _is_url),
        "sha256": _pattern("64 hex digits in lower case", _SHA256),
        "size": _Kind("a whole number of bytes", lambda value: type(value) is int and value > 0),
    },
}
"""Table → member → what it may be; the members of the table without a name stand before the first heading."""

_OPTIONAL = frozenset(
    {"environment", "artifact", "runtime.needs", "runtime.url", "runtime.token_file", "runtime.instances"}
)


def faults(description: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a product's description, member by member."""
    for table in MEMBERS:
        members = description if table == "" else description.get(table)
        if isinstance(members, dict):
            yield from _of_table(table, members)
        elif members is not None:
            yield f"{table} must be a table, headed [{table}]"
        elif table not in _OPTIONAL:
            yield f"there is no table [{table}]"
    yield from _of_remote(description)


def _of_table(table: str, members: Mapping[str, Any]) -> Iterator[str]:
    known = MEMBERS[table]
    for name, kind in known.items():
        path = _path(table, name)
        if name in members and not kind.fits(members[name]):
            yield f"{path} must be {kind.words}, not {_shown(members[name])}"
        elif name not in members and path not in _OPTIONAL:
            yield f"there is no {path} ({kind.words})"
    if table == "environment":
        yield from _of_environment(members)
    else:
        yield from _unknown(table, members)


def _of_remote(description: Mapping[str, Any]) -> Iterator[str]:
    """A server elsewhere has a URL, and nothing that a process here would need."""
    runtime = description.get("runtime")
    if not isinstance(runtime, dict):
        return
    name = runtime.get("name")
    is_remote, is_translating = name == REMOTE, name in TRANSLATING
    if (is_remote or is_translating) and "url" not in runtime:
        yield "there is no runtime.url, which says where the server is"
    if not is_remote and not is_translating and "url" in runtime:
        yield f"runtime.url is for the runtimes {', '.join((REMOTE, *TRANSLATING))} only"
    if not is_translating and "token_file" in runtime:
        yield f"runtime.token_file is for the runtimes {', '.join(TRANSLATING)} only"
    if (is_remote or is_translating) and "instances" in runtime:
        yield f"runtime.instances is for models that secondlook starts, and the runtime is {name}"
    if (is_remote or is_translating) and description.get("artifact"):
        yield f"artifact is for a model that runs here, and the runtime is {name}"
    if is_remote and description.get("environment"):
        yield f"environment is for a model that runs here, and the runtime is {name}"


def _of_environment(variables: Mapping[str, Any]) -> Iterator[str]:
    for name, value in variables.items():
        if not isinstance(value, str | int | float):
            yield f"environment.{name} must be a text or a number, not {_shown(value)}"


def _unknown(table: str, members: Mapping[str, Any]) -> Iterator[str]:
    known = [*MEMBERS[table], *(filter(None, MEMBERS) if table == "" else ())]
    for name in members:
        if name not in known:
            close = get_close_matches(name, known, 1)
            meant = f" ({_path(table, close[0])} is meant, perhaps)" if close else ""
            yield f"{_path(table, name)} is no member of a product{meant}"


def _path(table: str, name: str) -> str:
    return f"{table}.{name}" if table else name


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
