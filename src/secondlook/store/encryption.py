"""How an object is to be encrypted, as S3's members say it. Kept and told again; nothing here encrypts: the disk does, or nobody.

There is no KMS: a key id is what somebody called a key, and opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.store.objects import Objects

SETTING = "ServerSideEncryptionConfiguration"
"""Under this name a bucket keeps what holds for objects whose writer says nothing."""

KMS = ("aws:kms", "aws:kms:dsse")
ALGORITHMS = ("AES256", *KMS)
WITH_BUCKET_KEY = "aws:kms"
"""The only algorithm that can use a key of the bucket."""

CUSTOMER = "SSE-C"
"""What a bucket calls a customer's key when it takes none."""

CUSTOMERS = "is encrypted with a customer's key (SSE-C), which this server does not keep"
"""Why nothing of this server reads such an object for a requester, behind what it is."""


def with_key(key_id: str | None) -> Mapping[str, Any]:
    """By a key of KMS; with no key, nothing is said."""
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key_id} if key_id else {}


def default(objects: Objects, bucket: str) -> Mapping[str, Any]:
    """What the bucket says of objects whose writer says nothing; nothing, if it says nothing either."""
    rule = _rule(objects, bucket)
    by_default = rule.get("ApplyServerSideEncryptionByDefault")
    if not by_default:
        return {}
    said = {"ServerSideEncryption": by_default["SSEAlgorithm"]}
    if by_default.get("KMSMasterKeyID"):
        said["SSEKMSKeyId"] = by_default["KMSMasterKeyID"]
    return said | (_bucket_key(rule) if by_default["SSEAlgorithm"] == WITH_BUCKET_KEY else {})


def bucket_key(objects: Objects, bucket: str) -> Mapping[str, Any]:
    """What the bucket says of its own key, to writers who ask for KMS and say nothing of that."""
    return _bucket_key(_rule(objects, bucket))


def _bucket_key(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"BucketKeyEnabled": True} if rule.get("BucketKeyEnabled") else {}


def blocks_customer_keys(objects: Objects, bucket: str) -> bool:
    """Whether the bucket takes no new object with a key of the customer's."""
    blocked = _rule(objects, bucket).get("BlockedEncryptionTypes") or {}
    return CUSTOMER in (blocked.get("EncryptionType") or ())


def is_customers(kept: Mapping[str, Any]) -> bool:
    """Whether an object can be read only by who has its key."""
    return "SSECustomerAlgorithm" in kept


def _rule(objects: Objects, bucket: str) -> Mapping[str, Any]:
    configuration = objects.buckets.known_setting(bucket, SETTING)
    rule: Mapping[str, Any] = {} if configuration is None else configuration["Rules"][0]
    return rule
