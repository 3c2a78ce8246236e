"""Upload forms: what a browser sends with a policy that somebody signed for it."""

from __future__ import annotations

import urllib.parse
import zlib
from base64 import b64encode
from xml.etree import ElementTree as ET

import pytest
from botocore.exceptions import ClientError

from tests.journeys.signed import unsigned
from tests.strangers.conftest import resident

from .upload_forms import ORIGIN, Uploader, body, conditions, later, message, part, poured, refused

MIB = 1024 * 1024


def crc32(content):
    return b64encode(zlib.crc32(content).to_bytes(4)).decode()


def test_a_form_puts_an_object(form):
    answer = form.upload()

    assert (answer.status, answer.body) == (204, b"")
    assert form.stored() == b"bar"
    head = form.server.client("s3").head_object(Bucket=form.bucket, Key="foo.txt")
    assert (head["ContentType"], head["ETag"]) == ("text/plain", answer.headers["etag"])


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_boto3s_own_forms_are_taken(server, bucket, version):
    post = server.client("s3", signature_version=version).generate_presigned_post(
        bucket,
        "uploads/${filename}",
        Fields={"x-amz-meta-who": "Ada", "success_action_status": "201"},
        Conditions=[
            {"x-amz-meta-who": "Ada"},
            {"success_action_status": "201"},
            ["content-length-range", 1, 9],
        ],
    )
    form = Uploader(server, bucket)

    answer = form.send(post["fields"], filename="me.txt")

    assert answer.status == 201
    head = server.client("s3").head_object(Bucket=bucket, Key="uploads/me.txt")
    assert head["Metadata"] == {"who": "Ada"}


def test_the_document_of_a_201_names_the_object(one_form):
    answer = one_form.upload(
        conditions(one_form.bucket, {"success_action_status": "201"}),
        success_action_status="201",
        key="foo/a b.txt",
    )
    document = ET.fromstring(answer.body)

    assert answer.headers["content-type"] == "application/xml"
    assert (document.tag, document.findtext("Bucket"), document.findtext("Key")) == (
        "PostResponse",
        one_form.bucket,
        "foo/a b.txt",
    )
    assert (
        document.findtext("Location")
        == f"{one_form.server.url}/{one_form.bucket}/foo/a%20b.txt"
        == answer.headers["location"]
    )
    assert document.findtext("ETag") == answer.headers["etag"]


@pytest.mark.parametrize(("action_status", "status"), [("200", 200), ("204", 204), ("404", 204), ("", 204)])
def test_other_statuses_have_no_body(one_form, action_status, status):
    answer = one_form.upload(
        conditions(one_form.bucket, {"success_action_status": action_status}),
        success_action_status=action_status,
    )

    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize("field", ["success_action_redirect", "redirect"])
@pytest.mark.parametrize(
    ("page", "location"),
    [
        ("https://shop.example/done", "https://shop.example/done?{}"),
        ("https://shop.example/?a=b", "https://shop.example/?a=b&{}"),
        ("http://shop.example/#end", "http://shop.example/?{}#end"),
        ("https://shop.example/ä%20/?q=ü", "https://shop.example/%C3%A4%20/?q=%C3%BC&{}"),
    ],
)
def test_the_browser_is_sent_to_a_page_that_learns_what_was_stored(one_form, field, page, location):
    answer = one_form.upload(conditions(one_form.bucket, {field: page}), **{field: page})

    etag = urllib.parse.quote(answer.headers["etag"])
    assert answer.status == 303
    assert answer.headers["location"] == location.format(f"bucket={one_form.bucket}&key=foo.txt&etag={etag}")


@pytest.mark.parametrize(
    "page", ["not a url", "javascript:alert(1)", "//no.scheme/", "https://a.example/a b"]
)
def test_what_is_no_page_is_as_if_it_were_not_there(one_form, page):
    answer = one_form.upload(
        conditions(one_form.bucket, ["starts-with", "$success_action_redirect", ""]),
        success_action_redirect=page,
    )

    assert (answer.status, "location" in answer.headers) == (204, True)


def test_the_object_is_described_by_the_fields(one_form):
    described = {
        "Cache-Control": "no-cache",
        "Content-Disposition": 'attachment; filename="a.txt"',
        "Content-Encoding": "gzip",
        "x-amz-meta-foo": "barclamp",
        "x-amz-checksum-algorithm": "CRC32",
        "x-amz-checksum-crc32": crc32(b"bar"),
    }
    listed = conditions(one_form.bucket, *(["starts-with", f"${name}", ""] for name in described))

    answer = one_form.upload(listed, **described)

    head = one_form.server.client("s3").head_object(
        Bucket=one_form.bucket, Key="foo.txt", ChecksumMode="ENABLED"
    )
    assert answer.headers["x-amz-checksum-crc32"] == head["ChecksumCRC32"] == crc32(b"bar")
    assert (head["CacheControl"], head["ContentDisposition"]) == ("no-cache", 'attachment; filename="a.txt"')
    assert (head["ContentEncoding"], head["Metadata"]) == ("gzip", {"foo": "barclamp"})


def test_the_file_is_held_against_its_checksum(one_form):
    listed = conditions(one_form.bucket, ["starts-with", "$x-amz-checksum-crc32", ""])

    assert refused(one_form.upload(listed, **{"x-amz-checksum-crc32": crc32(b"baz")})) == (400, "BadDigest")


def test_the_name_of_the_users_file_is_filled_in_without_its_directories(form):
    for filename, key in (
        ("foo.txt", "foo.txt"),
        ("C:\\\\Documents\\\\foo 1.txt", "foo 1.txt"),
        ("/home/a/foo-ä.txt", "foo-ä.txt"),
    ):
        assert form.upload(filename=filename, key="${filename}").status == 204
        assert form.stored(key) == b"bar"


def test_fields_behind_the_file_do_not_count(one_form):
    fields = one_form.signed({"expiration": later(), "conditions": conditions(one_form.bucket)})

    assert one_form.send(fields, after="x-amz-meta-late").status == 204
    assert one_form.server.client("s3").head_object(Bucket=one_form.bucket, Key="foo.txt")["Metadata"] == {}


def test_a_form_without_a_file(one_form):
    fields = one_form.signed({"expiration": later(), "conditions": conditions(one_form.bucket)})

    answer = one_form.send(fields, None)

    assert refused(answer) == (400, "InvalidArgument")
    assert "exactly one file" in message(answer)


def test_a_file_may_have_no_bytes(one_form):
    assert one_form.upload(content=b"").status == 204
    assert one_form.stored() == b""


@pytest.mark.parametrize(
    ("sent", "content_type"),
    [
        (b"no form", ""),
        (b"", ""),
        (part('name="key"', b"\xff\xfe") + body({}), ""),
        (body({}), "multipart/form-data"),
    ],
)
def test_what_is_no_form_is_malformed(one_form, sent, content_type):
    assert refused(one_form.post(sent, content_type=content_type)) in {
        (400, "MalformedPOSTRequest"),
        (400, "InvalidArgument"),
    }


def test_the_name_of_a_file_in_another_encoding_is_told_as_that(one_form):
    sent = body({"key": "foo"}, filename="\xe4.txt").replace("\xe4".encode(), b"\xe4")

    answer = one_form.post(sent)

    assert refused(answer) == (400, "MalformedPOSTRequest")
    assert "UTF-8" in message(answer)


def test_a_form_that_is_cut_off_in_its_file_leaves_nothing(one_form):
    fields = one_form.signed({"expiration": later(), "conditions": conditions(one_form.bucket)})

    assert refused(one_form.post(body(fields)[:-20])) == (400, "MalformedPOSTRequest")
    with pytest.raises(ClientError, match="NoSuchKey"):
        one_form.stored()


@pytest.mark.parametrize(
    "sent",
    [
        body({"key": "foo", "x-ignore-much": "a" * 20_001}),
        b"".join([part(f'name="x-ignore-{n}"', b"") for n in range(2000)]),
    ],
)
def test_a_stranger_sends_only_so_much_before_the_file(one_form, sent):
    assert refused(one_form.post(sent)) == (400, "MaxPostPreDataLengthExceededError")


def test_a_field_stands_once(one_form):
    sent = part('name="key"', b"foo") + body({"Key": "bar"})

    assert refused(one_form.post(sent)) == (400, "InvalidArgument")


@pytest.mark.parametrize(("count", "status"), [(1023, 204), (1024, 400)])
def test_metadata_are_measured_by_their_bytes(one_form, count, status):
    policy = conditions(one_form.bucket, ["starts-with", "$x-amz-meta-a", ""])

    assert one_form.upload(policy, **{"x-amz-meta-a": "ü" * count}).status == status


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("x-amz-meta-a", "b\r\nSet-Cookie: c=d"),
        ("x-amz-meta-a", "b\x7f"),
        ("Content-Type", "text/plain\x7f"),
        ("x-amz-meta-my note", "b"),
        ("x-amz-meta-a: b", "b"),
        ("x-amz-meta-ä", "b"),
    ],
)
def test_a_field_is_a_header_of_its_object_or_is_refused(one_form, field, value):
    answer = one_form.upload(conditions(one_form.bucket, ["starts-with", f"${field}", ""]), **{field: value})

    assert refused(answer) == (400, "InvalidArgument")
    with pytest.raises(ClientError, match="NoSuchKey"):
        one_form.stored()


@pytest.mark.parametrize(
    "field",
    ["x-amz-copy-source", "x-amz-content-sha256", "x-amz-decoded-content-length", "Range", "If-Match"],
)
def test_no_field_makes_another_request_of_it(one_form, field):
    one_form.fields[field] = "/secondlook-internal/anything"

    assert one_form.upload(conditions(one_form.bucket, ["starts-with", f"${field}", ""])).status == 204
    assert one_form.stored() == b"bar"


@pytest.mark.parametrize("path", ["/key", "/a/b", "/?tagging"])
def test_a_form_is_sent_to_a_bucket(one_form, path):
    answer = one_form.post(body({"key": "foo"}), f"/{one_form.bucket}{path}")

    assert refused(answer) in {(405, "MethodNotAllowed"), (403, "AccessDenied")}


def test_a_bucket_may_be_called_as_a_page_is(sqlite_server):
    sqlite_server.client("s3").create_bucket(Bucket="console")
    form = Uploader(sqlite_server, "console")

    assert form.upload().status == 204


def test_a_form_goes_to_the_host_of_the_bucket(form):
    form.host = f"{form.bucket}.localhost"

    answer = form.upload(
        conditions(form.bucket, {"success_action_status": "201"}), success_action_status="201"
    )

    assert answer.status == 201
    assert f"<Location>http://localhost:{form.server.port}/{form.bucket}/foo.txt<" in answer.body.decode()
    assert form.stored() == b"bar"


def test_a_page_of_another_origin_may_send_it_and_read_the_answer(one_form):
    assert one_form.upload().headers["access-control-allow-origin"] == "*"
    assert one_form.send({"key": "foo"}).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("method", "seen"), [("POST", ORIGIN), ("PUT", None)])
def test_rules_of_the_bucket_hold_for_forms_as_for_what_they_are(one_form, method, seen):
    rules = [{"AllowedMethods": [method], "AllowedOrigins": [ORIGIN]}]
    cors = {"Bucket": one_form.bucket, "CORSConfiguration": {"CORSRules": rules}}
    one_form.server.client("s3").put_bucket_cors(**cors)
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}

    preflight = unsigned(one_form.server, "OPTIONS", f"/{one_form.bucket}", headers)

    assert preflight.headers.get("access-control-allow-origin") == seen
    assert one_form.upload().headers.get("access-control-allow-origin") == seen


def test_a_large_file_goes_through_and_is_never_in_memory_whole(own_server, name):
    own_server.start()
    own_server.client("s3").create_bucket(Bucket=name)
    form = Uploader(own_server, name, "v2")
    fields = form.signed({"expiration": later(), "conditions": conditions(name)[:-1]})
    whole = body(fields, b"CONTENT")
    head, _, tail = whole.partition(b"CONTENT")
    at_rest, seen = resident(own_server), [0]

    def look():
        seen.append(resident(own_server))

    # Every piece ends as the boundary begins.
    piece = b"x" * (MIB - 6) + b"\r\n----"
    assert poured(own_server, f"/{name}", head, piece, 128, tail, look) == 204

    assert max(seen) < at_rest + 64 * MIB
    assert own_server.client("s3").head_object(Bucket=name, Key="foo.txt")["ContentLength"] == 128 * MIB
