"""Signatures made by botocore are right; signatures of anything else are not."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.sigv4 import identify, presign, signing_name, verify
from tests.wire.signing import (
    KEY,
    NOW,
    SECRET,
    check,
    encoded,
    header_signer,
    query_signer,
    signed,
    v2_header_signer,
    v2_signer,
)

SIGNERS = {
    "sagemaker header": lambda: header_signer("sagemaker"),
    "sagemaker query": lambda: query_signer("sagemaker"),
    "s3 header": lambda: header_signer("s3"),
    "s3 query": lambda: query_signer("s3"),
    "s3 query SigV2": v2_signer,
    "s3 header SigV2": v2_header_signer,
}
every_signer = pytest.mark.parametrize("signer", SIGNERS.values(), ids=SIGNERS.keys())

names = st.text(st.characters(codec="utf-8", exclude_characters="/?#"), min_size=1, max_size=12)
keys = st.lists(
    st.sampled_from([".", "..", "", "a b", "ü", "+%&=", "(x)*'!", "~-_."]) | names, min_size=1, max_size=4
)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


def _code(request: Request, **settings: object) -> tuple[str, int]:
    """How the error is told in XML, or nothing when there is none."""
    with pytest.raises(AwsError) as caught:
        check(request, **settings)
    return caught.value.spoken("rest-xml", {})


def _with_header(request: Request, name: str, value: str) -> Request:
    fields = [(key, text) for key, text in request.headers if key != name.lower()]
    return replace(request, headers=Headers([*fields, (name, value)]))


@every_signer
def test_an_untouched_request_is_accepted(signer) -> None:
    check(signed(signer(), "GET", "/bucket/key", "prefix=a%20b&uploads"))


@every_signer
@given(parts=keys, query=st.lists(st.tuples(names, words), max_size=3))
def test_any_path_and_query_is_accepted(signer, parts: list[str], query: list[tuple[str, str]]) -> None:
    pairs = "&".join(f"{encoded(name)}={encoded(value).replace('/', '%2F')}" for name, value in query)

    check(signed(signer(), "GET", "/bucket/" + encoded("/".join(parts)), pairs))


@every_signer
def test_another_method_is_refused(signer) -> None:
    request = replace(signed(signer(), "GET", "/bucket/key"), method="HEAD")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


@every_signer
def test_another_path_is_refused(signer) -> None:
    request = replace(signed(signer(), "GET", "/bucket/key"), path="/bucket/other")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize("kind", ["sagemaker header", "sagemaker query", "s3 header", "s3 query"])
def test_another_query_is_refused(kind: str) -> None:
    request = signed(SIGNERS[kind](), "GET", "/bucket/key", "versionId=1")
    request = replace(request, query=request.query.replace("versionId=1", "versionId=2"))

    assert _code(request) == ("SignatureDoesNotMatch", 403)


@every_signer
def test_an_added_sub_resource_is_refused(signer) -> None:
    request = signed(signer(), "GET", "/bucket/key")
    request = replace(request, query=f"{request.query}&acl" if request.query else "acl")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


@every_signer
def test_another_secret_is_refused(signer) -> None:
    assert _code(signed(signer()), secret="another") == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize("kind", ["sagemaker header", "s3 header", "sagemaker query", "s3 query"])
def test_another_host_is_refused(kind: str) -> None:
    request = _with_header(signed(SIGNERS[kind]()), "host", "example.com")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


def test_another_body_is_refused_where_its_hash_is_signed() -> None:
    request = replace(signed(header_signer("sagemaker"), "POST", body=b"one"), body=b"two")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


def test_a_streamed_body_without_its_hash_is_refused() -> None:
    request = signed(header_signer("sagemaker"), "POST", body=b"one")

    with pytest.raises(AwsError, match="needs its SHA-256"):
        verify(request, identify(request), SECRET, NOW, None)


def test_only_s3_takes_unsigned_payloads() -> None:
    request = signed(
        header_signer("sagemaker"), "POST", headers={"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}, body=b"one"
    )

    with pytest.raises(AwsError, match="sagemaker needs the body's SHA-256"):
        check(request)


@pytest.mark.parametrize("name", ["x-amz-target", "x-amz-date"])
def test_another_signed_header_is_refused(name: str) -> None:
    signed_request = signed(
        header_signer("sagemaker"), "POST", headers={"X-Amz-Target": "SageMaker.ListModels"}
    )
    request = _with_header(signed_request, name, "20261123T120001Z")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize("kind", ["s3 header", "s3 header SigV2"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_letters_of_a_header_are_signed_as_they_are_sent_or_meant(kind: str, encoding: str) -> None:
    """All sign UTF-8. Some send it (Go, PHP), others latin-1 (Node, Python); a server reads latin-1 either way."""
    request = signed(SIGNERS[kind](), "PUT", "/b/k", headers={"x-amz-meta-a": "é"})

    check(_with_header(request, "x-amz-meta-a", "é".encode(encoding).decode("latin-1")))
    assert _code(_with_header(request, "x-amz-meta-a", "è"))[0] == "SignatureDoesNotMatch"


@pytest.mark.parametrize("kind", ["s3 header", "s3 query"])
def test_an_amz_header_that_is_not_signed_is_refused(kind: str) -> None:
    request = _with_header(
        signed(SIGNERS[kind](), "PUT", "/bucket/key"), "x-amz-copy-source", "/other/secret"
    )

    assert _code(request) == ("AccessDenied", 403)


def test_a_header_is_signed_by_a_query_that_says_the_same_only() -> None:
    """Also where nobody has put the one into the other's place before."""
    request = signed(query_signer("s3"), "PUT", "/bucket/key", "x-amz-meta-a=b")
    claim = identify(request)
    assert claim is not None

    verify(_with_header(request, "x-amz-meta-a", "b"), claim, SECRET, NOW)
    with pytest.raises(AwsError, match="not signed: x-amz-meta-a"):
        verify(_with_header(request, "x-amz-meta-a", "other"), claim, SECRET, NOW)


@pytest.mark.parametrize("signer", [v2_signer, v2_header_signer])
def test_an_amz_header_added_to_a_sigv2_request_is_refused(signer) -> None:
    request = _with_header(signed(signer(), "PUT", "/bucket/key"), "x-amz-copy-source", "/other/secret")

    assert _code(request) == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize("added", ["renameObject", "annotation", "x-id=CopyObject"])
def test_a_sub_resource_that_sigv2_does_not_know_cannot_be_added_to_a_link_that_writes(added: str) -> None:
    request = signed(v2_signer(), "PUT", "/bucket/key")

    assert _code(replace(request, query=f"{request.query}&{added}")) == ("AccessDenied", 403)


def test_a_link_may_override_response_headers_only_as_signed() -> None:
    override = "response-content-type=text%2Fhtml"
    for signer in (v2_signer, lambda: query_signer("s3")):
        check(signed(signer(), "GET", "/bucket/key", override))
        request = signed(signer(), "GET", "/bucket/key")
        assert _code(replace(request, query=f"{request.query}&{override}")) == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize("kind", ["sagemaker header", "s3 header", "s3 header SigV2"])
@pytest.mark.parametrize("minutes", [-14, 14])
def test_a_clock_may_differ_by_fourteen_minutes(kind: str, minutes: int) -> None:
    check(signed(SIGNERS[kind]()), now=NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("sagemaker header", "InvalidSignatureException"),
        ("s3 header", "RequestTimeTooSkewed"),
        ("s3 header SigV2", "RequestTimeTooSkewed"),
    ],
)
@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_clock_that_differs_by_sixteen_minutes_is_refused(kind: str, code: str, minutes: int) -> None:
    with pytest.raises(AwsError) as caught:
        check(signed(SIGNERS[kind]()), now=NOW + timedelta(minutes=minutes))

    assert code == caught.value.spoken("rest-xml" if kind.startswith("s3") else "json", {})[0]
    assert "15 minutes" in caught.value.message


def test_a_sigv2_link_cannot_be_led_to_another_service() -> None:
    request = signed(v2_signer(), "GET", "/human-loops/loop")
    elsewhere = "X-Amz-Credential=AKID%2F20261123%2Fus-east-1%2Fsagemaker%2Faws4_request"

    assert signing_name(replace(request, query=f"{request.query}&{elsewhere}")) == "s3"


@pytest.mark.parametrize("kind", ["s3 header", "s3 query", "s3 query SigV2", "s3 header SigV2"])
def test_a_slash_in_a_name_is_not_a_slash_between_names(kind: str) -> None:
    request = signed(SIGNERS[kind](), "GET", "/bucket/key")

    assert _code(replace(request, path="/bucket%2Fkey")) == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize("kind", ["sagemaker header", "s3 header", "s3 query"])
def test_a_signed_plus_cannot_be_turned_into_a_space(kind: str) -> None:
    request = signed(SIGNERS[kind](), "GET", "/bucket", "prefix=a%2Bb")

    assert _code(replace(request, query=request.query.replace("%2B", "+"))) == ("SignatureDoesNotMatch", 403)


@pytest.mark.parametrize(
    "stamp", ["", "20261123", "2026-11-23T12:00:00Z", "20261199T120000Z", "20261123T120000+0000"]
)
def test_a_time_of_another_form_is_refused(stamp: str) -> None:
    assert _code(_with_header(signed(header_signer("s3")), "x-amz-date", stamp)) == ("AccessDenied", 403)


def test_the_time_lies_on_the_day_of_the_credential() -> None:
    request = signed(header_signer("s3"))
    authorization = request.headers.get("authorization").replace("/20261123/", "/20261122/")

    assert _code(_with_header(request, "authorization", authorization)) == (
        "AuthorizationHeaderMalformed",
        400,
    )


@pytest.mark.parametrize(
    "authorization",
    [
        "AWS4-HMAC-SHA256",
        "Bearer token",
        "AWS AKID",
        "AWS4-HMAC-SHA256 Credential=AKID/20261123/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=",
        "AWS4-HMAC-SHA256 Credential=AKID/x, SignedHeaders=host, Signature=" + "0" * 64,
        "AWS4-HMAC-SHA256 Credential=" + "," * 100_000,
        "AWS4-HMAC-SHA256 " + "Credential=a " * 10_000,
        "\x00",
    ],
)
def test_an_authorization_that_cannot_be_read_says_how_it_reads(authorization: str) -> None:
    with pytest.raises(AwsError, match="Authorization reads"):
        identify(Request("GET", "/", headers=Headers([("authorization", authorization)])))


def test_the_error_does_not_repeat_a_signature() -> None:
    header = "AWS4-HMAC-SHA256 Credential=AKID, SignedHeaders=host, Signature=" + "ab" * 32

    with pytest.raises(AwsError) as caught:
        identify(Request("GET", "/", headers=Headers([("authorization", header)])))

    assert "abab" not in caught.value.message


BUCKETS_OWN = ["encryption", "publicAccessBlock", "ownershipControls", "intelligent-tiering", "retention"]


@pytest.mark.parametrize("name", BUCKETS_OWN)
@pytest.mark.parametrize("signer", [v2_signer, v2_header_signer])
def test_what_botocore_leaves_out_of_version_2_is_read(signer: Callable[[], Any], name: str) -> None:
    check(signed(signer(), "GET", "/bucket", name))


@pytest.mark.parametrize("name", BUCKETS_OWN)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_botocore_leaves_out_of_version_2_is_changed_by_no_link(method: str, name: str) -> None:
    check(signed(v2_header_signer(), method, "/bucket", name))

    with pytest.raises(AwsError, match="InvalidSignature"):
        check(signed(v2_signer(), method, "/bucket", name))


@pytest.mark.parametrize("name", BUCKETS_OWN)
def test_what_botocore_leaves_out_of_version_2_may_be_signed(name: str) -> None:
    expires = int(NOW.timestamp()) + 60
    text = f"PUT\n\n\n{expires}\n/bucket?{name}"
    signature = base64.b64encode(hmac.digest(SECRET.encode(), text.encode(), "sha1")).decode()
    query = f"{name}&AWSAccessKeyId={KEY}&Expires={expires}&Signature={quote(signature, safe='')}"

    check(Request("PUT", "/bucket", query))


@pytest.mark.parametrize("name", ["date", "x-amz-date"])
@pytest.mark.parametrize("form", ["%a, %d %b %Y %H:%M:%S GMT", "%Y%m%dT%H%M%SZ"])
def test_a_request_of_version_2_signs_its_time_in_either_header_and_form(name: str, form: str) -> None:
    time = NOW.strftime(form)
    lines = ["GET", "", "", "", f"x-amz-date:{time}"] if name == "x-amz-date" else ["GET", "", "", time]
    text = "\n".join([*lines, "/bucket/key"])
    signature = base64.b64encode(hmac.digest(SECRET.encode(), text.encode(), "sha1")).decode()

    check(
        Request(
            "GET", "/bucket/key", "", Headers([(name, time), ("authorization", f"AWS {KEY}:{signature}")])
        )
    )


@pytest.mark.parametrize(
    "date",
    [
        "",
        "today",
        "Tue, 07 Jul 1950 00:00:00 GMT",
        "20261199T120000Z",
        "Tue, 07 Jul 99999 00:00:00 GMT",
        "Tue, 07 Jul 99999999999999999999 00:00:00 GMT",
        "Tue, 07 Jul 2026 00:00:00 +99999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 -2359",
    ],
)
def test_a_request_needs_a_time(date: str) -> None:
    request = _with_header(signed(v2_header_signer(), "GET", "/bucket/key"), "date", date)

    assert _code(request) == ("AccessDenied", 403)

    fields = [(name, text) for name, text in signed(header_signer("s3")).headers if name != "x-amz-date"]
    assert _code(Request("GET", "/", "", Headers([*fields, ("date", date)]))) == ("AccessDenied", 403)


@pytest.mark.parametrize("kind", ["s3 header", "s3 query", "s3 query SigV2", "s3 header SigV2"])
def test_s3_tells_what_it_would_have_signed(kind: str) -> None:
    with pytest.raises(AwsError) as caught:
        check(replace(signed(SIGNERS[kind](), "GET", "/bucket/key"), path="/bucket/other"))

    members = caught.value.members
    assert members["AWSAccessKeyId"] == KEY
    assert "/bucket/other" in members["StringToSign" if "SigV2" in kind else "CanonicalRequest"]
    assert bytes.fromhex(members["StringToSignBytes"]).decode() == members["StringToSign"]
    assert SECRET not in str(members)


@pytest.mark.parametrize("kind", ["s3 header", "s3 query", "s3 query SigV2", "s3 header SigV2"])
@pytest.mark.parametrize("prefix", ["x-amz-", "x-amz-copy-source-"])
@pytest.mark.parametrize("place", ["header", "query"])
def test_no_error_shows_a_key_of_the_customers(kind: str, prefix: str, place: str) -> None:
    key, name = "c2VjcmV0/c2VjcmV0+c2VjcmV0c2VjcmV0c2VjcmU=", f"{prefix}server-side-encryption-customer-key"
    digest = {f"{name}-MD5": "a digest"}
    headers = {name: key, **digest} if place == "header" else digest
    query = "" if place == "header" else f"{name}={quote(key, safe='')}&x-id=GetObject"
    request = signed(SIGNERS[kind](), "GET", "/bucket/key", query, headers)

    with pytest.raises(AwsError) as caught:
        check(request, secret="another")

    members = caught.value.members
    shown = [
        *members.values(),
        *(bytes.fromhex(members[name]).decode() for name in members if name.endswith("Bytes")),
    ]
    assert not any(spelling in text for spelling in (key, quote(key, safe="")) for text in shown)
    assert "a digest" in str(members)


def test_other_services_do_not_tell_what_they_would_have_signed() -> None:
    with pytest.raises(AwsError) as caught:
        check(signed(header_signer("sagemaker")), secret="another")

    assert caught.value.members == {}


def test_the_host_must_be_signed() -> None:
    request = signed(header_signer("s3"))
    authorization = request.headers.get("authorization").replace("SignedHeaders=host;", "SignedHeaders=")

    with pytest.raises(AwsError, match="'host' must be among"):
        check(_with_header(request, "authorization", authorization))


def test_a_repeated_header_is_one_value() -> None:
    request = signed(header_signer("s3"), headers={"x-amz-meta-a": "one,two"})
    fields = [pair for pair in request.headers if pair[0] != "x-amz-meta-a"]
    twice = Headers([*fields, ("x-amz-meta-a", "one"), ("X-Amz-Meta-A", "two")])

    check(replace(request, headers=twice))


@every_signer
def test_the_claim_names_the_key_before_anything_is_checked(signer) -> None:
    assert identify(signed(signer())).access_key == KEY


def test_an_unsigned_request_makes_no_claim() -> None:
    assert identify(Request("GET", "/")) is None


@pytest.mark.parametrize(("kind", "name"), [(kind, kind.partition(" ")[0]) for kind in SIGNERS])
def test_the_signing_name_is_read_from_each_form(kind: str, name: str) -> None:
    assert name == signing_name(signed(SIGNERS[kind]()))


@given(
    parts=keys, query=st.sampled_from(["", "versionId=1", "response-content-type=text%2Fplain&partNumber=1"])
)
def test_our_own_links_are_what_botocore_makes(parts: list[str], query: str) -> None:
    path = "/bucket/" + encoded("/".join(parts))
    botocores = signed(query_signer("s3", 900), "GET", path, query)
    ours = urlsplit(
        presign(
            "GET",
            f"http://localhost:8700{path}" + (f"?{query}" if query else ""),
            KEY,
            SECRET,
            NOW,
            900,
            "us-east-1",
        )
    )

    request = Request("GET", ours.path, ours.query, Headers([("host", ours.netloc)]))

    check(request)
    assert botocores.parameter("X-Amz-Signature") == request.parameter("X-Amz-Signature")


def test_our_own_links_are_good_for_one_method() -> None:
    link = urlsplit(presign("GET", "http://localhost:8700/b/k", KEY, SECRET, NOW, 900, "us-east-1"))

    assert _code(Request("PUT", link.path, link.query, Headers([("host", link.netloc)]))) == (
        "SignatureDoesNotMatch",
        403,
    )


@pytest.mark.parametrize("expires", [0, 604_801])
def test_a_link_cannot_be_made_for_longer_than_a_week(expires: int) -> None:
    with pytest.raises(ValueError, match="604800"):
        presign("GET", "http://localhost/b/k", KEY, SECRET, NOW, expires, "us-east-1")
