"""How an object is answered: its own headers, and those that keep a hostile one from acting as our portal.

An HTML or SVG object on our port would otherwise run with the portal's origin, so every answer is sandboxed and its
type is not guessed. Which pages may read it, `api.origins` says.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping

from anyio import to_thread

from secondlook.api.call import Call, Streamed
from secondlook.api.s3 import conditions, encryption
from secondlook.api.s3.arrival import THREADS
from secondlook.store.errors import PreconditionFailed
from secondlook.store.objects import CHUNK, Opened, Stored
from secondlook.wire.s3_errors import invalid_argument
from secondlook.wire.sandbox import POLICY
from secondlook.wire.scalars import write_timestamp

GUARDED = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Timing-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)

_OVERRIDES = {
    "ResponseCacheControl": "Cache-Control",
    "ResponseContentDisposition": "Content-Disposition",
    "ResponseContentEncoding": "Content-Encoding",
    "ResponseContentLanguage": "Content-Language",
    "ResponseContentType": "Content-Type",
    "ResponseExpires": "Expires",
}


def is_unmodified(call: Call, stored: Stored) -> bool:
    """Whether 304 is the answer; refuses with 412."""
    preconditions = conditions.of_read(call.params)
    if condition := preconditions.failed(stored):
        raise PreconditionFailed(condition)
    return bool(preconditions.unmodified(stored, call.now))


def unmodified(stored: Stored) -> Streamed:
    """304: what the reader has is still the object."""
    headers = [*_identity(stored), *GUARDED]
    headers += [
        (name, value) for name, value in stored.headers.items() if name in {"Cache-Control", "Expires"}
    ]
    return Streamed(304, headers, b"")


def headed(call: Call, stored: Stored, span: range, *, is_part: bool, count: int | None) -> Streamed:
    """The headers of an object, or of one span (which may be all of it), without its body.

    `count` is how many parts it has, for who asked for one of them.
    """
    headers = [*_identity(stored), ("Content-Length", str(len(span))), *GUARDED]
    if is_part:
        headers.append(("Content-Range", f"bytes {span.start}-{span.stop - 1}/{stored.size}"))
    counts = {"x-amz-mp-parts-count": count, "x-amz-tagging-count": stored.tag_count}
    headers += [(name, str(value)) for name, value in counts.items() if value]
    headers += [(f"x-amz-meta-{name}", value) for name, value in stored.metadata.items()]
    headers += encryption.headers(stored.encryption, call.params)
    if call.params.get("ChecksumMode") == "ENABLED" and not is_part:
        headers += [(_header(name), value) for name, value in stored.checksums.items()]
    shown = {"Content-Type": stored.content_type, **stored.headers, **_overrides(call)}
    return Streamed(206 if is_part else 200, [*headers, *shown.items()], b"")


def sent(call: Call, opened: Opened, *, is_part: bool, count: int | None) -> Streamed:
    """An object with its body, or one span; to be called in a thread. A small one is read here and now."""
    answer = headed(call, opened.stored, opened.span, is_part=is_part, count=count)
    if len(opened.span) <= CHUNK:
        with opened:
            answer.body = opened.all()
    else:
        answer.body = _stream(opened)
    return answer


async def _stream(opened: Opened) -> AsyncGenerator[bytes]:
    chunks = opened.chunks()
    with opened:
        while chunk := await to_thread.run_sync(_next, chunks, limiter=THREADS):
            yield chunk


def _next(chunks: Iterator[bytes]) -> bytes:
    return next(chunks, b"")


def _identity(stored: Stored) -> list[tuple[str, str]]:
    return [
        ("ETag", f'"{stored.etag}"'),
        ("Last-Modified", str(write_timestamp(stored.modified_at, "rfc822"))),
        ("Accept-Ranges", "bytes"),
    ]


def _header(member: str) -> str:
    """`ChecksumCRC32` → `x-amz-checksum-crc32`."""
    return "x-amz-checksum-" + member.removeprefix("Checksum").lower()


def _overrides(call: Call) -> Mapping[str, str]:
    """The `response-…` parameters of a signed link, taken as they were written there."""
    overrides: dict[str, str] = {}
    for member, header in _OVERRIDES.items():
        if member in call.params:
            name = f"response-{header.lower()}"
            value = call.request.parameter(name)
            if not value.isprintable() or any(ord(character) > 0xFF for character in value):  # noqa: PLR2004  (latin-1)
                raise invalid_argument("Header value cannot be represented using ISO-8859-1.", name, value)
            overrides[header] = value
    return overrides
