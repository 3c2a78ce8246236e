"""HTTP messages as plain values, so that nothing else in `wire` knows a web framework."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote_plus

from secondlook.wire import errors

MOST_PARAMETERS = 10_000

UPLOAD_FORM = "multipart/form-data"
"""The media type of the forms with which browsers upload to S3. No page of ours has such a form."""

_OF_CLOUDFRONT = "x-amz-cf-id"
"""Added by CloudFront to whatever passes through, so it says nothing of who sent it."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
"""What no header field says (RFC 9110, section 5.5)."""

RETRY_SECONDS = 5
"""When a client may come back, where the answer is 503; at every door."""


class Headers:
    """Header fields: case-insensitive, repeated names kept in order, values decoded as latin-1, without space around them."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields = [(name.lower(), value.strip(" \t")) for name, value in fields]
        self._values: dict[str, list[str]] = {}
        for name, value in self._fields:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._values

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._fields)

    def __repr__(self) -> str:
        return f"Headers({self._fields!r})"

    def get(self, name: str, default: str = "") -> str:
        """The value of ``name``; a repeated field is one value joined by commas (RFC 9110, section 5.3)."""
        values = self._values.get(name.lower())
        return ",".join(values) if values else default

    @property
    def names(self) -> Iterable[str]:
        """The name of each field once, in lower case, in the order in which they came."""
        return self._values.keys()

    def all(self, name: str) -> list[str]:
        """Each value that ``name`` came with."""
        return list(self._values.get(name.lower(), ()))


@dataclass(frozen=True)
class Request:
    """A request as it came: nothing decoded that a signature may cover.

    ``path`` and ``query`` are still percent-encoded; ``body`` is ``None`` while it stays a stream. ``bucket`` is what the host
    names (virtual-hosted style).
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = field(default_factory=Headers)
    body: bytes | None = b""
    bucket: str = ""

    @property
    def resource(self) -> str:
        """What is asked for: the path as it is in path style, wherever the bucket stands."""
        return f"/{self.bucket}{self.path}" if self.bucket else self.path

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The decoded query string in order; a name without ``=`` has the value ``""``."""
        return parameters(self.query)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the query string's parameters."""
        return frozenset(name for name, _ in self.parameters)

    def parameter(self, name: str) -> str:
        """The first value of a query parameter, or nothing."""
        return next((value for key, value in self.parameters if key == name), "")

    @cached_property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case."""
        return self.headers.get("content-type").partition(";")[0].strip().lower()

    def with_body(self, body: bytes) -> Request:
        """The same request, read: what was found out about the rest of it stays known."""
        request = Request.__new__(Request)
        request.__dict__.update(self.__dict__, body=body)
        return request

    @property
    def spellings(self) -> tuple[Request, ...]:
        """The request as it came, and with its headers read as UTF-8 where they are that: nobody says which one was signed."""
        if all(value.isascii() for _, value in self.headers):
            return (self,)
        return self, replace(self, headers=Headers([(name, in_utf8(value)) for name, value in self.headers]))


@dataclass
class Response:
    """An answer, whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""


def is_field_name(name: str) -> bool:
    """Whether a header field may be called so (RFC 9110, section 5.1)."""
    return _TOKEN.fullmatch(name) is not None


def is_field_value(text: str) -> bool:
    """Whether a header field can say so (RFC 9110, section 5.5): no line ends there, nor any other control character."""
    return CONTROL.search(text) is None


def in_utf8(value: str) -> str:
    """The text of a header whose bytes are UTF-8; any other as it is, of latin-1."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def is_amazons(name: str) -> bool:
    """Whether a header (its name in lower case) is one that programs of AWS send."""
    return name.startswith("x-amz-") and name != _OF_CLOUDFRONT


def parameters(encoded: str) -> list[tuple[str, str]]:
    """Decode ``a=1&b`` to ``[("a", "1"), ("b", "")]``; bytes that are not UTF-8 become U+FFFD.

    ``AwsError`` for more than ``MOST_PARAMETERS``: decoding comes before authentication, so it must stay cheap.
    """
    if encoded.count("&") > MOST_PARAMETERS:
        raise errors.malformed(f"The request has more than {MOST_PARAMETERS:,} parameters.")
    pairs = (pair.partition("=") for pair in encoded.split("&") if pair)
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs]
