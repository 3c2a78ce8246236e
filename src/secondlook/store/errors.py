"""What objects refuse, in S3's codes, statuses and sentences, so that a door can hand them on."""

from __future__ import annotations

from typing import Any

SMALLEST_PART = 5 * 1024 * 1024
"""Bytes that every part of a multipart upload but the last must have."""


class ObjectError(Exception):
    """An object operation that cannot be done. `members` are what S3 adds to the error."""

    code = "InternalError"
    status = 500

    def __init__(self, message: str, **members: Any) -> None:
        super().__init__(message)
        self.members = members


class NoSuchBucket(ObjectError):
    code, status = "NoSuchBucket", 404

    def __init__(self, bucket: str) -> None:
        super().__init__("The specified bucket does not exist", BucketName=bucket)


class NoSuchKey(ObjectError):
    code, status = "NoSuchKey", 404

    def __init__(self, key: str) -> None:
        super().__init__("The specified key does not exist.", Key=key)


class NoSuchVersion(ObjectError):
    code, status = "NoSuchVersion", 404

    def __init__(self) -> None:
        super().__init__("The specified version does not exist.")


class BucketExists(ObjectError):
    code, status = "BucketAlreadyOwnedByYou", 409

    def __init__(self, bucket: str) -> None:
        super().__init__(
            "Your previous request to create the named bucket succeeded and you already own it.",
            BucketName=bucket,
        )


class BucketNotEmpty(ObjectError):
    code, status = "BucketNotEmpty", 409

    def __init__(self, bucket: str) -> None:
        super().__init__("The bucket you tried to delete is not empty", BucketName=bucket)


class InvalidRange(ObjectError):
    code, status = "InvalidRange", 416

    def __init__(self, size: int) -> None:
        super().__init__("The requested range is not satisfiable", ActualObjectSize=size)
        self.size = size


class InvalidPartNumber(ObjectError):
    code, status = "InvalidPartNumber", 416

    def __init__(self, count: int) -> None:
        super().__init__("The requested partnumber is not satisfiable", ActualPartCount=count)


class PreconditionFailed(ObjectError):
    code, status = "PreconditionFailed", 412

    def __init__(self, condition: str) -> None:
        super().__init__("At least one of the pre-conditions you specified did not hold", Condition=condition)


class MetadataTooLarge(ObjectError):
    code, status = "MetadataTooLarge", 400

    def __init__(self, size: int, most: int, why: str = "") -> None:
        words = "Your metadata headers exceed the maximum allowed metadata size"
        super().__init__(f"{words}: {why}" if why else words, Size=size, MaxSizeAllowed=most)


class NoSuchUpload(ObjectError):
    code, status = "NoSuchUpload", 404

    def __init__(self, upload: str) -> None:
        super().__init__(
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
            "aborted or completed.",
            UploadId=upload,
        )


class InvalidPart(ObjectError):
    code, status = "InvalidPart", 400

    def __init__(self, number: int | None = None) -> None:
        super().__init__(
            "One or more of the specified parts could not be found. The part may not have been uploaded, or "
            "the specified entity tag may not match the part's entity tag.",
            **({} if number is None else {"PartNumber": number}),
        )


class InvalidPartOrder(ObjectError):
    code, status = "InvalidPartOrder", 400

    def __init__(self) -> None:
        super().__init__(
            "The list of parts was not in ascending order. Parts must be ordered by part number."
        )


class EntityTooSmall(ObjectError):
    code, status = "EntityTooSmall", 400

    def __init__(self, number: int, size: int) -> None:
        super().__init__(
            "Your proposed upload is smaller than the minimum allowed size",
            ProposedSize=size,
            MinSizeAllowed=SMALLEST_PART,
            PartNumber=number,
        )


class BodyLost(ObjectError):
    """Not the client's fault: a file under the objects' directory was removed or cut short. AWS has no word for it.

    410, not 500: SDKs ask again after a 500, some for minutes. And not 404: lists show the object, and whoever mirrors a
    bucket must not take it for deleted.
    """

    code, status = "ObjectBodyLost", 410

    def __init__(self, bucket: str, key: str) -> None:
        super().__init__(
            f"The body of s3://{bucket}/{key} is lost on the server's disk. Put the object again, or let the server's admin "
            "restore it from a backup; the server's log has the details.",
            BucketName=bucket,
            Key=key,
        )


class DiskFailed(ObjectError):
    """The disk that bodies lie on takes no more or does not read; the same may succeed once its admin has seen to it."""

    code, status = "ServiceUnavailable", 503

    def __init__(self, how: str, what: str) -> None:
        super().__init__(
            f"Objects cannot be {what} just now: the disk that they lie on {how}. "
            "The admin of this server finds the details in its log."
        )


class Elsewhere(ObjectError):
    """The S3 behind us said something that none of the others covers."""

    def __init__(self, code: str, status: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
