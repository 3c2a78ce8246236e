"""The input of a prediction, kept where its reviewers and the readers of the answer find it: beside the answers.

    <S3OutputPath>/<flow definition>/inputs/<SHA-256 of the body>.jpg

The same body lies there once, however often it is reviewed. Whoever may read the output may read it, and nobody else: a loop is
granted this one object of the bucket (`review.render.grant`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from secondlook.review.decisions import output
from secondlook.review.errors import Invalid
from secondlook.store import encryption
from secondlook.store.errors import NoSuchBucket, NoSuchKey
from secondlook.store.objects import About, Objects
from secondlook.store.writer import Work
from secondlook.together.subject import Subject


def place(output_path: str, flow_name: str, subject: Subject) -> tuple[str, str]:
    """Bucket and key of an input: a pure function of what it is."""
    bucket, prefix = output.bucket_and_prefix(output_path)
    parts = [prefix] if prefix else []
    return bucket, "/".join([*parts, flow_name, "inputs", subject.sha256 + subject.suffix])


def stage(objects: Objects, bucket: str, key: str, subject: Subject, now: datetime) -> Work[None]:
    """What keeps it there, to be done in the transaction that starts the loop; the body is durable already, if it was not there.

    Blocks, and no transaction of the caller may be open. Raises ObjectError where storage does not take it.
    """
    if _is_there(objects, bucket, key, len(subject.body)):
        return _nothing
    about = About(subject.content_type, encryption=encryption.default(objects, bucket))
    return objects.stage(bucket, key, subject.body, about, now)


def _is_there(objects: Objects, bucket: str, key: str, size: int) -> bool:
    try:
        return objects.head(bucket, key).size == size
    except NoSuchKey:
        return False
    except NoSuchBucket:
        raise Invalid(
            f"The input cannot be kept for its reviewers: the bucket {bucket!r} of the flow definition's S3OutputPath does not "
            "exist any more; create it again."
        ) from None


def _nothing(_: Connection) -> None:
    """It lies there."""
