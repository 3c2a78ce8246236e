"""output.json: where it lies and what it says [output-data.md]."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from secondlook.review.decisions.identity import OURSELVES, Identity
from secondlook.review.decisions.output import (
    Answer,
    Closing,
    bucket_and_prefix,
    document,
    location,
    uri,
    writable_bucket,
)
from secondlook.review.errors import Invalid

AT = datetime(2021, 2, 17, 19, 20, 38, 451_234, tzinfo=UTC)


def closing(**members):
    plain = {
        "loop_name": "loop-1",
        "flow_arn": "arn:aws:sagemaker:eu-west-1:444455556666:flow-definition/invoices",
        "flow_name": "invoices",
        "output_path": "s3://bucket/prefix",
        "created_at": AT,
        "input_content": '{"z": 1, "a": {"y": 1.50, "b": "ä"}}',
        "issuer": "https://review.example.org",
        "answers": (
            Answer(
                AT,
                AT + timedelta(seconds=65.36),
                4.0,
                '{"tool": {"b": 1}}',
                "0b5c1e77a4d29f36",
                Identity(OURSELVES, "5f1d2c3b-0a9e-4d7c-8b6a-1e2f3a4b5c6d"),
            ),
        ),
    }
    return Closing(**{**plain, **members})


@pytest.mark.parametrize(
    "path",
    [
        "s3://bucket/a2i-results",
        "s3://bucket/a2i-results/",
        "https://s3.us-east-1.amazonaws.com/bucket/a2i-results/",
        "https://bucket.s3.amazonaws.com/a2i-results",
    ],
)
def test_the_key_is_flow_creation_time_and_loop(path):
    expected = ("bucket", "a2i-results/fraud-detector/2021/02/17/19/20/38/loop/output.json")

    assert expected == location(path, "fraud-detector", AT, "loop")


def test_without_a_prefix_the_key_begins_with_the_flow_definition():
    assert "s3://bucket/fd/2021/02/17/19/20/38/l/output.json" == uri("s3://bucket", "fd", AT, "l")


def test_what_is_no_s3_path_is_refused_with_what_would_be_right():
    with pytest.raises(Invalid, match="s3://BUCKET/PREFIX"):
        bucket_and_prefix("https://example.org/bucket")


def test_the_document_has_exactly_the_documented_members():
    expected = {
        "flowDefinitionArn": "arn:aws:sagemaker:eu-west-1:444455556666:flow-definition/invoices",
        "humanAnswers": [
            {
                "acceptanceTime": "2021-02-17T19:20:38.451Z",
                "answerContent": {"tool": {"b": 1}},
                "submissionTime": "2021-02-17T19:21:43.811Z",
                "timeSpentInSeconds": 61.36,
                "workerId": "0b5c1e77a4d29f36",
                "workerMetadata": {
                    "identityData": {
                        "identityProviderType": "Cognito",
                        "issuer": "https://review.example.org",
                        "sub": "5f1d2c3b-0a9e-4d7c-8b6a-1e2f3a4b5c6d",
                    }
                },
            }
        ],
        "humanLoopName": "loop-1",
        "inputContent": {"a": {"b": "ä", "y": 1.5}, "z": 1},
    }

    assert expected == json.loads(document(closing()))


def test_keys_are_alphabetical_at_every_level():
    text = document(closing()).decode()

    assert text.index('"a":{"b"') < text.index('"z":1')
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_the_document_is_the_same_however_often_it_is_written():
    assert document(closing()) == document(closing())


def test_half_a_surrogate_pair_becomes_the_replacement_character():
    text = document(closing(input_content='["\\ud800", "\\ud83d\\ude00"]'))

    assert ["\ufffd", "\U0001f600"] == json.loads(text)["inputContent"]


def test_a_path_is_refused_when_the_longest_loop_name_makes_its_key_too_long() -> None:
    rest = len("/" + "fd" + "/2000/01/01/00/00/00/" + "x" * 63 + "/output.json")
    longest = "x" + "é" * ((1024 - rest - 1) // 2)

    assert "out" == writable_bucket(f"s3://out/{longest}", "fd")
    with pytest.raises(Invalid, match=r"1,026 bytes in UTF-8, .* make the prefix 2 bytes shorter"):
        writable_bucket(f"s3://out/{longest}é", "fd")


@pytest.mark.parametrize("bucket", ["No_Bucket", "ab", "192.168.0.1", "a" * 64])
def test_a_path_whose_bucket_cannot_be_is_refused(bucket: str) -> None:
    with pytest.raises(Invalid, match="cannot be"):
        writable_bucket(f"s3://{bucket}/x", "fd")


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("https://login.example.org", "Oidc"),
        ("https://cognito-idp.eu-west-1.amazonaws.com.example.org/eu-west-1_Ab3dEfGh1", "Oidc"),
        ("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGh1", "Cognito"),
    ],
)
def test_the_provider_of_a_worker_is_what_their_issuer_says(issuer: str, kind: str) -> None:
    identity = Identity(issuer, "ana")

    assert identity.data("https://review.example.org") == {
        "identityProviderType": kind,
        "issuer": issuer,
        "sub": "ana",
    }


def test_a_built_in_task_type_is_named_first_and_its_context_is_left_out():
    source = "AWS/Textract/AnalyzeDocument/Forms/V1"
    content = '{"humanLoopContext": {"importantFormKeys": []}, "aiServiceRequest": {"document": {}}}'
    written = json.loads(document(closing(request_source=source, input_content=content)))

    assert next(iter(written.items())) == ("awsManagedHumanLoopRequestSource", source)
    assert written["inputContent"] == {"aiServiceRequest": {"document": {}}}


def test_any_input_of_a_built_in_task_type_is_written():
    written = json.loads(document(closing(request_source="AWS/…", input_content="[1]")))

    assert written["inputContent"] == [1]


def test_the_context_of_a_task_type_of_ones_own_is_written():
    content = '{"humanLoopContext": "mine"}'

    assert json.loads(document(closing(input_content=content)))["inputContent"] == {
        "humanLoopContext": "mine"
    }
