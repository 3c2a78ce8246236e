"""What each scope of access keys may do: the one table behind the door for programs, the help, the console and the docs. Pure.

An operation that has no row here takes an admin's key, so one that is added cannot be open by accident.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

ADMIN = "admin"
REQUESTER = "requester"
RUNTIME = "runtime"

SCOPES: Mapping[str, str] = {
    ADMIN: "everything: also people, their sessions, access keys and settings",
    REQUESTER: "every AWS operation, the catalog, loops, events and webhooks; no people, sessions, keys or settings",
    RUNTIME: "human loops, InvokeEndpoint, Textract, Rekognition, and objects of the buckets it is bound to",
}
"""What a program's key may be limited to, and what it may do then. Each may do what the ones below it may."""

LINK = "link"
"""The scope of the server's own key: good for reading one object by a presigned link."""

INTERNAL_BUCKET = "secondlook-internal"
"""Holds what the server itself must hand out by a signed link; never listed, never granted to a template."""

EVERY = "*"

_OBJECTS = (
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CopyObject",
    "CreateMultipartUpload",
    "DeleteObject",
    "DeleteObjectTagging",
    "DeleteObjects",
    "GetBucketLocation",
    "GetObject",
    "GetObjectAcl",
    "GetObjectAttributes",
    "GetObjectTagging",
    "HeadBucket",
    "HeadObject",
    "ListBuckets",
    "ListMultipartUploads",
    "ListObjectVersions",
    "ListObjects",
    "ListObjectsV2",
    "ListParts",
    "PutObject",
    "PutObjectAcl",
    "PutObjectTagging",
    "UploadPart",
    "UploadPartCopy",
)

LEAST: Mapping[str, Mapping[str, str]] = {
    "sagemaker": {EVERY: REQUESTER},
    "sagemaker-a2i-runtime": {EVERY: RUNTIME},
    "sagemaker-runtime": {EVERY: RUNTIME},
    "s3": {EVERY: REQUESTER, **dict.fromkeys(_OBJECTS, RUNTIME)},
    "s3control": {EVERY: REQUESTER},
    "sts": {EVERY: RUNTIME},
    "iam": {EVERY: REQUESTER},
    "textract": {EVERY: RUNTIME},
    "rekognition": {EVERY: RUNTIME},
    "logs": {EVERY: REQUESTER},
    "secondlook": {
        "GetServer": REQUESTER,
        "ListProducts": REQUESTER,
        "DescribeProduct": REQUESTER,
        "Subscribe": REQUESTER,
        "Unsubscribe": REQUESTER,
        "ListLoops": REQUESTER,
        "DescribeLoop": REQUESTER,
        "UpdateLoop": REQUESTER,
        "DescribeFlow": REQUESTER,
        "UpdateFlow": REQUESTER,
        "DescribeTransformProgress": REQUESTER,
        "ListTransformProgress": REQUESTER,
        "ReviewObject": RUNTIME,
        "ListPredictions": REQUESTER,
        "EvaluateConditions": REQUESTER,
        "WriteOutput": REQUESTER,
        "ListEvents": REQUESTER,
        "ListTemplates": REQUESTER,
        "CreateWebhook": REQUESTER,
        "ListWebhooks": REQUESTER,
        "DeleteWebhook": REQUESTER,
        "ListDeliveries": REQUESTER,
        "CreateTeam": ADMIN,
        "ListMembers": ADMIN,
        "RemoveMember": ADMIN,
        "ListPeople": ADMIN,
        "ResetPassword": ADMIN,
        "IssueSession": ADMIN,
        "IssueSignInLink": ADMIN,
        "ListJournal": ADMIN,
        "CreateKey": ADMIN,
        "ListKeys": ADMIN,
        "RevokeKey": ADMIN,
    },
}
"""Service → operation → the narrowest scope that may call it; `EVERY` stands for those of AWS that have no row."""

_LINKED = frozenset({"GetObject", "HeadObject"})


def least(service: str, operation: str) -> str:
    """The narrowest scope that may call an operation."""
    rows = LEAST.get(service, {})
    return rows.get(operation, rows.get(EVERY, ADMIN))


def may_call(scope: str, service: str, operation: str) -> bool:
    """Whether a key of this scope may call an operation."""
    if scope == LINK:
        return service == "s3" and operation in _LINKED
    return scope in _at_least(least(service, operation))


def may_use(buckets: Collection[str] | None, bucket: str) -> bool:
    """Whether whoever is bound to `buckets` (None: to none in particular) may use a bucket. Nobody may use our own."""
    return bucket != INTERNAL_BUCKET and (buckets is None or bucket in buckets)


def _at_least(scope: str) -> tuple[str, ...]:
    scopes = tuple(SCOPES)
    return scopes[: scopes.index(scope) + 1]
