"""aws-chunked bodies: what botocore and AWS's examples send is read, whatever way it is cut; anything else is refused."""

from __future__ import annotations

import base64
import hashlib
import io
import zlib
from dataclasses import replace

import pytest
from botocore.httpchecksum import AwsChunkedWrapper, Crc32Checksum
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire.checksums import Integrity
from secondlook.wire.chunked import ChunkSigner, Decoder, content_encoding, decoder
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.sigv4 import Claim, identify
from tests.wire.signing import KEY, NOW, REGION, SECRET, header_signer, signed
from tests.wire.wire_server import WireServer, client

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


def _decode(found: Decoder, pieces: list[bytes]) -> tuple[bytes, dict[str, str]]:
    data = b"".join(found.feed(piece) for piece in pieces)
    return data, found.finish()


def _signed_body(
    chunks: list[bytes], trailers: list[tuple[str, str]] | None = None, line: str = "\r\n"
) -> bytes:
    """What a client with our key sends."""
    signer, body = ChunkSigner(CLAIM, SECRET), b""
    for chunk in [*chunks, b""]:
        signature = signer.chunk(hashlib.sha256(chunk).hexdigest())
        body += f"{len(chunk):x};chunk-signature={signature}\r\n".encode()
        body += chunk + b"\r\n" if chunk else b""
    if trailers is not None:
        body += "".join(f"{name}:{value}{line}" for name, value in trailers).encode()
        body += f"x-amz-trailer-signature:{signer.trailer(trailers)}\r\n".encode()
    return body + b"\r\n"


def _signed_decoder(length: int, trailers: list[str] | None = None) -> Decoder:
    return Decoder(length, trailers or (), ChunkSigner(CLAIM, SECRET))


def test_a_whole_upload_of_a_stream_as_boto3_makes_it() -> None:
    server = WireServer()
    server.call(
        client("s3", url="https://localhost:8701"),
        "PutObject",
        {"Bucket": "bucket", "Key": "key", "Body": io.BytesIO(b"body" * 1000), "ChecksumAlgorithm": "SHA256"},
    )
    request = server.request
    found = decoder(request, identify(request), SECRET)
    integrity = Integrity({}, ["SHA256"])

    data = found.feed(request.body)
    integrity.update(data)

    assert request.headers.get("x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    assert data == b"body" * 1000
    assert integrity.check(found.finish()).keys() == {"SHA256"}


cuts = st.lists(st.integers(1, 40), min_size=1, max_size=5)


@given(data=st.binary(max_size=300), size=st.integers(1, 64), sizes=cuts)
def test_what_botocore_sends_is_read_however_it_is_cut(data: bytes, size: int, sizes: list[int]) -> None:
    wrapper = AwsChunkedWrapper(io.BytesIO(data), Crc32Checksum, "x-amz-checksum-crc32", chunk_size=size)
    expected = base64.b64encode(zlib.crc32(data).to_bytes(4)).decode()

    found = _decode(Decoder(len(data), ["x-amz-checksum-crc32"]), _pieces(wrapper.read(), sizes))

    assert found == (data, {"x-amz-checksum-crc32": expected})


@given(chunks=st.lists(st.binary(min_size=1, max_size=50), max_size=4), sizes=cuts)
def test_signed_chunks_are_read_however_they_are_cut(chunks: list[bytes], sizes: list[int]) -> None:
    data = b"".join(chunks)

    assert _decode(_signed_decoder(len(data)), _pieces(_signed_body(chunks), sizes)) == (data, {})


@pytest.mark.parametrize("line", ["\r\n", "\n\r\n"])
def test_a_signed_trailer_is_read_in_both_of_its_spellings(line: str) -> None:
    body = _signed_body([b"one"], [("x-amz-checksum-crc32", "AAAAAA==")], line)

    found = _decode(_signed_decoder(3, ["x-amz-checksum-crc32"]), [body])

    assert found == (b"one", {"x-amz-checksum-crc32": "AAAAAA=="})


def test_the_signatures_of_aws_example_are_right() -> None:
    chunks = (b"a" * 65536, b"a" * 1024, b"")
    body = b"".join(
        f"{len(chunk):x};chunk-signature={signature}\r\n".encode() + chunk + b"\r\n"
        for chunk, signature in zip(chunks, EXAMPLE_SIGNATURES, strict=True)
    )

    found = _decode(Decoder(66560, (), ChunkSigner(EXAMPLE_CLAIM, EXAMPLE_SECRET)), [body])

    assert found == (b"a" * 66560, {})


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_chunk_that_was_changed_is_refused(at: int) -> None:
    body = _signed_body([b"one", b"two", b"six"]).replace((b"one", b"two", b"six")[at], b"bad")

    with pytest.raises(AwsError, match="InvalidSignature"):
        _decode(_signed_decoder(9), [body])


def test_chunks_in_another_order_are_refused() -> None:
    whole = _signed_body([b"one", b"two"])
    one, two = whole[: whole.index(b"one") + 5], whole[whole.index(b"one") + 5 : whole.index(b"two") + 5]

    with pytest.raises(AwsError, match="InvalidSignature"):
        _decode(_signed_decoder(6), [whole.replace(one + two, two + one)])


def test_a_trailer_that_was_changed_is_refused() -> None:
    body = _signed_body([b"one"], [("x-amz-checksum-crc32", "AAAAAA==")]).replace(b"AAAAAA==", b"BBBBBB==")

    with pytest.raises(AwsError, match="InvalidSignature"):
        _decode(_signed_decoder(3, ["x-amz-checksum-crc32"]), [body])


def test_a_signed_trailer_without_its_signature_is_incomplete() -> None:
    body = _signed_body([b"one"])[:-2] + b"x-amz-checksum-crc32:AAAAAA==\r\n\r\n"

    with pytest.raises(AwsError, match="IncompleteBody"):
        _decode(_signed_decoder(3, ["x-amz-checksum-crc32"]), [body])


@pytest.mark.parametrize("keep", range(len(b"3\r\none\r\n0\r\n\r\n")))
def test_a_body_that_ends_early_is_incomplete(keep: int) -> None:
    with pytest.raises(AwsError, match="IncompleteBody"):
        _decode(Decoder(3), [b"3\r\none\r\n0\r\n\r\n"[:keep]])


@pytest.mark.parametrize(
    "body",
    [
        b"x\r\n",
        b"-3\r\none\r\n",
        b"3 \r\none\r\n",
        b"0x3\r\none\r\n",
        b"3\r\nonetwo\r\n0\r\n\r\n",
        b"4\r\nfour\r\n0\r\n\r\n",
        b"3\r\none\r\n1\r\nx\r\n0\r\n\r\n",
        b"ffffffffffff\r\none\r\n",
        b"f" * 20,
        b"3\r\none\r\n0\r\n\r\nmore\r\n",
        b"3" * 5000,
    ],
)
def test_a_malformed_body_is_refused(body: bytes) -> None:
    with pytest.raises(AwsError, match=r"aws-chunked body is malformed|IncompleteBody"):
        _decode(Decoder(3), [body])


def test_signed_chunks_must_be_signed() -> None:
    with pytest.raises(AwsError, match="chunk-signature"):
        _signed_decoder(3).feed(b"3\r\none\r\n")


@pytest.mark.parametrize(
    "trailer",
    [
        b"",
        b"x-amz-checksum-crc32c:AAAAAA==\r\n",
        b"x-amz-checksum-crc32:AAAAAA==\r\nx-amz-meta-a:b\r\n",
        b"x-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum-crc32:BBBBBB==\r\n",
        b"no colon\r\n",
        b"x-amz-trailer-signature:" + b"0" * 64 + b"\r\n",
        b"a:b\r\n" * 20,
    ],
)
def test_a_trailer_must_be_what_was_announced(trailer: bytes) -> None:
    with pytest.raises(AwsError, match="MalformedTrailerError"):
        _decode(Decoder(3, ["x-amz-checksum-crc32"]), [b"3\r\none\r\n0\r\n" + trailer + b"\r\n"])


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


def test_a_kind_that_is_not_served_is_named() -> None:
    with pytest.raises(AwsError, match="STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD is not served"):
        decoder(*_upload("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"), SECRET)


@pytest.mark.parametrize("length", ["", "-1", "x", "1e3", "٣"])
def test_the_objects_size_is_needed(length: str) -> None:
    with pytest.raises(AwsError, match="MissingContentLength"):
        decoder(*_upload("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", x_amz_decoded_content_length=length), SECRET)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("aws-chunked", ""), ("gzip,aws-chunked", "gzip"), ("aws-chunked, br", "br"), ("gzip", "gzip")],
)
def test_the_objects_own_encoding_is_kept(sent: str, kept: str) -> None:
    assert content_encoding(Request("PUT", "/b/k", headers=Headers([("content-encoding", sent)]))) == kept
