"""What a policy allows a form, who may sign one, and what is said of those that prove nothing."""

from __future__ import annotations

import json
import urllib.parse

import pytest
from botocore.exceptions import ClientError

from .upload_forms import conditions, later, message, refused


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


@pytest.mark.parametrize(
    "rule",
    [
        {"x-amz-server-side-encryption-customer-key": "a secret"},
        ["starts-with", "$X-Amz-Server-Side-Encryption-Customer-Key", "a secret"],
        ["eq", "$x-amz-server-side-encryption-customer-key", "a secret", "and more"],
    ],
)
def test_a_key_of_the_customers_in_a_policy_is_not_shown(one_form, rule):
    answer = one_form.upload(conditions(one_form.bucket, rule))

    assert answer.status in {400, 403}
    assert b"a secret" not in answer.body


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


def test_a_policy_may_write_sizes_with_any_number_of_digits(one_form):
    most = ["content-length-range", 3, "9" * 5000]

    assert one_form.upload([*conditions(one_form.bucket)[:-1], most]).status == 204


def test_a_bound_key_signs_for_its_buckets_only(sqlite_server, one_form, name):
    one_form.keys = sqlite_server.key(name, "runtime", Buckets=[name])
    assert one_form.upload().status == 204

    one_form.keys = sqlite_server.key(f"{name}-2", "runtime", Buckets=["another-bucket"])
    assert refused(one_form.upload()) == (403, "AccessDenied")
