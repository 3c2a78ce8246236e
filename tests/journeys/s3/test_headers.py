"""Headers that are missing, empty or nonsense: S3's statuses and codes, with either signature."""

from __future__ import annotations

import hmac
import socket
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from botocore.exceptions import ClientError

from tests.journeys.signed import unsigned


@pytest.fixture(params=("s3", "s3v4"))
def signer(sqlite_server, request):
    """SigV2 and SigV4, in headers."""
    return sqlite_server.client("s3", signature_version=request.param)


@pytest.fixture
def bucket(sqlite_server, name):
    sqlite_server.client("s3").create_bucket(Bucket=name)
    return name


def put(signer, bucket, key="key", **headers):
    """PutObject with headers of our own before it is signed; the status, and the code where it is refused."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    register = signer.meta.events.register
    register(
        "before-call.s3.PutObject", lambda params, **_: params["headers"].update(fields), unique_id="ours"
    )
    try:
        answer = signer.put_object(Bucket=bucket, Key=key, Body=b"bar")
        return answer["ResponseMetadata"]["HTTPStatusCode"], ""
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
    finally:
        signer.meta.events.unregister("before-call.s3.PutObject", unique_id="ours")


def days_ago(days: int) -> str:
    return format_datetime(datetime.now(UTC) - timedelta(days=days), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({"Content_MD5": "YWJyYWNhZGFicmE="}, (400, "InvalidDigest")),
        ({"Content_MD5": "AWS HAHAHA"}, (400, "InvalidDigest")),
        ({"Content_MD5": ""}, (400, "InvalidDigest")),
        ({"Content_MD5": "rL0Y20xC+Fzt72VPzMSk2A=="}, (400, "BadDigest")),
        ({"Expect": "200"}, (200, "")),
        ({"Expect": ""}, (200, "")),
        ({"User_Agent": ""}, (200, "")),
        ({"Content_Type": ""}, (200, "")),
        ({"Content_Type": "nonsense"}, (200, "")),
    ],
)
def test_a_header_is_judged_as_s3_judges_it(signer, bucket, headers, answer):
    assert put(signer, bucket, **headers) == answer


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("Bad Date", (403, "AccessDenied")),
        ("", (403, "AccessDenied")),
        ("Fri, 07 Jul 1950 21:53:04 GMT", (403, "AccessDenied")),
        ("Wed, 07 Jul 2010 21:53:04 GMT", (403, "RequestTimeTooSkewed")),
        ("Wed, 07 Jul 9999 21:53:04 GMT", (403, "RequestTimeTooSkewed")),
    ],
)
def test_a_date_of_sigv2_is_near_the_present(sqlite_server, bucket, date, answer):
    assert put(sqlite_server.client("s3", signature_version="s3"), bucket, x_amz_date=date) == answer


def test_of_two_dates_sigv2_signs_amazons(sqlite_server, bucket):
    credentials = sqlite_server.credentials
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    signed = f"GET\n\n\n\nx-amz-date:{stamp}\n/{bucket}?location"
    signature = b64encode(
        hmac.digest(credentials["secret_access_key"].encode(), signed.encode(), "sha1")
    ).decode()
    headers = {
        "X-Amz-Date": stamp,
        "Date": days_ago(400),
        "Authorization": f"AWS {credentials['access_key_id']}:{signature}",
    }

    assert unsigned(sqlite_server, "GET", f"/{bucket}?location", headers).status == 200


def test_sigv4_takes_the_date_of_http_where_there_is_none_of_aws(sqlite_server, bucket):
    """botocore signs Date, and leaves X-Amz-Date out, where a program has set it."""
    assert put(sqlite_server.client("s3", signature_version="s3v4"), bucket, Date="now") == (200, "")


@pytest.mark.parametrize(
    ("authorization", "status", "code"),
    [
        ("", 403, "AccessDenied"),
        ("AWS HAHAHA", 400, "InvalidArgument"),
        ("AWS4 HAHAHA", 400, "InvalidArgument"),
        ("Bearer token", 400, "InvalidArgument"),
        ("AWS4-HMAC-SHA256 Credential=HAHAHA", 400, "AuthorizationHeaderMalformed"),
        ("AWS AKIAIGR7ZNNBHC5BKSUB:FWeDfwojDSdS2Ztmpfeubhd9isU=", 403, "InvalidAccessKeyId"),
        (
            "AWS4-HMAC-SHA256 Credential=AKIAIGR7/20150930/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=FWeDfw=",
            403,
            "InvalidAccessKeyId",
        ),
    ],
)
@pytest.mark.parametrize("path", ["", "/key"])
def test_an_authorization_that_proves_nothing(sqlite_server, bucket, path, authorization, status, code):
    answer = unsigned(
        sqlite_server,
        "PUT",
        f"/{bucket}{path}",
        {"Authorization": authorization, "X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"},
        b"bar",
    )

    assert (answer.status, f"<Code>{code}</Code>".encode() in answer.body) == (status, True), answer.body


def test_a_signature_of_sigv2_is_checked(sqlite_server, bucket):
    key_id = sqlite_server.credentials["access_key_id"]
    headers = {"Authorization": f"AWS {key_id}:FWeDfwojDSdS2Ztmpfeubhd9isU=", "Date": days_ago(0)}

    answer = unsigned(sqlite_server, "GET", f"/{bucket}", headers)

    assert (answer.status, b"<Code>SignatureDoesNotMatch</Code>" in answer.body) == (403, True)


def test_sigv2_holds_for_a_bucket_itself_in_path_style(sqlite_server, name):
    signer = sqlite_server.client("s3", signature_version="s3")
    signer.create_bucket(Bucket=name)
    signer.put_object(Bucket=name, Key="key", Body=b"bar")

    assert signer.list_objects_v2(Bucket=name, Prefix="k")["KeyCount"] == 1
    link = signer.generate_presigned_url("list_objects", Params={"Bucket": name})
    assert b"<Key>key</Key>" in unsigned(sqlite_server, "GET", link.removeprefix(sqlite_server.url), {}).body
    signer.delete_object(Bucket=name, Key="key")
    signer.delete_bucket(Bucket=name)


def test_sigv2_leads_to_no_other_service(sqlite_server):
    key_id = sqlite_server.credentials["access_key_id"]
    headers = {
        "Authorization": f"AWS {key_id}:FWeDfwojDSdS2Ztmpfeubhd9isU=",
        "X-Amz-Target": "SageMaker.ListModels",
    }

    assert unsigned(sqlite_server, "POST", "/", headers).code == "UnknownOperationException"


@pytest.mark.parametrize("length", ["", "-1"])
def test_a_length_that_is_none_is_a_bad_request(sqlite_server, bucket, length):
    with socket.create_connection(("127.0.0.1", sqlite_server.port), 30) as connection:
        connection.sendall(
            f"PUT /{bucket}/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()
        )

        assert connection.recv(64).startswith(b"HTTP/1.1 400 ")


def test_a_body_without_a_length_is_asked_for_it(sqlite_server, bucket, signed_lines):
    status, body = signed_lines("PUT", f"/{bucket}/key")

    assert (status, b"<Code>MissingContentLength</Code>" in body) == (411, True)


def test_what_has_no_body_needs_no_length(sqlite_server, bucket, signed_lines):
    assert signed_lines("PUT", f"/{bucket}-other")[0] == 200


@pytest.fixture
def signed_lines(sqlite_server):
    """A signed request without any Content-Length, as no client would send it."""

    def ask(method, path):
        url = sqlite_server.client("s3", signature_version="s3v4").generate_presigned_url(
            "put_object" if path.count("/") > 1 else "create_bucket",
            Params={
                "Bucket": path.split("/")[1],
                **({"Key": path.split("/")[2]} if path.count("/") > 1 else {}),
            },
        )
        head = f"{method} {url.removeprefix(sqlite_server.url)} HTTP/1.1\r\nHost: 127.0.0.1:{sqlite_server.port}\r\nConnection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", sqlite_server.port), 30) as connection:
            connection.sendall(head.encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        return int(answer.split()[1]), answer

    return ask
