"""What each setting may be: one function per kind of value, named beside the field that it checks.

Each raises `Unfit` with the end of a sentence that begins with the name of the flag or variable. Pure, but for the files that
some settings name.
"""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from collections.abc import Callable, Iterable
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

Check = Callable[[Any], None]

MOST_PORT = 65_535

MOST_DAYS = 36_500
"""A hundred years."""

MOST_UNDO_SECONDS = 300
MOST_IDLE_SECONDS = 86_400
"""An answer that is not final holds its loop open."""

MOST_MINUTES = 1_440
"""A day."""

MOST_GIGABYTES = 10_000

ISOLATIONS = ("required", "limits")

LEAST_MODEL_MEMORY = 64
"""MiB; a runtime takes about 40 before it has loaded anything."""

_ACCOUNT = re.compile(r"[0-9]{12}")
_REGION = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]+")
_LABEL = r"[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE | re.ASCII)
_ENDPOINT = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")
_RUNTIME = re.compile(r"[a-z][a-z0-9_]*")
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


class Unfit(ValueError):
    """A value that a setting cannot have: `must be …, not …`."""


def each(check: Check) -> Check:
    """The check of a setting that holds several values."""

    def every(values: Iterable[Any]) -> None:
        for value in values:
            check(value)

    return every


def port(value: int) -> None:
    if not 1 <= value <= MOST_PORT:
        raise Unfit(f"must be between 1 and {MOST_PORT}, not {value}")


def port_or_none(value: int) -> None:
    if not 0 <= value <= MOST_PORT:
        raise Unfit(f"must be between 1 and {MOST_PORT}, or 0 for none, not {value}")


def days(value: int) -> None:
    if not 1 <= value <= MOST_DAYS:
        raise Unfit(f"must be between 1 and {MOST_DAYS:,} days, not {value}")


def minutes(value: int) -> None:
    if not 1 <= value <= MOST_MINUTES:
        raise Unfit(f"must be between 1 and {MOST_MINUTES:,} minutes, not {value}")


def gigabytes(value: int) -> None:
    if not 1 <= value <= MOST_GIGABYTES:
        raise Unfit(f"must be between 1 and {MOST_GIGABYTES:,} GiB, not {value}")


def undo_seconds(value: int) -> None:
    if not 0 <= value <= MOST_UNDO_SECONDS:
        raise Unfit(f"must be between 0 and {MOST_UNDO_SECONDS} seconds, not {value}")


def model_isolation(value: str) -> None:
    if value not in ISOLATIONS:
        raise Unfit(f"must be {' or '.join(ISOLATIONS)}, not {value!r}")


def model_memory(value: int) -> None:
    if value < LEAST_MODEL_MEMORY:
        raise Unfit(f"must be at least {LEAST_MODEL_MEMORY} MiB, not {value}")


def idle_seconds(value: int) -> None:
    if not 1 <= value <= MOST_IDLE_SECONDS:
        raise Unfit(f"must be between 1 and {MOST_IDLE_SECONDS:,} seconds, not {value}")


def account(value: str) -> None:
    if not _ACCOUNT.fullmatch(value):
        raise Unfit(f"must be 12 digits, not {value!r}")


def region(value: str) -> None:
    if not _REGION.fullmatch(value):
        raise Unfit(f"must be the name of a Region such as eu-central-1, not {value!r}")


def listening_address(value: str) -> None:
    if value != "localhost" and not _is_address(value):
        raise Unfit(
            f"must be an address of this machine (127.0.0.1, 0.0.0.0 for all, ::1) or localhost, not {value!r}"
        )


def network(value: str) -> None:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise Unfit(
            f"must be addresses or networks such as 10.0.0.1, 10.0.0.0/8 or fd00::/8, not {value!r}"
        ) from None


def host_name(value: str) -> None:
    if not _is_address(value) and not _NAME.fullmatch(value):
        raise Unfit(
            f"must be host names such as review.example.org, without scheme, port and path, not {value!r}"
        )


def base_url(value: str) -> None:
    """A URL that ways of ours are appended to: links and forms lead to the root of a host."""
    parts = _split(value, {"http", "https"})
    if parts is None or parts.username is not None:
        raise Unfit(f"must be a URL such as https://review.example.org, not {value!r}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise Unfit(f"must end after the host and port, as https://review.example.org does, not {value!r}")


def endpoint_name(value: str) -> None:
    if not _ENDPOINT.fullmatch(value):
        raise Unfit(f"must be the name of an endpoint, letters, digits and hyphens, not {value!r}")


def image(value: str) -> None:
    """`PATTERN=RUNTIME` or `PATTERN=URL`; which runtimes there are, hosting knows."""
    pattern, _, target = value.partition("=")
    if not pattern or re.search(r"\s", pattern) or not (_RUNTIME.fullmatch(target) or _is_plain_url(target)):
        raise Unfit(
            "must be PATTERN=RUNTIME or PATTERN=URL, such as '*/my-model:*=inference_script' or "
            f"'*/my-model:*=https://models.example.org/mine', not {value!r}"
        )


def smtp_url(value: str) -> None:
    if _split(value, {"smtp", "smtps"}) is None:
        shown = value.rpartition("@")[2]  # what stands before may be a password
        raise Unfit(f"must look like smtp://user:password@host:587?starttls=1 or smtps://host, not {shown!r}")


def mail_address(value: str) -> None:
    if not value.isprintable() or not _ADDRESS.fullmatch(parseaddr(value)[1]):
        raise Unfit(f"must be an e-mail address such as secondlook@example.org, not {value!r}")


def directory(value: Path) -> None:
    if not value.is_dir():
        what = "is a file" if value.exists() else "is not there"
        raise Unfit(f"must be a directory that can be read; {str(value)!r} {what}")
    if not os.access(value, os.R_OK | os.X_OK):
        raise Unfit(f"must be a directory that can be read; this account may not read {str(value)!r}")


def file(value: Path) -> None:
    try:
        value.open("rb").close()
    except OSError as error:
        raise Unfit(f"must be a file that can be read; {str(value)!r}: {error.strerror}") from None


def certificate_pair(cert: Path, key: Path) -> None:
    """Raises Unfit, of the certificate, where the two do not belong together."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=_no_password)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise Unfit(
                f"must be the certificate of the key {str(key)!r}; {str(cert)!r} is another's"
            ) from None
        raise Unfit(
            f"must be a certificate chain with its key, both PEM and without a password; {str(cert)!r} and "
            f"{str(key)!r} are not ({(error.reason or str(error)).replace('_', ' ').lower()})"
        ) from None


def _no_password() -> str:
    return ""


def _is_plain_url(value: str) -> bool:
    parts = _split(value, {"http", "https"})
    return parts is not None and not set("?#@") & set(value)


def _split(value: str, schemes: set[str]) -> SplitResult | None:
    """The parts of a URL with one of these schemes and a host; None where it is none."""
    try:
        parts = urlsplit(value)
        is_port = parts.port != 0
    except ValueError:
        return None
    is_plain = value.isprintable() and " " not in value
    return parts if is_plain and is_port and parts.scheme in schemes and parts.hostname else None


def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True
