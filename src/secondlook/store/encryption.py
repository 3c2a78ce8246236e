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


def with_key(key_id: str | None) -> Mapping[str, Any]:
    """By a key of KMS; with no key, nothing is said."""
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key_id} if key_id else {}


def default(objects: Objects, bucket: str) -> Mapping[str, Any]:
    """What the bucket says of objects whose writer says nothing; nothing, if it says nothing either."""
    configuration = objects.buckets.setting(bucket, SETTING)
    if configuration is None:
        return {}
    rule = configuration["Rules"][0]
    asked = rule["ApplyServerSideEncryptionByDefault"]
    said = {"ServerSideEncryption": asked["SSEAlgorithm"]}
    if asked.get("KMSMasterKeyID"):
        said["SSEKMSKeyId"] = asked["KMSMasterKeyID"]
    return said | ({"BucketKeyEnabled": True} if rule["BucketKeyEnabled"] else {})
