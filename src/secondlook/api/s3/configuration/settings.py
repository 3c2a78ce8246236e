"""The settings of a bucket: one row for each, with the operations that read, write and delete it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secondlook.api import tag_sets
from secondlook.api.s3.configuration import lifecycle
from secondlook.api.s3.configuration.checks import (
    CORS,
    ENCRYPTION,
    OWNERSHIP,
    PUBLIC_ACCESS,
    bucket_encryption,
    cors_rules,
    ownership,
    public_access,
)
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import not_implemented

Check = Callable[[Any], Any]
"""What is put → what is kept of it; raises AwsError for what cannot be."""


def _only(promise: str, *taken: Mapping[str, Any]) -> Check:
    """Take what asks for nothing, refuse what asks for more."""

    def check(document: Any) -> Any:
        if document not in taken:
            raise not_implemented(f"{promise} here; taken is only {' or '.join(map(str, taken))}.")
        return document

    return check


def _versioning(document: Any) -> Any:
    if "Status" not in document:
        raise AwsError(
            "IllegalVersioningConfigurationException", "The Versioning element must be specified", 400
        )
    return _only(
        "VersioningConfiguration: versions are not kept",
        {"Status": "Suspended"},
        {"Status": "Suspended", "MFADelete": "Disabled"},
    )(document)


def _never(error: AwsError) -> Check:
    def check(_: Any) -> Any:
        raise error

    return check


@dataclass(frozen=True, slots=True)
class Setting:
    """A part of a bucket's configuration, by the operation that reads it.

    Where nothing is kept, that answers `unsaid`, or the error `missing` (code and message, 404). `put` is the operation that
    writes it and the member that holds it: of the request, and of the answer too where that is `wrapped`. `beside` are
    members of request and answers that are kept with it, and what they may say, first if they say nothing; `from_json` makes
    the answer of what is kept.
    """

    get: str
    remark: str
    unsaid: Mapping[str, Any] | None = None
    missing: tuple[str, str] = ("", "")
    put: tuple[str, str] | None = None  # operation, member
    check: Check | None = None
    wrapped: bool = False
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    from_json: Callable[[Any], dict[str, Any]] = dict
    delete: str | None = None

    @property
    def name(self) -> str:
        """Under which it is kept."""
        return self.put[1] if self.put else self.get


NO_CONFIGURATION = ("NoSuchConfiguration", "The specified configuration does not exist.")

SETTINGS = (
    Setting(
        "GetBucketTagging",
        "Tags decide nothing; they are kept for whoever tells buckets apart by them.",
        missing=("NoSuchTagSet", "The TagSet does not exist"),
        put=("PutBucketTagging", tag_sets.SETTING),
        check=tag_sets.of_bucket,
        delete="DeleteBucketTagging",
    ),
    Setting(
        "GetBucketCors",
        "Enforced for pages of other origins; links that this server signs itself stay open.",
        missing=("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
        put=("PutBucketCors", CORS),
        check=cors_rules,
        delete="DeleteBucketCors",
    ),
    Setting(
        "GetBucketEncryption",
        "Kept, and put down on new objects; a blocked SSE-C is refused. Nothing is encrypted here but by the disk.",
        missing=(
            "ServerSideEncryptionConfigurationNotFoundError",
            "The server side encryption configuration was not found",
        ),
        put=("PutBucketEncryption", ENCRYPTION),
        check=bucket_encryption,
        wrapped=True,
        delete="DeleteBucketEncryption",
    ),
    Setting(
        "GetBucketOwnershipControls",
        "Kept. One account owns everything here, so each of them holds; ACLs are not served with any.",
        missing=("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
        put=("PutBucketOwnershipControls", OWNERSHIP),
        check=ownership,
        wrapped=True,
        delete="DeleteBucketOwnershipControls",
    ),
    Setting(
        "GetPublicAccessBlock",
        "Kept. Nothing here is ever public, whatever it says.",
        missing=(
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found",
        ),
        put=("PutPublicAccessBlock", PUBLIC_ACCESS),
        check=public_access,
        wrapped=True,
        delete="DeletePublicAccessBlock",
    ),
    Setting(
        "GetBucketVersioning",
        "Versions are not kept: a bucket may say Suspended, and each object is the version `null`.",
        unsaid={},
        put=("PutBucketVersioning", "VersioningConfiguration"),
        check=_versioning,
    ),
    Setting(
        "GetBucketLogging",
        "Access is not logged into buckets.",
        unsaid={},
        put=("PutBucketLogging", "BucketLoggingStatus"),
        check=_only("BucketLoggingStatus: access is not logged into buckets", {}),
    ),
    Setting(
        "GetBucketNotificationConfiguration",
        "Buckets announce nothing.",
        unsaid={},
        put=("PutBucketNotificationConfiguration", "NotificationConfiguration"),
        check=_only("NotificationConfiguration: buckets announce nothing", {}),
    ),
    Setting(
        "GetBucketRequestPayment",
        "Nobody pays.",
        unsaid={"Payer": "BucketOwner"},
        put=("PutBucketRequestPayment", "RequestPaymentConfiguration"),
        check=_only("RequestPaymentConfiguration: requesters do not pay", {"Payer": "BucketOwner"}),
    ),
    Setting(
        "GetBucketAccelerateConfiguration",
        "There is one way to this server.",
        unsaid={},
        put=("PutBucketAccelerateConfiguration", "AccelerateConfiguration"),
        check=_only("AccelerateConfiguration: transfers are not accelerated", {"Status": "Suspended"}),
    ),
    Setting(
        "GetBucketPolicy",
        "Access keys decide who may do what.",
        missing=("NoSuchBucketPolicy", "The bucket policy does not exist"),
        delete="DeleteBucketPolicy",
    ),
    Setting(
        "GetBucketPolicyStatus",
        "As S3 answers for a bucket without a policy.",
        missing=("NoSuchBucketPolicy", "The bucket policy does not exist"),
    ),
    Setting(
        "GetBucketWebsite",
        "Buckets are no websites.",
        missing=("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        delete="DeleteBucketWebsite",
    ),
    Setting(
        "GetBucketLifecycleConfiguration",
        "Objects stay until they are deleted: rules are kept that are Disabled, or about versions, of which there are none.",
        missing=("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
        put=("PutBucketLifecycleConfiguration", "LifecycleConfiguration"),
        check=lifecycle.as_json,
        from_json=lifecycle.from_json,
        beside={
            "TransitionDefaultMinimumObjectSize": ("all_storage_classes_128K", "varies_by_storage_class")
        },
        delete="DeleteBucketLifecycle",
    ),
    Setting(
        "GetBucketReplication",
        "Objects are not replicated.",
        missing=(
            "ReplicationConfigurationNotFoundError",
            "The replication configuration was not found",
        ),
        delete="DeleteBucketReplication",
    ),
    Setting(
        "GetObjectLockConfiguration",
        "Objects are not locked.",
        missing=(
            "ObjectLockConfigurationNotFoundError",
            "Object Lock configuration does not exist for this bucket",
        ),
        put=("PutObjectLockConfiguration", "ObjectLockConfiguration"),
        check=_never(
            AwsError(
                "InvalidBucketState",
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
                409,
            )
        ),
    ),
    *(
        Setting(
            f"GetBucket{kind}Configuration",
            "There is none.",
            missing=NO_CONFIGURATION,
            delete=f"DeleteBucket{kind}Configuration",
        )
        for kind in ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
    ),
    *(
        Setting(f"ListBucket{kind}Configurations", "There are none.", unsaid={"IsTruncated": False})
        for kind in ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
    ),
)
