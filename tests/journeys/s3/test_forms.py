"""Upload forms: what a browser sends with a policy that somebody signed for it."""

from __future__ import annotations

import json
import re
import urllib.parse
import zlib
from base64 import b64encode
from xml.etree import ElementTree as ET

import pytest
from botocore.exceptions import ClientError

from tests.journeys.signed import unsigned
from tests.strangers.conftest import resident

from .upload_forms import ORIGIN, SIGNATURES, Uploader, body, conditions, later, part, poured

MIB = 1024 * 1024


@pytest.fixture(params=SIGNATURES)
def form(server, bucket, request):
    return Uploader(server, bucket, request.param)


@pytest.fixture
def one_form(sqlite_server, name):
    sqlite_server.client("s3").create_bucket(Bucket=name)
    return Uploader(sqlite_server, name)


def refused(answer):
    """Status and code."""
    return answer.status, re.search(rb"<Code>(.*?)</Code>", answer.body)[1].decode()


def crc32(content):
    return b64encode(zlib.crc32(content).to_bytes(4)).decode()


def message(answer):
    return ET.fromstring(answer.body).findtext("Message")


def test_a_form_puts_an_object(form):
    answer = form.upload()

    assert (answer.status, answer.body) == (204, b"")
    assert form.stored() == b"bar"
    head = form.server.client("s3").head_object(Bucket=form.bucket, Key="foo.txt")
    assert (head["ContentType"], head["ETag"]) == ("text/plain", answer.headers["etag"])


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_boto3s_own_forms_are_taken(server, bucket, version):
    given = server.client("s3", signature_version=version).generate_presigned_post(
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

    answer = form.send(given["fields"], filename="me.txt")

    assert answer.status == 201
    head = server.client("s3").head_object(Bucket=bucket, Key="uploads/me.txt")
    assert head["Metadata"] == {"who": "Ada"}


def test_the_document_of_a_201_names_the_object(one_form):
    answer = one_form.upload(
        conditions(one_form.bucket, {"success_action_status": "201"}),
        success_action_status="201",
        key="foo/a b.txt",
    )
    told = ET.fromstring(answer.body)

    assert answer.headers["content-type"] == "application/xml"
    assert (told.tag, told.findtext("Bucket"), told.findtext("Key")) == (
        "PostResponse",
        one_form.bucket,
        "foo/a b.txt",
    )
    assert (
        told.findtext("Location")
        == f"{one_form.server.url}/{one_form.bucket}/foo/a%20b.txt"
        == answer.headers["location"]
    )
    assert told.findtext("ETag") == answer.headers["etag"]


@pytest.mark.parametrize(("asked", "status"), [("200", 200), ("204", 204), ("404", 204), ("", 204)])
def test_other_statuses_have_no_body(one_form, asked, status):
    answer = one_form.upload(
        conditions(one_form.bucket, {"success_action_status": asked}), success_action_status=asked
    )

    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize("field", ["success_action_redirect", "redirect"])
@pytest.mark.parametrize(
    ("page", "joint"), [("https://shop.example/done", "?"), ("https://shop.example/?a=b", "&")]
)
def test_the_browser_is_sent_to_a_page_that_learns_what_was_stored(one_form, field, page, joint):
    answer = one_form.upload(conditions(one_form.bucket, {field: page}), **{field: page})

    etag = urllib.parse.quote(answer.headers["etag"])
    assert answer.status == 303
    assert answer.headers["location"] == f"{page}{joint}bucket={one_form.bucket}&key=foo.txt&etag={etag}"


@pytest.mark.parametrize("page", ["not a url", "javascript:alert(1)", "//no.scheme/", "https://a.example/ä"])
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
    for told, key in (
        ("foo.txt", "foo.txt"),
        ("C:\\\\Documents\\\\foo 1.txt", "foo 1.txt"),
        ("/home/a/foo-ä.txt", "foo-ä.txt"),
    ):
        assert form.upload(filename=told, key="${filename}").status == 204
        assert form.stored(key) == b"bar"


def test_names_of_fields_and_operators_are_read_in_any_case(form):
    listed = [
        {"bUcKeT": form.bucket},
        ["StArTs-WiTh", "$KeY", "foo"],
        {"AcL": "private"},
        ["StArTs-WiTh", "$CoNtEnT-TyPe", "text/plain"],
    ]
    form.fields = {"kEy": "foo.txt", "aCl": "private", "Content-Type": "text/plain"}

    assert form.upload(listed).status == 204


def test_fields_that_are_to_be_ignored_need_no_condition(form):
    assert form.upload(**{"x-ignore-foo": "bar"}).status == 204


def test_a_dollar_may_be_escaped_in_a_policy(one_form):
    policy = json.dumps({"expiration": later(), "conditions": conditions(one_form.bucket)})
    one_form.signature = "v2"
    one_form.fields["key"] = "$foo.txt"

    assert one_form.send(one_form.signed(policy.replace('"foo"', '"\\$foo"'))).status == 204


def test_a_form_needs_a_policy_and_is_told_nothing_of_the_bucket(one_form):
    there = one_form.send({"key": "foo.txt", "acl": "public-read"})
    one_form.bucket = f"{one_form.bucket}-absent"

    assert (
        refused(there)
        == refused(one_form.send({"key": "foo.txt", "acl": "public-read"}))
        == (403, "AccessDenied")
    )


@pytest.mark.parametrize("missing", ["signature", "key", "AWSAccessKeyId"])
def test_a_field_that_is_missing_is_named(one_form, missing):
    one_form.signature = "v2"
    listed = [rule for rule in conditions(one_form.bucket) if "$key" not in rule]
    fields = one_form.signed({"expiration": later(), "conditions": [*listed, ["starts-with", "$key", ""]]})

    answer = one_form.send({name: value for name, value in fields.items() if name != missing})

    assert refused(answer) == (400, "InvalidArgument")
    assert missing in message(answer)


@pytest.mark.parametrize(
    ("field", "value", "answer"),
    [
        ("x-amz-signature", "0" * 64, (403, "SignatureDoesNotMatch")),
        ("x-amz-credential", "AKID/20260101/us-east-1/s3/aws4_request", (403, "InvalidAccessKeyId")),
        ("x-amz-credential", "AKID", (400, "InvalidArgument")),
        ("x-amz-algorithm", "AWS4-HMAC-SHA1", (400, "InvalidArgument")),
    ],
)
def test_a_proof_of_sigv4_that_proves_nothing(one_form, field, value, answer):
    fields = one_form.signed({"expiration": later(), "conditions": conditions(one_form.bucket)})

    assert refused(one_form.send({**fields, field: value})) == answer


@pytest.mark.parametrize(
    ("field", "answer"),
    [("signature", (403, "SignatureDoesNotMatch")), ("AWSAccessKeyId", (403, "InvalidAccessKeyId"))],
)
def test_a_proof_of_sigv2_that_proves_nothing(one_form, field, answer):
    one_form.signature = "v2"
    fields = one_form.signed({"expiration": later(), "conditions": conditions(one_form.bucket)})

    assert refused(one_form.send({**fields, field: fields[field][::-1]})) == answer


def test_the_servers_own_key_which_everybody_has_seen_signs_no_form(one_form):
    one_form.signature = "v2"
    url = one_form.server.client("sagemaker")
    fields = one_form.signed({"expiration": later(), "conditions": conditions(one_form.bucket)})
    ui = url.create_human_task_ui(
        HumanTaskUiName=one_form.bucket, UiTemplate={"Content": "<crowd-form></crowd-form>"}
    )
    link = url.describe_human_task_ui(HumanTaskUiName=ui["HumanTaskUiArn"].rpartition("/")[2])["UiTemplate"][
        "Url"
    ]
    own = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)["X-Amz-Credential"][0].partition("/")[0]

    assert refused(one_form.send({**fields, "AWSAccessKeyId": own})) == (403, "AccessDenied")


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        (["starts-with", "$x-amz-meta-foo", "bar"], {}),
        (["eq", "$x-amz-meta-foo", ""], {"x-amz-meta-foo": "barclamp"}),
        (["starts-with", "$key", "other"], {}),
        (["starts-with", "$x-ignore-me", ""], {"x-amz-meta-extra": "nobody named me"}),
        (["eq", "$acl", "Private"], {}),
        ({"bucket": "another"}, {"bucket": "another"}),
    ],
)
def test_a_form_that_does_not_keep_to_its_policy(form, rule, fields):
    answer = form.upload(conditions(form.bucket, rule), **fields)

    assert refused(answer) == (403, "AccessDenied")
    assert message(answer).startswith("Invalid according to Policy: ")


def test_the_bucket_must_stand_in_the_policy(form):
    answer = form.upload(conditions(form.bucket)[1:])

    assert refused(answer) == (403, "AccessDenied")
    assert "Extra input fields: bucket" in message(answer)


def test_a_policy_is_for_the_bucket_it_names(form, s3):
    other = f"{form.bucket}-2"
    s3.create_bucket(Bucket=other)
    fields = form.signed({"expiration": later(), "conditions": conditions(form.bucket)})
    form.bucket = other

    assert refused(form.send(fields)) == (403, "AccessDenied")


def test_a_policy_ends(form):
    answer = form.send(form.signed({"expiration": later(-1), "conditions": conditions(form.bucket)}))

    assert refused(answer) == (403, "AccessDenied")
    assert "Policy expired" in message(answer)


@pytest.mark.parametrize(
    "policy",
    [
        {"conditions": []},
        {"expiration": later()},
        {"EXPIRATION": later(), "conditions": []},
        {"expiration": later(), "CONDITIONS": []},
        {"expiration": "2026-11-26 09:14:05.1+00:00", "conditions": []},
        {"expiration": "2026-13-99T09:14:05Z", "conditions": []},
        {"expiration": later(), "conditions": [{}]},
        {"expiration": later(), "conditions": [{"a": "b", "c": "d"}]},
        {"expiration": later(), "conditions": [["content-length-range", 0]]},
        {"expiration": later(), "conditions": [["content-length-range", -1, 0]]},
        {"expiration": later(), "conditions": [["content-length-range", "a", True]]},
        {"expiration": later(), "conditions": [["ends-with", "$key", "a"]]},
        {"expiration": later(), "conditions": [["eq", "key", "a"]]},
        {"expiration": later(), "conditions": [["eq", "$key", None]]},
        {"expiration": later(), "conditions": ["eq"]},
        {"expiration": later(), "conditions": {"bucket": "a"}},
        "[]",
        "no JSON",
        "[" * 5000,
    ],
)
def test_a_policy_that_cannot_be_read(one_form, policy):
    answer = one_form.send(one_form.signed(policy))

    assert refused(answer) == (400, "InvalidPolicyDocument")
    assert message(answer).startswith("Invalid Policy: ")


@pytest.mark.parametrize(
    ("least", "most", "code"), [(0, 0, "EntityTooLarge"), (0, 2, "EntityTooLarge"), (4, 9, "EntityTooSmall")]
)
def test_a_file_of_another_size_leaves_nothing(form, least, most, code):
    answer = form.upload([*conditions(form.bucket)[:-1], ["content-length-range", least, most]])

    assert refused(answer) == (400, code)
    with pytest.raises(ClientError, match="NoSuchKey"):
        form.stored()


def test_the_limits_of_the_size_are_within_it(one_form):
    assert one_form.upload([*conditions(one_form.bucket)[:-1], ["content-length-range", 3, 3]]).status == 204


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


def test_a_field_cannot_break_out_of_its_header(one_form):
    answer = one_form.upload(
        conditions(one_form.bucket, ["starts-with", "$x-amz-meta-a", ""]),
        **{"x-amz-meta-a": "b\r\nSet-Cookie: c=d"},
    )

    assert refused(answer) == (400, "InvalidArgument")


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


def test_a_bound_key_signs_for_its_buckets_only(sqlite_server, one_form, name):
    one_form.keys = sqlite_server.key(name, "runtime", Buckets=[name])
    assert one_form.upload().status == 204

    one_form.keys = sqlite_server.key(f"{name}-2", "runtime", Buckets=["another-bucket"])
    assert refused(one_form.upload()) == (403, "AccessDenied")


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
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}

    preflight = unsigned(one_form.server, "OPTIONS", f"/{one_form.bucket}", asked)

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
