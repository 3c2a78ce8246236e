"""What objects refuse, in S3's codes and sentences, so that a door can hand them on."""

from __future__ import annotations

SMALLEST_PART = 5 * 1024 * 1024
"""Bytes that every part of a multipart upload but the last must have."""


class Refused(Exception):
    """An object operation that cannot be done; `code` is S3's."""

    code = "InternalError"


class NoSuchBucket(Refused):
    code = "NoSuchBucket"

    def __init__(self, bucket: str) -> None:
        super().__init__("The specified bucket does not exist")
        self.bucket = bucket


class NoSuchKey(Refused):
    code = "NoSuchKey"

    def __init__(self, key: str) -> None:
        super().__init__("The specified key does not exist.")
        self.key = key


class BucketExists(Refused):
    code = "BucketAlreadyOwnedByYou"

    def __init__(self, bucket: str) -> None:
        super().__init__("Your previous request to create the named bucket succeeded and you already own it.")
        self.bucket = bucket


class BucketNotEmpty(Refused):
    code = "BucketNotEmpty"

    def __init__(self, bucket: str) -> None:
        super().__init__("The bucket you tried to delete is not empty")
        self.bucket = bucket


class InvalidRange(Refused):
    code = "InvalidRange"

    def __init__(self, size: int) -> None:
        super().__init__("The requested range is not satisfiable")
        self.size = size


class PreconditionFailed(Refused):
    code = "PreconditionFailed"

    def __init__(self, condition: str) -> None:
        super().__init__("At least one of the pre-conditions you specified did not hold")
        self.condition = condition


class NoSuchUpload(Refused):
    code = "NoSuchUpload"

    def __init__(self, upload: str) -> None:
        super().__init__(
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
            "aborted or completed."
        )
        self.upload = upload


class InvalidPart(Refused):
    code = "InvalidPart"

    def __init__(self, number: int) -> None:
        super().__init__(
            "One or more of the specified parts could not be found. The part may not have been uploaded, or "
            f"the specified entity tag may not match the part's entity tag. (Part {number})"
        )


class InvalidPartOrder(Refused):
    code = "InvalidPartOrder"

    def __init__(self) -> None:
        super().__init__(
            "The list of parts was not in ascending order. Parts must be ordered by part number."
        )


class EntityTooSmall(Refused):
    code = "EntityTooSmall"

    def __init__(self, number: int, size: int) -> None:
        super().__init__(
            "Your proposed upload is smaller than the minimum allowed size "
            f"(part {number} has {size} bytes; every part but the last needs {SMALLEST_PART})"
        )


class Elsewhere(Refused):
    """The S3 behind us said something that none of the others covers."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BodyLost(Refused):
    def __init__(self, bucket: str, key: str, path: str) -> None:
        super().__init__(f"The body of s3://{bucket}/{key} is missing on disk: {path}")
