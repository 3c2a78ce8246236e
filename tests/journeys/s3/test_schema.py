"""Requests that lack what their operation reads, or say what it cannot understand: refused, whoever sends them."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from tests.journeys.signed import Answer, send
from tests.running import Server

ENCRYPTION = "ServerSideEncryptionConfiguration"


def put(server: Server, path: str, document: str) -> Answer:
    body = document.encode()
    digest = base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()
    method = "POST" if path.endswith("?delete") else "PUT"
    return send(server, method, path, {"Content-MD5": digest}, body, service="s3")


def refused(answer: Answer) -> tuple[int, str, str]:
    """Status, code and the end of the message."""
    code, message = re.findall(rb"<(?:Code|Message)>(.*?)</", answer.body)
    return answer.status, code.decode(), message.decode().rpartition(": ")[2]


@pytest.fixture
def bucket(sqlite_server: Server, name: str) -> str:
    s3 = sqlite_server.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    return name


@pytest.mark.parametrize(
    ("path", "document", "lacks"),
    [
        ("?delete", "<Delete/>", "each Delete has its Object."),
        ("?delete", "<Delete><Object/></Delete>", "each Object has its Key."),
        ("?delete", "<Delete><Object><Size>1</Size></Object></Delete>", "each Object has its Key."),
        ("?delete", "<Delete><Object><Key>k</Key></Object><Object/></Delete>", "each Object has its Key."),
        ("/k?tagging", "<Tagging/>", "each Tagging has its TagSet."),
        ("/k?tagging", "<Tagging><TagSet><Tag/></TagSet></Tagging>", "each Tag has its Key."),
        (
            "?tagging",
            "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
            "each Tag has its Value.",
        ),
        ("?cors", "<CORSConfiguration/>", "each CORSConfiguration has its CORSRule."),
        (
            "?ownershipControls",
            "<OwnershipControls><Rule/></OwnershipControls>",
            "each Rule has its ObjectOwnership.",
        ),
        (
            "?encryption",
            f"<{ENCRYPTION}><Rule><ApplyServerSideEncryptionByDefault/></Rule></{ENCRYPTION}>",
            "each ApplyServerSideEncryptionByDefault has its SSEAlgorithm.",
        ),
    ],
)
def test_an_element_that_must_be_there_is_named(
    sqlite_server: Server, bucket: str, path: str, document: str, lacks: str
) -> None:
    answer = put(sqlite_server, f"/{bucket}{path}", document)

    assert refused(answer) == (400, "MalformedXML", lacks)
    assert sqlite_server.client("s3").head_object(Bucket=bucket, Key="k")["ContentLength"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "?delete",
        "/k?tagging",
        "?tagging",
        "?cors",
        "?encryption",
        "?logging",
        "?lifecycle",
        "?object-lock",
    ],
)
def test_a_document_must_be_there(sqlite_server: Server, bucket: str, path: str) -> None:
    answer = put(sqlite_server, f"/{bucket}{path}", "")

    assert refused(answer) == (400, "MissingRequestBodyError", "Request Body is empty")


@pytest.mark.parametrize(("query", "lacks"), [("uploadId=x", "partNumber"), ("partNumber=1", "uploadId")])
def test_a_query_parameter_must_be_there(sqlite_server: Server, bucket: str, query: str, lacks: str) -> None:
    answer = put(sqlite_server, f"/{bucket}/k?{query}", "")

    assert refused(answer) == (400, "InvalidArgument", f"The query parameter {lacks} is missing.")


@pytest.mark.parametrize(
    ("path", "document", "right"),
    [
        (
            "?versioning",
            "<VersioningConfiguration><Status>suspended</Status></VersioningConfiguration>",
            "Status is one of Enabled, Suspended.",
        ),
        (
            "?versioning",
            "<VersioningConfiguration><MfaDelete>No</MfaDelete></VersioningConfiguration>",
            "MfaDelete is one of Enabled, Disabled.",
        ),
        (
            "?accelerate",
            "<AccelerateConfiguration><Status>Off</Status></AccelerateConfiguration>",
            "Status is one of Enabled, Suspended.",
        ),
        (
            "?requestPayment",
            "<RequestPaymentConfiguration><Payer>Nobody</Payer></RequestPaymentConfiguration>",
            "Payer is one of Requester, BucketOwner.",
        ),
        (
            "/k?legal-hold",
            "<LegalHold><Status>MAYBE</Status></LegalHold>",
            "Status is one of ON, OFF.",
        ),
    ],
)
def test_a_word_that_s3_does_not_know_is_told_with_those_that_it_does(
    sqlite_server: Server, bucket: str, path: str, document: str, right: str
) -> None:
    answer = put(sqlite_server, f"/{bucket}{path}", document)

    assert refused(answer) == (400, "MalformedXML", right)
