"""What can be said of a bucket: kept where it is true here, answered as S3 answers where it is not, refused where it promises more."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.journeys.client_errors import code_of, refused

TAGS = [{"Key": "team", "Value": "labels"}, {"Key": "environment", "Value": ""}]

NO_HEADERS = ("ключ", "a\nb", "a\x7fb", "\u2028")
"""What no header can say."""


def test_tags_of_a_bucket_are_kept(s3: Any, bucket: str) -> None:
    assert code_of(s3.get_bucket_tagging, Bucket=bucket) == ("NoSuchTagSet", 404)

    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": TAGS})

    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == TAGS
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": TAGS[:1]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == TAGS[:1]
    s3.delete_bucket_tagging(Bucket=bucket)
    assert code_of(s3.get_bucket_tagging, Bucket=bucket) == ("NoSuchTagSet", 404)


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ([{"Key": f"k{number}", "Value": ""} for number in range(51)], "BadRequest"),
        ([{"Key": "k" * 129, "Value": ""}], "InvalidTag"),
        ([{"Key": "k", "Value": "v" * 257}], "InvalidTag"),
        ([{"Key": "k", "Value": ""}, {"Key": "k", "Value": "again"}], "InvalidTag"),
        ([{"Key": "aws:ours", "Value": ""}], "InvalidTag"),
    ],
)
def test_tags_that_s3_would_not_take_are_refused(
    s3: Any, bucket: str, tags: list[dict[str, str]], code: str
) -> None:
    assert code_of(s3.put_bucket_tagging, Bucket=bucket, Tagging={"TagSet": tags}) == (code, 400)
    assert code_of(s3.get_bucket_tagging, Bucket=bucket) == ("NoSuchTagSet", 404)


def test_a_bucket_is_born_with_tags_and_goes_with_them(s3: Any) -> None:
    name = f"t-{uuid.uuid4().hex}"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"Tags": TAGS})

    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == TAGS
    s3.delete_bucket(Bucket=name)
    s3.create_bucket(Bucket=name)
    assert code_of(s3.get_bucket_tagging, Bucket=name) == ("NoSuchTagSet", 404)


def test_ownership_and_public_access_are_kept(s3: Any, bucket: str) -> None:
    owned = s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]
    assert owned == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert set(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()) == {True}

    s3.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"BlockPublicAcls": True})

    (rule,) = s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    assert rule == {"ObjectOwnership": "ObjectWriter"}
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": False,
        "BlockPublicPolicy": False,
        "RestrictPublicBuckets": False,
    }
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    s3.delete_public_access_block(Bucket=bucket)
    assert code_of(s3.get_bucket_ownership_controls, Bucket=bucket)[0] == "OwnershipControlsNotFoundError"
    assert code_of(s3.get_public_access_block, Bucket=bucket)[0] == "NoSuchPublicAccessBlockConfiguration"


@pytest.mark.parametrize("algorithm", ["AES256", "aws:kms", "aws:kms:dsse"])
def test_encryption_of_a_bucket_is_kept(s3: Any, bucket: str, algorithm: str) -> None:
    missing = ("ServerSideEncryptionConfigurationNotFoundError", 404)
    key = {} if algorithm == "AES256" else {"KMSMasterKeyID": "alias/ours"}
    default = {"SSEAlgorithm": algorithm, **key}
    configuration = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    assert code_of(s3.get_bucket_encryption, Bucket=bucket) == missing

    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=configuration)

    (rule,) = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule == {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": False}
    s3.delete_bucket_encryption(Bucket=bucket)
    assert code_of(s3.get_bucket_encryption, Bucket=bucket) == missing


def test_encryption_that_s3_would_not_take_is_refused(s3: Any, bucket: str) -> None:
    for default, code in (
        ({"SSEAlgorithm": "aws:foo"}, "MalformedXML"),
        ({"SSEAlgorithm": "AES256", "KMSMasterKeyID": "k"}, "InvalidArgument"),
        *(({"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}, "InvalidArgument") for key in NO_HEADERS),
    ):
        configuration = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
        call = s3.put_bucket_encryption
        assert code_of(call, Bucket=bucket, ServerSideEncryptionConfiguration=configuration) == (code, 400)


def test_a_bucket_without_more_reads_as_one_of_s3(s3: Any, bucket: str) -> None:
    """What Terraform asks of every aws_s3_bucket, and its kin."""
    for name, code in (
        ("policy", "NoSuchBucketPolicy"),
        ("policy_status", "NoSuchBucketPolicy"),
        ("website", "NoSuchWebsiteConfiguration"),
        ("lifecycle_configuration", "NoSuchLifecycleConfiguration"),
        ("replication", "ReplicationConfigurationNotFoundError"),
        ("cors", "NoSuchCORSConfiguration"),
    ):
        assert code_of(getattr(s3, f"get_bucket_{name}"), Bucket=bucket) == (code, 404)
    lock = code_of(s3.get_object_lock_configuration, Bucket=bucket)
    assert lock == ("ObjectLockConfigurationNotFoundError", 404)
    answers = {
        name: {member: value for member, value in answer.items() if member != "ResponseMetadata"}
        for name in ("versioning", "logging", "accelerate_configuration", "notification_configuration")
        for answer in [getattr(s3, f"get_bucket_{name}")(Bucket=bucket)]
    }
    assert set(map(str, answers.values())) == {"{}"}
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "BucketOwner"
    for kind in ("analytics", "intelligent_tiering", "inventory", "metrics"):
        assert not getattr(s3, f"list_bucket_{kind}_configurations")(Bucket=bucket)["IsTruncated"]
        call = getattr(s3, f"get_bucket_{kind}_configuration")
        assert code_of(call, Bucket=bucket, Id="any") == ("NoSuchConfiguration", 404)


def test_no_bucket_is_told_nothing(s3: Any) -> None:
    absent = f"t-{uuid.uuid4().hex}"

    for call in (s3.get_bucket_tagging, s3.get_bucket_acl, s3.get_bucket_logging, s3.delete_bucket_policy):
        assert code_of(call, Bucket=absent) == ("NoSuchBucket", 404)
    assert code_of(s3.list_object_versions, Bucket=absent) == ("NoSuchBucket", 404)
    assert code_of(s3.put_bucket_tagging, Bucket=absent, Tagging={"TagSet": TAGS}) == ("NoSuchBucket", 404)


def test_what_asks_for_nothing_is_taken(s3: Any, bucket: str) -> None:
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    s3.put_bucket_accelerate_configuration(Bucket=bucket, AccelerateConfiguration={"Status": "Suspended"})
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "BucketOwner"})
    for name in ("policy", "website", "lifecycle", "replication"):
        getattr(s3, f"delete_bucket_{name}")(Bucket=bucket)

    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Suspended"
    both = {"Status": "Suspended", "MFADelete": "Disabled"}
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=both)
    assert both.items() <= s3.get_bucket_versioning(Bucket=bucket).items()
    unsaid = {"Bucket": bucket, "VersioningConfiguration": {"MFADelete": "Disabled"}}
    assert code_of(s3.put_bucket_versioning, **unsaid) == ("IllegalVersioningConfigurationException", 400)
    assert s3.get_bucket_accelerate_configuration(Bucket=bucket)["Status"] == "Suspended"


def test_what_promises_more_is_refused_by_name(s3: Any, bucket: str) -> None:
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    queue = {"QueueArn": "arn:aws:sqs:us-east-1:123456789012:q", "Events": ["s3:ObjectCreated:*"]}
    for name, params in (
        ("put_bucket_versioning", {"VersioningConfiguration": {"Status": "Enabled"}}),
        ("put_bucket_accelerate_configuration", {"AccelerateConfiguration": {"Status": "Enabled"}}),
        ("put_bucket_request_payment", {"RequestPaymentConfiguration": {"Payer": "Requester"}}),
        (
            "put_bucket_logging",
            {"BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": bucket, "TargetPrefix": ""}}},
        ),
        (
            "put_bucket_notification_configuration",
            {"NotificationConfiguration": {"QueueConfigurations": [queue]}},
        ),
        ("put_bucket_lifecycle_configuration", {"LifecycleConfiguration": {"Rules": [rule]}}),
        ("put_bucket_policy", {"Policy": "{}"}),
        ("put_bucket_website", {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "index.html"}}}),
    ):
        assert code_of(getattr(s3, name), Bucket=bucket, **params) == ("NotImplemented", 501), name
    lock = {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}
    refused(
        "InvalidBucketState", "Versioning must be", s3.put_object_lock_configuration, Bucket=bucket, **lock
    )


def test_access_control_lists_say_what_is_so(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one")
    owner = s3.list_buckets()["Owner"]["ID"]

    for acl in (s3.get_bucket_acl(Bucket=bucket), s3.get_object_acl(Bucket=bucket, Key="one")):
        (grant,) = acl["Grants"]
        assert (grant["Permission"], grant["Grantee"]["ID"], acl["Owner"]["ID"]) == (
            "FULL_CONTROL",
            owner,
            owner,
        )
        assert grant["Grantee"]["Type"] == "CanonicalUser"
        policy = {"Owner": acl["Owner"], "Grants": acl["Grants"]}
        s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=policy)
    s3.put_bucket_acl(Bucket=bucket, ACL="private")
    s3.put_object_acl(Bucket=bucket, Key="one", ACL="private")
    none = ("AccessControlListNotSupported", 400)
    assert code_of(s3.put_bucket_acl, Bucket=bucket, ACL="public-read") == none
    assert code_of(s3.put_bucket_acl, Bucket=bucket, GrantRead="id=somebody") == none
    assert code_of(s3.put_object_acl, Bucket=bucket, Key="one", ACL="public-read") == none
    stranger = {**policy, "Owner": {"ID": "0" * 64}}
    assert code_of(s3.put_bucket_acl, Bucket=bucket, AccessControlPolicy=stranger) == none
    assert code_of(s3.get_object_acl, Bucket=bucket, Key="none") == ("NoSuchKey", 404)


def test_a_canned_list_that_does_not_exist_is_named(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one")
    new_bucket = {"Bucket": f"t-{uuid.uuid4().hex}"}
    an_object = {"Bucket": bucket, "Key": "one"}

    for call, params in (
        (s3.create_bucket, new_bucket),
        (s3.put_bucket_acl, {"Bucket": bucket}),
        (s3.put_object, an_object),
        (s3.put_object_acl, an_object),
    ):
        with pytest.raises(ClientError) as refused:
            call(**params, ACL="public-ready")
        error = refused.value.response["Error"]
        assert (error["Code"], error["ArgumentName"], error["ArgumentValue"]) == (
            "InvalidArgument",
            "x-amz-acl",
            "public-ready",
        )
        assert "public-read," in error["Message"]


def test_access_that_s3_would_not_understand_is_told(s3: Any, bucket: str) -> None:
    for call, params in (
        (s3.put_bucket_acl, {"Bucket": bucket}),
        (s3.put_object, {"Bucket": bucket, "Key": "one"}),
        (s3.create_bucket, {"Bucket": f"{bucket}-2"}),
    ):
        both = {"ACL": "private", "GrantRead": "id=somebody"}
        assert code_of(call, **params, **both) == ("InvalidRequest", 400)


def test_objects_have_no_locks(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one")

    for call, params in (
        (s3.get_object_retention, {}),
        (s3.get_object_legal_hold, {}),
        (s3.put_object_legal_hold, {"LegalHold": {"Status": "ON"}}),
        (s3.put_object_retention, {"Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": "2099-01-01"}}),
    ):
        assert code_of(call, Bucket=bucket, Key="one", **params) == ("InvalidRequest", 400)


def test_a_bucket_that_cannot_be_is_not_made(s3: Any) -> None:
    name = f"t-{uuid.uuid4().hex}"
    for params, code in (
        ({"ACL": "public-read"}, "InvalidBucketAclWithObjectOwnership"),
        ({"ObjectLockEnabledForBucket": True}, "NotImplemented"),
        ({"BucketNamespace": "account-regional"}, "NotImplemented"),
        ({"ObjectOwnership": "Nobody"}, "InvalidArgument"),
        ({"ObjectOwnership": ""}, "InvalidArgument"),
        ({"CreateBucketConfiguration": {"LocationConstraint": "nowhere"}}, "InvalidLocationConstraint"),
        ({"CreateBucketConfiguration": {"Tags": [TAGS[0], TAGS[0]]}}, "InvalidTag"),
    ):
        assert code_of(s3.create_bucket, Bucket=name, **params)[0] == code
    with pytest.raises(ClientError):
        s3.head_bucket(Bucket=name)
    s3.create_bucket(Bucket=name, ObjectOwnership="BucketOwnerPreferred", ACL="private")
    (rule,) = s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
    assert rule == {"ObjectOwnership": "BucketOwnerPreferred"}


def test_buckets_are_listed_by_region(s3: Any, bucket: str) -> None:
    here = s3.list_buckets(BucketRegion="us-east-1", Prefix=bucket)["Buckets"]
    elsewhere = s3.list_buckets(BucketRegion="eu-west-1")

    assert [listed["Name"] for listed in here] == [bucket]
    assert elsewhere.get("Buckets", []) == []


def test_objects_are_listed_as_versions(s3: Any, bucket: str) -> None:
    for key in ("a", "b/1", "b/2", "c d"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())

    listing = s3.list_object_versions(Bucket=bucket)
    assert [
        (version["Key"], version["VersionId"], version["IsLatest"]) for version in listing["Versions"]
    ] == [(key, "null", True) for key in ("a", "b/1", "b/2", "c d")]
    pages = s3.get_paginator("list_object_versions").paginate(
        Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 1}
    )
    seen = [
        entry.get("Key") or entry["Prefix"]
        for page in pages
        for entry in (*page.get("Versions", ()), *page.get("CommonPrefixes", ()))
    ]
    assert seen == ["a", "b/", "c d"]
    marked = s3.list_object_versions(Bucket=bucket, KeyMarker="b/1", VersionIdMarker="null", Prefix="b/")
    assert [version["Key"] for version in marked["Versions"]] == ["b/2"]
    assert code_of(s3.list_object_versions, Bucket=bucket, VersionIdMarker="null") == ("InvalidArgument", 400)


def test_the_only_version_is_read_and_deleted_by_its_id(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x")

    assert s3.get_object(Bucket=bucket, Key="one", VersionId="null")["Body"].read() == b"x"
    assert s3.head_object(Bucket=bucket, Key="one", VersionId="null")["ContentLength"] == 1
    assert code_of(s3.get_object, Bucket=bucket, Key="one", VersionId="other") == ("InvalidArgument", 400)
    s3.delete_object(Bucket=bucket, Key="one", VersionId="null")
    assert "Versions" not in s3.list_object_versions(Bucket=bucket)


def test_a_version_that_is_not_there_keeps_no_other_object_from_being_deleted(s3: Any, bucket: str) -> None:
    for key in ("one", "two", "three"):
        s3.put_object(Bucket=bucket, Key=key)
    entries = [{"Key": "one", "VersionId": "other"}, {"Key": "two", "VersionId": "null"}, {"Key": "three"}]

    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": entries})

    assert answer["Deleted"] == entries[1:]
    (error,) = answer["Errors"]
    assert (error["Key"], error["VersionId"], error["Code"]) == ("one", "other", "NoSuchVersion")
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["one"]
    only = {"Objects": entries[:1], "Quiet": True}
    assert s3.delete_objects(Bucket=bucket, Delete=only)["Errors"] == answer["Errors"]
    assert code_of(s3.delete_objects, Bucket="t-none", Delete=only) == ("NoSuchBucket", 404)


def test_it_is_set_and_read_with_version_2_of_signatures(server, bucket):
    """Of which botocore's does not cover these sub-resources."""
    s3 = server.client("s3", signature_version="s3")
    rules = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}

    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=rules)
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"] == rules
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    by_aws = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=by_aws)
    assert s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]
    s3.delete_bucket_encryption(Bucket=bucket)
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
