"""Lifecycle rules of a bucket: kept where they hold, refused by name where they would do something, in S3's words where they are wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.journeys.client_errors import code_of, refused

NEWER = {"NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 2}}
TAG = {"Key": "kind", "Value": "draft"}
NEVER = {
    "Expiration": {"Date": datetime(2031, 1, 1, tzinfo=UTC)},
    "Transitions": [{"Date": datetime(2030, 1, 1, tzinfo=UTC), "StorageClass": "GLACIER"}],
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
}
SIZE = "TransitionDefaultMinimumObjectSize"


def rule(**said: Any) -> dict[str, Any]:
    """A rule that holds here, but for what is said."""
    return {"ID": "r", "Status": "Enabled", "Filter": {}, **said}


def putting(bucket: str, *rules: dict[str, Any], **beside: str) -> dict[str, Any]:
    """Parameters that put these rules."""
    return {"Bucket": bucket, "LifecycleConfiguration": {"Rules": list(rules)}, **beside}


def test_rules_that_hold_are_kept(s3: Any, bucket: str) -> None:
    """Those that are Disabled, whatever they say; and those about noncurrent versions and delete markers."""
    rules = [
        rule(ID="all", Status="Disabled", **NEVER),
        rule(ID="prefix", Status="Disabled", Filter={"Prefix": "a/"}, Expiration={"Days": 1}),
        rule(ID="versions", **NEWER),
        rule(
            ID="markers",
            Filter={"And": {"Prefix": "b", "Tags": [TAG]}},
            Expiration={"ExpiredObjectDeleteMarker": True},
        ),
        {"ID": "old", "Status": "Enabled", "Prefix": "", **NEWER},
    ]

    answer = s3.put_bucket_lifecycle_configuration(**putting(bucket, *rules))

    kept = s3.get_bucket_lifecycle_configuration(Bucket=bucket)
    assert kept["Rules"] == rules
    assert answer[SIZE] == kept[SIZE] == "all_storage_classes_128K"
    s3.put_bucket_lifecycle_configuration(**putting(bucket, *rules[:1], **{SIZE: "varies_by_storage_class"}))
    kept = s3.get_bucket_lifecycle_configuration(Bucket=bucket)
    assert (kept["Rules"], kept[SIZE]) == (rules[:1], "varies_by_storage_class")
    s3.delete_bucket_lifecycle(Bucket=bucket)
    missing = ("NoSuchLifecycleConfiguration", 404)
    assert code_of(s3.get_bucket_lifecycle_configuration, Bucket=bucket) == missing


def test_a_rule_without_an_id_is_given_one(s3: Any, bucket: str) -> None:
    nameless = {name: value for name, value in rule(**NEWER).items() if name != "ID"}

    s3.put_bucket_lifecycle_configuration(**putting(bucket, nameless, nameless))

    first, second = (kept["ID"] for kept in s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"])
    assert first
    assert first != second


@pytest.mark.parametrize(
    "action",
    [
        {"Expiration": {"Days": 1}},
        {"Expiration": NEVER["Expiration"]},
        {"Transitions": [{"Days": 0, "StorageClass": "GLACIER"}]},
        {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
    ],
)
def test_a_rule_that_would_do_something_is_refused_by_name(
    s3: Any, bucket: str, action: dict[str, Any]
) -> None:
    working = rule(ID="working", **action)

    call = s3.put_bucket_lifecycle_configuration
    refused("NotImplemented", "unlike this one: working.", call, **putting(bucket, rule(**NEWER), working))


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([rule(ID="i" * 256, **NEWER)], "InvalidArgument"),
        ([rule(**NEWER), rule(**NEWER)], "InvalidArgument"),
        ([rule(Status="enabled", **NEWER)], "MalformedXML"),
        ([rule()], "InvalidRequest"),
        ([rule(Prefix="", **NEWER)], "MalformedXML"),
        ([{"ID": "r", "Status": "Enabled", **NEWER}], "MalformedXML"),
        ([rule(Filter={"Prefix": "a", "Tag": TAG}, **NEWER)], "MalformedXML"),
        ([rule(Filter={"And": {"Tags": [TAG]}}, **NEWER)], "MalformedXML"),
        ([rule(Expiration={"Days": 0})], "InvalidArgument"),
        ([rule(Expiration={})], "MalformedXML"),
        ([rule(NoncurrentVersionExpiration={})], "MalformedXML"),
        ([rule(AbortIncompleteMultipartUpload={})], "MalformedXML"),
        ([rule(Expiration={"Days": 1, "ExpiredObjectDeleteMarker": True})], "MalformedXML"),
        ([rule(Expiration={"Date": datetime(2031, 1, 1, 1, tzinfo=UTC)})], "InvalidArgument"),
        ([rule(Transitions=[{"Days": -1, "StorageClass": "GLACIER"}])], "InvalidArgument"),
        ([rule(Transitions=[{"StorageClass": "GLACIER"}])], "MalformedXML"),
        ([rule(Transitions=[{"Days": 1, "StorageClass": "CELLAR"}])], "MalformedXML"),
        ([rule(NoncurrentVersionExpiration={"NoncurrentDays": 0})], "InvalidArgument"),
        ([rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 0})], "InvalidArgument"),
        ([rule(ID=f"r{number}", **NEWER) for number in range(1001)], "MalformedXML"),
    ],
)
def test_rules_that_s3_would_not_take_are_refused(
    s3: Any, bucket: str, rules: list[dict[str, Any]], code: str
) -> None:
    assert code_of(s3.put_bucket_lifecycle_configuration, **putting(bucket, *rules)) == (code, 400)


def test_a_smallest_size_that_s3_does_not_have_is_refused(s3: Any, bucket: str) -> None:
    wrong = putting(bucket, rule(**NEWER), **{SIZE: "any"})

    assert code_of(s3.put_bucket_lifecycle_configuration, **wrong) == ("InvalidArgument", 400)
