"""What a request says of its body: who may say what, and that it is true. The table is what AWS was seen to answer."""

from __future__ import annotations

import hashlib

import pytest

from secondlook.wire.claim import Claim
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.payload import (
    STREAMS,
    UNSIGNED,
    PayloadHash,
    check_payload,
    claimed_payload,
    promised_hash,
    stream_kind,
)

HASH = hashlib.sha256(b"body").hexdigest()
NONSENSE = ("invalid", UNSIGNED.lower(), HASH[:-1], "STREAMING-SOMETHING")
HEADER = Claim("header", "AKID", "")
OTHER_CLAIMS = [Claim(kind, "AKID", "") for kind in ("query", "header-v2", "query-v2")]

by_another_signature = pytest.mark.parametrize("claim", OTHER_CLAIMS, ids=lambda claim: claim.kind)


def _request(named: str | None, method: str = "PUT") -> Request:
    return Request(
        method, "/b/k", headers=Headers([("X-Amz-Content-SHA256", named)] if named is not None else [])
    )


@pytest.mark.parametrize("named", [HASH, HASH.upper(), UNSIGNED, *STREAMS])
def test_a_signed_header_says_what_the_body_is(named: str) -> None:
    assert claimed_payload(_request(named), HEADER) == named


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
@pytest.mark.parametrize("named", NONSENSE)
def test_a_signed_header_that_says_nothing_of_the_kind_is_refused(method: str, named: str) -> None:
    with pytest.raises(AwsError, match=r"must be UNSIGNED-PAYLOAD, .* or a valid sha256 value\.") as caught:
        claimed_payload(_request(named, method), HEADER)

    assert (caught.value.code, caught.value.status) == ("InvalidArgument", 400)
    assert caught.value.members == {"ArgumentName": "x-amz-content-sha256", "ArgumentValue": named}


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_signed_header_is_needed(method: str) -> None:
    with pytest.raises(AwsError, match="Missing required header for this request: x-amz-content-sha256"):
        claimed_payload(_request(None, method), HEADER)


@by_another_signature
@pytest.mark.parametrize("named", [None, HASH, *NONSENSE, *STREAMS])
def test_other_signatures_take_any_value(claim: Claim, named: str | None) -> None:
    assert claimed_payload(_request(named), claim) == (named or UNSIGNED)
    assert stream_kind(_request(named), claim) == ""


@by_another_signature
@pytest.mark.parametrize("named", [*NONSENSE, *STREAMS])
def test_other_signatures_take_any_value_for_a_hash(claim: Claim, named: str) -> None:
    with pytest.raises(AwsError, match="XAmzContentSHA256Mismatch") as caught:
        check_payload(promised_hash(_request(named), claim), HASH)

    assert caught.value.members == {"ClientComputedContentSHA256": named, "S3ComputedContentSHA256": HASH}


@pytest.mark.parametrize("claim", [HEADER, *OTHER_CLAIMS], ids=lambda claim: claim.kind)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_where_there_is_no_body_its_hash_does_not_matter(claim: Claim, method: str) -> None:
    assert promised_hash(_request(hashlib.sha256(b"another").hexdigest(), method), claim) == ""


@pytest.mark.parametrize("named", [HASH, HASH.upper()])
def test_a_body_is_held_against_its_hash_piece_by_piece(named: str) -> None:
    right, wrong = (PayloadHash(promised_hash(_request(named), HEADER)) for _ in range(2))
    for piece in (b"bo", b"dy"):
        right.update(piece)
    wrong.update(b"bo")

    right.check()
    with pytest.raises(AwsError, match="XAmzContentSHA256Mismatch"):
        wrong.check()


@pytest.mark.parametrize("named", [UNSIGNED, *STREAMS])
def test_a_body_without_a_hash_is_held_against_none(named: str) -> None:
    PayloadHash(promised_hash(_request(named), HEADER)).check()
