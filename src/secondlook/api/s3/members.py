"""What may be asked of each operation on objects: every member of its input is taken, without effect, or refused by name.

Closed unless opened: a member that has no place here, because S3 has just invented it, is refused and never ignored.
What is taken is read by the operation, which may still refuse its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from secondlook.wire.http import Request
from secondlook.wire.s3_errors import not_implemented

WITHOUT_EFFECT: Mapping[str, str] = {
    "RequestPayer": "nobody pays for requests here",
    "MFA": "no bucket asks for a second factor to delete",
    "BypassGovernanceRetention": "no object is locked",
    "OptionalObjectAttributes": "no object is archived, so none is being restored",
    "ContentLength": "HTTP itself says how long the body is",
}
"""Member → why nothing is lost by leaving it alone."""

UNSERVED: Mapping[str, str] = {
    "WebsiteRedirectLocation": "website redirects",
    "ObjectLockMode": "object locks",
    "ObjectLockRetainUntilDate": "object locks",
    "ObjectLockLegalHoldStatus": "object locks",
    "ObjectLockEventHold": "object locks",
    "ObjectLockEventHoldDurationDays": "object locks",
    "ObjectLockEventHoldDurationYears": "object locks",
    "WriteOffsetBytes": "appending to objects",
}
"""Member → what it asks for, in the words of the error."""

_BUCKET = ("Bucket", "ExpectedBucketOwner")
_KEY = (*_BUCKET, "Key")
_OBJECT = (*_KEY, "VersionId")
_UPLOAD = (*_KEY, "UploadId")
_SOURCE = (
    "CopySource",
    "CopySourceIfMatch",
    "CopySourceIfModifiedSince",
    "CopySourceIfNoneMatch",
    "CopySourceIfUnmodifiedSince",
    "CopySourceSSECustomerAlgorithm",
    "CopySourceSSECustomerKey",
    "CopySourceSSECustomerKeyMD5",
    "ExpectedSourceBucketOwner",
)
_SUMS = (
    "ChecksumCRC32",
    "ChecksumCRC32C",
    "ChecksumCRC64NVME",
    "ChecksumSHA1",
    "ChecksumSHA256",
    "ChecksumSHA512",
    # `checksums` refuses these with the names of those above.
    "ChecksumMD5",
    "ChecksumXXHASH3",
    "ChecksumXXHASH64",
    "ChecksumXXHASH128",
)
_BODY = ("Body", "ContentMD5", "ChecksumAlgorithm", *_SUMS)
_CUSTOMER_KEY = ("SSECustomerAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5")
_LIST = ("ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP")
_ABOUT = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "ContentType",
    "Expires",
    "Metadata",
    "StorageClass",
    "Tagging",
    *_LIST,
    "ServerSideEncryption",
    "SSEKMSKeyId",
    "SSEKMSEncryptionContext",
    "BucketKeyEnabled",
    *_CUSTOMER_KEY,
)
_REPLACING = ("IfMatch", "IfNoneMatch")
_READING = (
    *_REPLACING,
    "IfModifiedSince",
    "IfUnmodifiedSince",
    "Range",
    "PartNumber",
    "ChecksumMode",
    "ResponseCacheControl",
    "ResponseContentDisposition",
    "ResponseContentEncoding",
    "ResponseContentLanguage",
    "ResponseContentType",
    "ResponseExpires",
    *_CUSTOMER_KEY,
)
_LISTING = (*_BUCKET, "Delimiter", "EncodingType", "MaxKeys", "Prefix")

_CONDITIONS: Mapping[str, str] = {
    "if-match": "IfMatch",
    "if-none-match": "IfNoneMatch",
    "if-modified-since": "IfModifiedSince",
    "if-unmodified-since": "IfUnmodifiedSince",
}
"""Header of HTTP's conditions (RFC 9110, section 13) → member, where an operation has it."""

TAKEN: Mapping[str, Iterable[str]] = {
    "PutObject": (*_KEY, *_BODY, *_ABOUT, *_REPLACING),
    "GetObject": (*_OBJECT, *_READING),
    "HeadObject": (*_OBJECT, *_READING),
    "GetObjectAttributes": (
        *_OBJECT,
        "ObjectAttributes",
        "MaxParts",
        "PartNumberMarker",
        *_CUSTOMER_KEY,
    ),
    "CopyObject": (
        *_KEY,
        *_SOURCE,
        *_ABOUT,
        *_REPLACING,
        "ChecksumAlgorithm",
        "MetadataDirective",
        "TaggingDirective",
        "AnnotationDirective",
    ),
    "DeleteObject": (*_OBJECT, "IfMatch", "IfMatchLastModifiedTime", "IfMatchSize"),
    "DeleteObjects": (*_BUCKET, "Delete", "ChecksumAlgorithm"),
    "GetObjectAcl": _OBJECT,
    "PutObjectAcl": (
        *_OBJECT,
        *_LIST,
        "GrantWrite",
        "AccessControlPolicy",
        "ContentMD5",
        "ChecksumAlgorithm",
    ),
    "PutObjectTagging": (*_OBJECT, "Tagging", "ContentMD5", "ChecksumAlgorithm"),
    "GetObjectTagging": _OBJECT,
    "DeleteObjectTagging": _OBJECT,
    "CreateMultipartUpload": (*_KEY, *_ABOUT, "ChecksumAlgorithm", "ChecksumType"),
    "UploadPart": (*_UPLOAD, *_BODY, "PartNumber", *_CUSTOMER_KEY),
    "UploadPartCopy": (*_UPLOAD, *_SOURCE, "CopySourceRange", "PartNumber", *_CUSTOMER_KEY),
    "CompleteMultipartUpload": (
        *_UPLOAD,
        *_SUMS,
        *_REPLACING,
        "MultipartUpload",
        "ChecksumType",
        "MpuObjectSize",
        *_CUSTOMER_KEY,
    ),
    "AbortMultipartUpload": (*_UPLOAD, "IfMatchInitiatedTime"),
    "ListParts": (*_UPLOAD, "MaxParts", "PartNumberMarker", *_CUSTOMER_KEY),
    "ListMultipartUploads": (
        *_BUCKET,
        "Delimiter",
        "EncodingType",
        "KeyMarker",
        "MaxUploads",
        "Prefix",
        "UploadIdMarker",
    ),
    "ListObjects": (*_LISTING, "Marker"),
    "ListObjectVersions": (*_LISTING, "KeyMarker", "VersionIdMarker"),
    "ListObjectsV2": (*_LISTING, "ContinuationToken", "FetchOwner", "StartAfter"),
}
"""Operation → the members that it reads. Operations on buckets are not here."""


def check_members(operation: str, params: Mapping[str, Any]) -> None:
    """Raise NotImplemented for the first member that an operation on objects does not take."""
    taken = TAKEN.get(operation)
    if taken is None:
        return
    for name in params:
        if name not in taken and name not in WITHOUT_EFFECT:
            thing = UNSERVED.get(name, f"demands of {operation} of this name")
            raise not_implemented(f"{name}: {thing} are not served here.")


def check_conditions(operation: str, request: Request) -> None:
    """Raise NotImplemented where an object would be changed although a condition, which the operation does not know, may fail."""
    taken = TAKEN.get(operation)
    if taken is None or request.method in {"GET", "HEAD"}:
        return
    for header, member in _CONDITIONS.items():
        if header in request.headers and member not in taken:
            raise not_implemented(
                "A header you provided implies functionality that is not implemented", {"Header": header}
            )
