"""Headers that a link carries in its query: as boto3 writes them with SigV2, and the SDKs for JavaScript and Java with SigV4."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.running import Server

from .test_links import fetch

SAID = {
    "Metadata": {"label": "one"},
    "Tagging": "team=fraud",
    "ServerSideEncryption": "AES256",
    "ACL": "private",
}
HEADERS = {
    "x-amz-meta-label": "one",
    "x-amz-tagging": "team=fraud",
    "x-amz-server-side-encryption": "AES256",
    "x-amz-acl": "private",
}
NO_TYPE = {"Content-Type": ""}
"""urllib would send one."""


def put(url: str, body: bytes = b"x", **headers: str) -> tuple[int, bytes]:
    status, _, answer = fetch(url, "PUT", body, **{**NO_TYPE, **headers})
    return status, answer


def v2_link(server: Server, operation: str, **params: Any) -> str:
    """As boto3 makes it in us-east-1 unless told otherwise."""
    signer = server.client("s3", signature_version="s3")
    url: str = signer.generate_presigned_url(operation, Params={"Key": "one", **params})
    return url


def v4_link(server: Server, bucket: str, method: str = "PUT", **carried: str) -> str:
    """With these headers in the query, of which it signs none as a header."""
    credentials = server.credentials
    request = AWSRequest(method, f"{server.url}/{bucket}/one?{urlencode(carried)}")
    keys = Credentials(credentials["access_key_id"], credentials["secret_access_key"])
    S3SigV4QueryAuth(keys, "s3", credentials["region"], expires=60).add_auth(request)
    url: str = request.url
    return url


def stored(s3: Any, bucket: str) -> dict[str, Any]:
    head = s3.head_object(Bucket=bucket, Key="one")
    tags = s3.get_object_tagging(Bucket=bucket, Key="one")["TagSet"]
    return {"Metadata": head["Metadata"], "Tags": tags, "Encryption": head.get("ServerSideEncryption")}


ALL = {
    "Metadata": {"label": "one"},
    "Tags": [{"Key": "team", "Value": "fraud"}],
    "Encryption": "AES256",
}


@pytest.mark.parametrize("sent", [{}, HEADERS], ids=["in the link alone", "as headers too"])
def test_a_link_of_version_2_carries_what_its_signer_said(server, s3, bucket, sent) -> None:
    assert put(v2_link(server, "put_object", Bucket=bucket, **SAID), **sent)[0] == 200

    assert stored(s3, bucket) == ALL


def test_what_a_link_of_version_2_carries_cannot_be_changed(server, s3, bucket) -> None:
    url = v2_link(server, "put_object", Bucket=bucket, **SAID)

    for wrong in (
        f"{url}&x-amz-meta-more=x",
        f"{url}&x-amz-copy-source=/other/secret",
        url.replace("x-amz-meta-label=one", "x-amz-meta-label=two"),
        url.replace("&x-amz-acl=private", ""),
        f"{url}&x-id=CopyObject",
    ):
        assert put(wrong)[0] == 403
        assert put(wrong, **{"x-id": "CopyObject"})[0] == 403
    assert put(url, **{"x-amz-meta-label": "two"})[0] == 403
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_a_link_of_version_2_holds_its_type_and_its_digest(server, s3, bucket) -> None:
    digest = base64.b64encode(hashlib.md5(b"x").digest()).decode()
    said = {"ContentType": "image/png", "ContentMD5": digest}
    url = v2_link(server, "put_object", Bucket=bucket, **said)

    headers = {"Content-Type": "image/png", "Content-MD5": digest}
    assert put(url, **headers)[0] == 200
    assert s3.head_object(Bucket=bucket, Key="one")["ContentType"] == "image/png"
    assert put(url, **{**headers, "Content-Type": "text/html"})[0] == 403
    assert put(url)[0] == 403


def test_a_link_of_version_2_reads_with_the_key_that_it_carries(server, s3, bucket) -> None:
    by_key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32}
    s3.put_object(Bucket=bucket, Key="one", Body=b"secret", **by_key)

    status, _, body = fetch(v2_link(server, "get_object", Bucket=bucket, **by_key))

    assert (status, body) == (200, b"secret")


def test_a_link_of_version_4_carries_headers_in_its_query(server, s3, bucket) -> None:
    assert put(v4_link(server, bucket, **HEADERS))[0] == 200
    assert stored(s3, bucket) == ALL

    s3.put_object(Bucket=bucket, Key="source", Body=b"copied")
    assert put(v4_link(server, bucket, **{"X-Amz-Copy-Source": f"/{bucket}/source"}), b"")[0] == 200
    assert s3.get_object(Bucket=bucket, Key="one")["Body"].read() == b"copied"
    status, body = put(v4_link(server, bucket, **{"x-amz-acl": "public-read"}))
    assert (status, b"AccessControlListNotSupported" in body) == (400, True)


def test_nobody_changes_what_a_link_of_version_4_carries(server, s3, bucket) -> None:
    url = v4_link(server, bucket, **HEADERS)

    put(url, **{"x-amz-meta-label": "two"})
    assert stored(s3, bucket) == ALL
    assert put(url, **{"x-amz-meta-more": "x"})[0] == 403
    assert put(f"{url}&x-amz-meta-more=x")[0] == 403


def test_a_checksum_of_no_body_yet_in_a_link_is_left_alone(server, s3, bucket) -> None:
    empty = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-sdk-checksum-algorithm": "CRC32"}

    assert put(v4_link(server, bucket, **empty))[0] == 200


def test_a_parameter_that_no_header_could_be_is_told(server, bucket) -> None:
    status, body = put(v4_link(server, bucket, **{"x-amz-meta-label": "a\r\nx-evil: b"}))

    assert (status, b"x-amz-meta-label has a line break" in body) == (400, True)
