"""aws-chunked bodies: what botocore and AWS's examples send is read, whatever way it is cut; anything else is refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import zlib
from dataclasses import replace

import pytest
from botocore.httpchecksum import AwsChunkedWrapper, Crc32Checksum
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire.checksums import Integrity
from secondlook.wire.chunk_signatures import ChunkSignatures
from secondlook.wire.chunked import SMALLEST_CHUNK, Decoder, content_encoding, decoder
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.sigv4 import Claim, identify, signing_key
from tests.wire.signing import KEY, NOW, REGION, SECRET, header_signer, signed
from tests.wire.wire_server import WireServer, client

HEADER = "{size};chunk-signature={signature}"
LARGE = [character * SMALLEST_CHUNK for character in (b"a", b"b", b"c")]
STAMP = NOW.strftime("%Y%m%dT%H%M%SZ")
CLAIM = Claim("header", KEY, "5e" * 32, REGION, "s3", STAMP[:8], STAMP, 0, ("host",))

# The worked example of AWS's S3 API reference, "Transferring payload in multiple chunks".
EXAMPLE_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
EXAMPLE_CLAIM = Claim(
    "header",
    "AKIAIOSFODNN7EXAMPLE",
    "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    "us-east-1",
    "s3",
    "20130524",
    "20130524T000000Z",
)
EXAMPLE_SIGNATURES = (
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
)


def _pieces(body: bytes, sizes: list[int]) -> list[bytes]:
    """The body cut at hostile places."""
    pieces, position = [], 0
    while position < len(body):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(body[position : position + size])
        position += size
    return pieces


def _decode(decoder: Decoder, pieces: list[bytes]) -> tuple[bytes, dict[str, str]]:
    data = b"".join(decoder.feed(piece) for piece in pieces)
    return data, decoder.finish()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _signature(previous: str, kind: str, hashes: str) -> str:
    """The next in the chain, as AWS's S3 API reference describes it."""
    to_sign = f"AWS4-HMAC-SHA256-{kind}\n{CLAIM.stamp}\n{CLAIM.scope}\n{previous}\n{hashes}"
    key = signing_key(SECRET, CLAIM.date, CLAIM.region, CLAIM.service)
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def _signed_body(
    chunks: list[bytes],
    trailers: list[tuple[str, str]] | None = None,
    line: str = "\r\n",
    header: str = HEADER,
) -> bytes:
    """What a client with our key sends; `header` is how each chunk begins."""
    signature, body = CLAIM.signature, b""
    for chunk in [*chunks, b""]:
        signature = _signature(signature, "PAYLOAD", f"{_sha256(b'')}\n{_sha256(chunk)}")
        body += header.format(size=f"{len(chunk):x}", signature=signature).encode() + b"\r\n"
        body += chunk + b"\r\n" if chunk else b""
    if trailers is not None:
        body += "".join(f"{name}:{value}{line}" for name, value in trailers).encode()
        lines = "".join(f"{name}:{value}\n" for name, value in trailers)
        signature = _signature(signature, "TRAILER", _sha256(lines.encode() or b"\n"))
        body += f"x-amz-trailer-signature:{signature}\r\n".encode()
    return body + b"\r\n"


def _signed_decoder(length: int, trailers: list[str] | None = None) -> Decoder:
    return Decoder(length, trailers or (), ChunkSignatures(CLAIM, SECRET), signs_trailer=trailers is not None)


def _error_of(decoder: Decoder, body: bytes) -> AwsError:
    with pytest.raises(AwsError) as caught:
        _decode(decoder, [body])
    return caught.value


def test_a_whole_upload_of_a_stream_as_boto3_makes_it() -> None:
    server = WireServer()
    server.call(
        client("s3", url="https://localhost:8701"),
        "PutObject",
        {"Bucket": "bucket", "Key": "key", "Body": io.BytesIO(b"body" * 1000), "ChecksumAlgorithm": "SHA256"},
    )
    request = server.request
    upload = decoder(request, identify(request), SECRET)
    integrity = Integrity({}, ["SHA256"])

    data = upload.feed(request.body)
    integrity.update(data)

    assert request.headers.get("x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    assert data == b"body" * 1000
    assert integrity.check(upload.finish()).keys() == {"SHA256"}


cuts = st.lists(st.integers(1, 40), min_size=1, max_size=5)


@given(data=st.binary(max_size=300), size=st.integers(1, 64), sizes=cuts)
def test_what_botocore_sends_is_read_however_it_is_cut(data: bytes, size: int, sizes: list[int]) -> None:
    wrapper = AwsChunkedWrapper(io.BytesIO(data), Crc32Checksum, "x-amz-checksum-crc32", chunk_size=size)
    expected = base64.b64encode(zlib.crc32(data).to_bytes(4)).decode()

    decoded = _decode(Decoder(len(data), ["x-amz-checksum-crc32"]), _pieces(wrapper.read(), sizes))

    assert decoded == (data, {"x-amz-checksum-crc32": expected})


@given(last=st.binary(max_size=50), sizes=cuts)
def test_signed_chunks_are_read_however_they_are_cut(last: bytes, sizes: list[int]) -> None:
    chunks = [LARGE[0], *([last] if last else [])]
    data = b"".join(chunks)
    body = _signed_body(chunks)
    pieces = [body[:SMALLEST_CHUNK], *_pieces(body[SMALLEST_CHUNK:], sizes)]

    assert _decode(_signed_decoder(len(data)), pieces) == (data, {})


@pytest.mark.parametrize(
    "header", ["{size} ; chunk-signature={signature}", "{size};chunk-signature = {signature} "]
)
def test_a_signed_chunk_may_have_space_in_its_header(header: str) -> None:
    assert _decode(_signed_decoder(3), [_signed_body([b"one"], header=header)]) == (b"one", {})


@pytest.mark.parametrize("line", ["\r\n", "\n\r\n"])
def test_a_signed_trailer_is_read_in_both_of_its_spellings(line: str) -> None:
    body = _signed_body([b"one"], [("x-amz-checksum-crc32", "AAAAAA==")], line)

    decoded = _decode(_signed_decoder(3, ["x-amz-checksum-crc32"]), [body])

    assert decoded == (b"one", {"x-amz-checksum-crc32": "AAAAAA=="})


def test_the_signatures_of_aws_example_are_right() -> None:
    chunks = (b"a" * 65536, b"a" * 1024, b"")
    body = b"".join(
        f"{len(chunk):x};chunk-signature={signature}\r\n".encode() + chunk + b"\r\n"
        for chunk, signature in zip(chunks, EXAMPLE_SIGNATURES, strict=True)
    )

    decoded = _decode(Decoder(66560, (), ChunkSignatures(EXAMPLE_CLAIM, EXAMPLE_SECRET)), [body])

    assert decoded == (b"a" * 66560, {})


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_chunk_that_was_changed_is_refused(at: int) -> None:
    body = _signed_body(LARGE).replace(LARGE[at], b"x" * SMALLEST_CHUNK)

    assert _error_of(_signed_decoder(3 * SMALLEST_CHUNK), body).code == "InvalidSignatureException"


def test_chunks_in_another_order_are_refused() -> None:
    whole = _signed_body(LARGE[:2])
    end = whole.index(LARGE[1])
    start = whole.index(b"\r\n", whole.index(LARGE[0])) + 2
    first, second = whole[:start], whole[start : end + SMALLEST_CHUNK + 2]

    error = _error_of(_signed_decoder(2 * SMALLEST_CHUNK), whole.replace(first + second, second + first))

    assert error.code == "InvalidSignatureException"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("{size}", "IncompleteBody"),
        ("{size};chunk-signature=", "IncompleteBody"),
        ("{size};chunk-signature={signature};extra=parameter", "IncompleteBody"),
        ("{size};extra=parameter;chunk-signature={signature}", "InvalidSignatureException"),
        ("{size};chunk-signature=invalid", "InvalidSignatureException"),
        ("{size};{signature}", "InvalidSignatureException"),
        ("-{size};chunk-signature={signature}", "IncompleteBody"),
    ],
)
def test_a_signed_chunk_begins_with_its_signature(header: str, code: str) -> None:
    assert _error_of(_signed_decoder(3), _signed_body([b"one"], header=header)).code == code


def test_a_wrong_chunk_signature_is_told_with_the_text_that_is_signed() -> None:
    error = _error_of(_signed_decoder(3), b"3;chunk-signature=" + b"0" * 64 + b"\r\none\r\n")

    assert error.spoken("rest-xml", {}) == ("SignatureDoesNotMatch", 403)
    assert error.members["SignatureProvided"] == "0" * 64
    assert error.members["StringToSign"].startswith(f"AWS4-HMAC-SHA256-PAYLOAD\n{STAMP}\n")


def test_only_the_last_signed_chunk_may_be_small() -> None:
    error = _error_of(_signed_decoder(9000), _signed_body([b"a" * 1024, b"b" * 4096]))

    assert (error.code, error.status) == ("InvalidChunkSizeError", 403)
    assert error.members == {"Chunk": 2, "BadChunkSize": 1024}


def test_a_trailer_that_was_changed_is_refused() -> None:
    body = _signed_body([b"one"], [("x-amz-checksum-crc32", "AAAAAA==")]).replace(b"AAAAAA==", b"BBBBBB==")

    error = _error_of(_signed_decoder(3, ["x-amz-checksum-crc32"]), body)

    assert error.code == "InvalidSignatureException"
    assert error.members["StringToSign"].startswith("AWS4-HMAC-SHA256-TRAILER\n")


@pytest.mark.parametrize(
    "body",
    [
        _signed_body([b"one"])[:-2] + b"x-amz-checksum-crc32:AAAAAA==\r\n",
        _signed_body([b"one"])[:-2] + b"x-amz-checksum-crc32:AAAAAA==\r\n\r\n",
        _signed_body([b"one"], [("x-amz-checksum-crc32", "AAAAAA==")])[:-2],
        _signed_body([b"one"], [("x-amz-checksum-crc32", "AAAAAA==")])[:-2] + b"more\r\n\r\n",
    ],
    ids=["no signature", "no signature, but an end", "no end", "more behind it"],
)
def test_a_signed_trailer_ends_with_its_signature_and_an_empty_line(body: bytes) -> None:
    assert _error_of(_signed_decoder(3, ["x-amz-checksum-crc32"]), body).code == "IncompleteBody"


def test_a_signed_trailer_without_headers_is_signed_all_the_same() -> None:
    body = _signed_body([b"one"], [])

    assert _decode(_signed_decoder(3, []), [body]) == (b"one", {})
    assert _error_of(_signed_decoder(3, []), _signed_body([b"one"])).code == "IncompleteBody"


WHOLE = b"3\r\none\r\n0\r\n\r\n"


@pytest.mark.parametrize("keep", set(range(len(WHOLE))) - {len(WHOLE) - 2})
def test_a_body_that_ends_early_ended_unexpectedly(keep: int) -> None:
    error = _error_of(Decoder(3), WHOLE[:keep])

    assert (error.code, error.message) == ("IncompleteBody", "The request body terminated unexpectedly")
    assert error.members.keys() == {"Detail"}


@pytest.mark.parametrize(
    "body",
    [WHOLE[:-2], WHOLE + b"\r\n", WHOLE + b"more", WHOLE + b"1\r\nx\r\n", WHOLE + b"\xff" * 5000],
    ids=["without the last line", "an empty line", "text", "a chunk", "a long line"],
)
def test_what_follows_the_end_is_not_looked_at(body: bytes) -> None:
    assert _decode(Decoder(3), [body]) == (b"one", {})


@pytest.mark.parametrize(
    "body",
    [
        b"x\r\n",
        b"-3\r\none\r\n",
        b"0x3\r\none\r\n",
        b"3\r\nonetwo\r\n0\r\n\r\n",
        b"3\none\n0\n\n",
        b"3\rone\r0\r\r",
        b"f" * 20,
        b"3" * 5000,
    ],
)
def test_a_body_of_another_form_ended_unexpectedly(body: bytes) -> None:
    error = _error_of(Decoder(3), body)

    assert (error.code, error.message) == ("IncompleteBody", "The request body terminated unexpectedly")


@pytest.mark.parametrize(
    ("body", "provided"),
    [(b"4\r\nfour\r\n0\r\n\r\n", 4), (b"3\r\none\r\n1\r\nx\r\n0\r\n\r\n", 4), (b"fff\r\n", 4095)],
)
def test_more_than_was_said_is_refused_with_both_numbers(body: bytes, provided: int) -> None:
    error = _error_of(Decoder(3), body)

    assert error.code == "IncompleteBody"
    assert error.members == {"NumberBytesExpected": 3, "NumberBytesProvided": provided}


CRC32 = b"x-amz-checksum-crc32:%s\r\n"


@pytest.mark.parametrize(
    "trailer",
    [
        b"",
        b"\r\n" + CRC32 % b"AAAAAA==",
        b"x-amz-checksum-crc32c:AAAAAA==\r\n",
        CRC32 % b"AAAAAA==" + b"x-amz-meta-a:b\r\n",
        b"no colon\r\n",
        b"x-amz-trailer-signature:" + b"0" * 64 + b"\r\n",
        b"a:b\r\n" * 20,
        CRC32 % b"AAAAAA==" * 20,
    ],
)
def test_a_trailer_must_be_what_was_announced(trailer: bytes) -> None:
    error = _error_of(Decoder(3, ["x-amz-checksum-crc32"]), b"3\r\none\r\n0\r\n" + trailer + b"\r\n")

    assert error.code == "MalformedTrailerError"


@pytest.mark.parametrize("end", [b"\n", b"\r", b""])
def test_a_trailer_that_is_cut_off_ended_unexpectedly(end: bytes) -> None:
    body = b"3\r\none\r\n0\r\nx-amz-checksum-crc32:AAAAAA==" + end

    assert _error_of(Decoder(3, ["x-amz-checksum-crc32"]), body).code == "IncompleteBody"


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\r\nbonus: trailer\r\n"])
def test_of_a_trailer_that_is_repeated_the_last_one_counts(end: bytes) -> None:
    body = b"3\r\none\r\n0\r\n" + CRC32 % b"AAAAAA==" + CRC32 % b"BBBBBB==" + end

    assert _decode(Decoder(3, ["x-amz-checksum-crc32"]), [body])[1] == {"x-amz-checksum-crc32": "BBBBBB=="}


def _upload(kind: str, **headers: str) -> tuple[Request, Claim]:
    request = signed(header_signer("s3"), "PUT", "/bucket/key")
    fields = [pair for pair in request.headers if pair[0] != "x-amz-content-sha256"]
    fields += [
        ("x-amz-content-sha256", kind),
        *((name.replace("_", "-"), value) for name, value in headers.items()),
    ]
    request = replace(request, headers=Headers(fields))
    return request, identify(request)


@pytest.mark.parametrize(
    "kind",
    [
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    ],
)
def test_the_kind_of_chunks_is_read_from_the_request(kind: str) -> None:
    assert decoder(*_upload(kind, x_amz_decoded_content_length="3"), SECRET) is not None


@pytest.mark.parametrize("kind", ["UNSIGNED-PAYLOAD", hashlib.sha256(b"").hexdigest()])
def test_a_body_that_is_not_in_chunks_needs_no_decoder(kind: str) -> None:
    assert decoder(*_upload(kind), SECRET) is None


@pytest.mark.parametrize("kind", ["query", "header-v2", "query-v2"])
def test_only_a_signature_of_version_4_in_a_header_can_send_chunks(kind: str) -> None:
    request, claim = _upload("STREAMING-UNSIGNED-PAYLOAD-TRAILER", x_amz_decoded_content_length="3")

    assert decoder(request, replace(claim, kind=kind), SECRET) is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("aws-chunked", ""),
        ("gzip,aws-chunked", "gzip"),
        ("aws-chunked, br", "br"),
        ("gzip", "gzip"),
        ("deflate, aws-chunked, gzip", "deflate, gzip"),
        ("deflate, gzip", "deflate, gzip"),
        ("deflate, gzip, aws-chunked", "deflate, gzip"),
        ("aws-chunked, gzip,aws-chunked", "gzip"),
    ],
)
def test_the_objects_own_encoding_is_kept(sent: str, kept: str) -> None:
    assert content_encoding(Request("PUT", "/b/k", headers=Headers([("content-encoding", sent)]))) == kept
