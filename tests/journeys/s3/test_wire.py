"""Requests made by hand, however they are signed: what S3 says of headers and bodies that do not agree.

Codes, messages and their order are what AWS was seen to answer.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import time
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.running import Server


class _V2Query(auth.HmacV1Auth):
    """A link of version 2 that needs headers; botocore's own signer moves them into the query string."""

    def _get_date(self) -> str:
        self._expires = str(int(time.time()) + 60)
        return self._expires

    def _inject_signature(self, request: AWSRequest, signature: str) -> None:
        del request.headers["Date"]
        signed = {
            "AWSAccessKeyId": self.credentials.access_key,
            "Expires": self._expires,
            "Signature": signature,
        }
        request.url += ("&" if "?" in request.url else "?") + urlencode(signed)


BODY = b"the body of an object"
SIGNERS = {
    "header": lambda keys: auth.SigV4Auth(keys, "s3", "us-east-1"),
    "query": lambda keys: auth.S3SigV4QueryAuth(keys, "s3", "us-east-1", expires=60),
    "header-v2": auth.HmacV1Auth,
    "query-v2": _V2Query,
}
UNSIGNED = {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
CHUNKS = {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}
DECODED = "x-amz-decoded-content-length"

by_any_signature = pytest.mark.parametrize("kind", SIGNERS)
by_another_signature = pytest.mark.parametrize("kind", [kind for kind in SIGNERS if kind != "header"])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, str | None]:
        return {element.tag: element.text for element in ET.fromstring(self.body)}


Send = Callable[..., Answer]


@pytest.fixture
def server(sqlite_server: Server) -> Server:
    """The database has no part in this."""
    return sqlite_server


@pytest.fixture
def send(server: Server) -> Send:
    """Sends one request with just these headers, a signature and HTTP's own; `path` says which object."""
    keys = Credentials(server.credentials["access_key_id"], server.credentials["secret_access_key"])

    def signed_and_sent(
        kind: str, method: str, path: str, headers: dict[str, str], body: bytes = b"", **how: Any
    ) -> Answer:
        request = AWSRequest(method, server.url + path, dict(headers))
        SIGNERS[kind](keys).add_auth(request)
        address = urlsplit(request.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        try:
            _put(
                connection,
                method,
                f"{address.path}?{address.query}",
                dict(request.headers.items()),
                body,
                **how,
            )
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    return signed_and_sent


def _put(
    connection: http.client.HTTPConnection,
    method: str,
    target: str,
    headers: dict[str, str],
    body: bytes,
    length: int | None = -1,
) -> None:
    """`length` is the Content-Length to claim: the body's, unless told; None for none."""
    connection.putrequest(method, target.removesuffix("?"), skip_host="host" in {n.lower() for n in headers})
    for name, value in headers.items():
        connection.putheader(name, value)
    if length is not None:
        connection.putheader("Content-Length", str(len(body) if length < 0 else length))
    connection.endheaders(body)


def md5(body: bytes) -> str:
    return base64.b64encode(hashlib.md5(body).digest()).decode()


def crc32(body: bytes) -> str:
    return base64.b64encode(zlib.crc32(body).to_bytes(4)).decode()


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in [*chunks, b""])


NOT_THE_BODY = {
    "MD5 of another": (
        {"content-md5": md5(b"another")},
        "BadDigest",
        "The Content-MD5 you specified did not match what we received.",
    ),
    "no MD5": ({"content-md5": "invalid"}, "InvalidDigest", "The Content-MD5 you specified was invalid."),
    "checksum of another": (
        {"x-amz-checksum-crc32": crc32(b"another")},
        "BadDigest",
        "The CRC32 you specified did not match the calculated checksum.",
    ),
    "a checksum with bits that none has": (
        {"x-amz-checksum-crc32": "AAAAAB=="},
        "InvalidRequest",
        "Value for x-amz-checksum-crc32 header is invalid.",
    ),
    "a checksum nobody knows": (
        {"x-amz-checksum-bad": crc32(BODY)},
        "InvalidRequest",
        "The algorithm type you specified in x-amz-checksum- header is invalid.",
    ),
    "two checksums": (
        {"x-amz-checksum-crc32": crc32(BODY), "x-amz-checksum-crc32c": "AAAAAA=="},
        "InvalidRequest",
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    ),
    "two checksums to follow": (
        {
            "x-amz-trailer": "x-amz-checksum-crc32, x-amz-checksum-crc32",
            "x-amz-sdk-checksum-algorithm": "SHA256",
        },
        "InvalidRequest",
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    ),
    "a checksum here and one to follow": (
        {"x-amz-checksum-crc32": crc32(BODY), "x-amz-trailer": "x-amz-checksum-crc32"},
        "InvalidRequest",
        "Expecting a single x-amz-checksum- header",
    ),
    "a checksum to follow a body that is in no chunks": (
        {"x-amz-trailer": "x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm": "crc32"},
        "MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.",
    ),
    "another algorithm than the client announces": (
        {"x-amz-sdk-checksum-algorithm": "CRC32C", "x-amz-checksum-crc32": crc32(BODY)},
        "InvalidRequest",
        "Value for x-amz-sdk-checksum-algorithm header is invalid.",
    ),
    "none where the client announces one": (
        {"x-amz-sdk-checksum-algorithm": "CRC32"},
        "InvalidRequest",
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    ),
}


@by_any_signature
@pytest.mark.parametrize("name", NOT_THE_BODY)
def test_headers_that_do_not_agree_with_the_body_are_refused(
    send: Send, bucket, kind: str, name: str
) -> None:
    headers, code, message = NOT_THE_BODY[name]

    answer = send(kind, "PUT", f"/{bucket}/key", UNSIGNED | headers, BODY)

    assert (answer.status, answer.error["Code"], answer.error["Message"]) == (400, code, message)
    assert send("header", "HEAD", f"/{bucket}/key", UNSIGNED).status == 404


@by_any_signature
def test_the_md5_of_an_object_is_told_in_hex_and_that_of_a_document_in_base64(
    send: Send, bucket, kind: str
) -> None:
    said = UNSIGNED | {"content-md5": md5(b"another")}

    of_object = send(kind, "PUT", f"/{bucket}/key", said, BODY).error
    of_document = send(kind, "POST", f"/{bucket}?delete", said, BODY).error

    assert of_object["ExpectedDigest"] == hashlib.md5(b"another").hexdigest()
    assert of_document["ExpectedDigest"] == md5(b"another")
    assert of_object["CalculatedDigest"] == of_document["CalculatedDigest"] == md5(BODY)


@by_any_signature
@pytest.mark.parametrize("hashed", [str, str.upper])
def test_a_hash_is_right_in_either_case(send: Send, bucket, kind: str, hashed: Callable[[str], str]) -> None:
    said = {"x-amz-content-sha256": hashed(hashlib.sha256(BODY).hexdigest())}

    assert send(kind, "PUT", f"/{bucket}/key", said, BODY).status == 200


@by_any_signature
def test_a_wrong_hash_comes_before_a_wrong_md5_and_after_one_that_is_none(
    send: Send, bucket, kind: str
) -> None:
    wrong = {"x-amz-content-sha256": hashlib.sha256(b"another").hexdigest()}

    differs = send(kind, "PUT", f"/{bucket}/key", wrong | {"content-md5": md5(b"another")}, BODY).error
    is_none = send(kind, "PUT", f"/{bucket}/key", wrong | {"content-md5": "invalid"}, BODY).error

    assert differs["Code"] == "XAmzContentSHA256Mismatch"
    assert differs["ClientComputedContentSHA256"] == wrong["x-amz-content-sha256"]
    assert is_none["Code"] == "InvalidDigest"


@pytest.mark.parametrize(("named", "code"), [("invalid", "InvalidArgument"), (None, "InvalidRequest")])
@pytest.mark.parametrize("path", ["/", "/{bucket}", "/{bucket}/key"])
def test_a_header_that_is_signed_with_version_4_says_what_the_body_is(
    send, bucket, path, named, code
) -> None:
    said = {"x-amz-content-sha256": named} if named else {}

    answer = send("header", "GET", path.format(bucket=bucket), said)

    assert (answer.status, answer.error["Code"]) == (400, code)


@by_any_signature
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_said_of_a_body_that_is_none_does_not_matter(
    send: Send, bucket, kind: str, method: str
) -> None:
    said = {"x-amz-content-sha256": hashlib.sha256(BODY).hexdigest(), "content-md5": md5(BODY)}

    assert send(kind, method, f"/{bucket}", said).status == 200


DELETE = b"<Delete><Object><Key>key</Key></Object></Delete>"


@by_any_signature
@pytest.mark.parametrize("said", [{}, {"content-md5": md5(b"")}, {"x-amz-checksum-crc32": crc32(b"")}])
@pytest.mark.parametrize("operation", ["delete", "cors"])
def test_a_document_that_must_be_checked_is(send: Send, bucket, kind: str, operation: str, said) -> None:
    method = "POST" if operation == "delete" else "PUT"
    answer = send(kind, method, f"/{bucket}?{operation}", UNSIGNED | said, DELETE)

    assert answer.status == 400
    assert answer.error["Code"] == ("BadDigest" if said else "InvalidRequest")
    assert said or answer.error["Message"] == (
        "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
    )


@by_any_signature
@pytest.mark.parametrize("said", [{"content-md5": md5(DELETE)}, {"x-amz-checksum-crc32": crc32(DELETE)}])
def test_a_document_may_be_checked_in_either_way(send: Send, bucket, kind: str, said: dict[str, str]) -> None:
    assert send(kind, "POST", f"/{bucket}?delete", UNSIGNED | said, DELETE).status == 200


def test_the_checksum_of_a_completion_is_not_that_of_its_document(send: Send, s3, bucket) -> None:
    """It is the object's, where there is one; the document itself may have an MD5."""
    where = {"Bucket": bucket, "Key": "key"}
    upload = s3.create_multipart_upload(**where)["UploadId"]
    part = s3.upload_part(**where, UploadId=upload, PartNumber=1, Body=BODY)
    named = f"<Part><PartNumber>1</PartNumber><ETag>{part['ETag']}</ETag></Part>"
    document = f"<CompleteMultipartUpload>{named}</CompleteMultipartUpload>".encode()
    path, said = f"/{bucket}/key?uploadId={upload}", UNSIGNED | {"x-amz-checksum-crc32": crc32(b"another")}

    refused = send("header", "POST", path, said | {"content-md5": md5(b"another")}, document)

    assert refused.error["Code"] == "BadDigest"
    assert send("header", "POST", path, said | {"content-md5": md5(document)}, document).status == 200


@by_any_signature
def test_an_object_has_a_length(send: Send, bucket, kind: str) -> None:
    """The body that comes all the same is no request of its own."""
    answer = send(kind, "PUT", f"/{bucket}/key", UNSIGNED, BODY, length=None)

    assert (answer.status, answer.error["Code"]) == (411, "MissingContentLength")


@by_any_signature
def test_what_follows_the_length_is_not_the_objects(send: Send, s3, bucket, kind: str) -> None:
    said = UNSIGNED | {"x-amz-checksum-crc32": crc32(BODY[:8])}

    assert send(kind, "PUT", f"/{bucket}/key", said, BODY, length=8).status == 200
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == BODY[:8]


@by_any_signature
@pytest.mark.parametrize("length", [{}, {DECODED: "none"}])
def test_an_object_in_chunks_has_a_length_of_its_own(
    send: Send, bucket, kind: str, length: dict[str, str]
) -> None:
    answer = send(kind, "PUT", f"/{bucket}/key", CHUNKS | length, chunked(BODY))

    assert (answer.status, answer.error["Code"]) == (411, "MissingContentLength")


def test_chunks_are_read_whatever_the_encoding_says(send: Send, s3, bucket) -> None:
    said = CHUNKS | {DECODED: str(len(BODY)), "content-encoding": "foo, aws-chunked, bar"}

    assert send("header", "PUT", f"/{bucket}/key", said, chunked(BODY)).status == 200
    read = s3.get_object(Bucket=bucket, Key="key")
    assert (read["Body"].read(), read["ContentEncoding"]) == (BODY, "foo, bar")


@by_another_signature
def test_other_signatures_cannot_send_chunks(send: Send, bucket, kind: str) -> None:
    """What they call a stream is taken for a hash, and the length of the object for that of the body."""
    body = chunked(BODY)
    short = send(kind, "PUT", f"/{bucket}/key", CHUNKS | {DECODED: str(len(BODY))}, body).error
    whole = send(kind, "PUT", f"/{bucket}/key", CHUNKS | {DECODED: str(len(body))}, body).error

    assert (short["Code"], short["NumberBytesExpected"], short["NumberBytesProvided"]) == (
        "IncompleteBody",
        str(len(BODY)),
        str(len(body)),
    )
    assert (whole["Code"], whole["ClientComputedContentSHA256"]) == (
        "XAmzContentSHA256Mismatch",
        CHUNKS["x-amz-content-sha256"],
    )


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        (BODY, None),
        (chunked(BODY)[:-5], None),
        (chunked(BODY[:4]), "4"),
        (chunked(BODY, b"more"), str(len(BODY) + 4)),
    ],
    ids=["no chunks", "cut short", "fewer bytes", "more bytes"],
)
def test_chunks_that_are_not_what_was_said_are_refused(
    send: Send, bucket, body: bytes, numbers: str | None
) -> None:
    answer = send("header", "PUT", f"/{bucket}/key", CHUNKS | {DECODED: str(len(BODY))}, body)

    assert (answer.status, answer.error["Code"]) == (400, "IncompleteBody")
    assert answer.error.get("NumberBytesProvided") == numbers
    assert send("header", "HEAD", f"/{bucket}/key", UNSIGNED).status == 404


def test_a_part_with_two_checksums_is_refused_for_that(send: Send, s3, bucket) -> None:
    upload = s3.create_multipart_upload(Bucket=bucket, Key="key", ChecksumAlgorithm="CRC32C")["UploadId"]
    said = UNSIGNED | {"x-amz-checksum-crc32": crc32(BODY), "x-amz-checksum-crc32c": "AAAAAA=="}

    answer = send("header", "PUT", f"/{bucket}/key?partNumber=1&uploadId={upload}", said, BODY)

    assert answer.error["Message"].startswith("Expecting a single x-amz-checksum- header. Multiple")


def test_a_client_that_signs_with_version_2_stores_reads_lists_and_deletes(server: Server, bucket) -> None:
    s3 = server.client("s3", signature_version="s3")

    s3.put_object(Bucket=bucket, Key="a b", Body=BODY, Metadata={"of": "mine"})
    upload = s3.create_multipart_upload(Bucket=bucket, Key="large")
    s3.abort_multipart_upload(Bucket=bucket, Key="large", UploadId=upload["UploadId"])

    assert s3.get_object(Bucket=bucket, Key="a b")["Body"].read() == BODY
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a b"]
    assert s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a b"}]})["Deleted"] == [
        {"Key": "a b"}
    ]
