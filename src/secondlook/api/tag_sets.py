"""What a tag of a bucket or an object may be. Pure.

Source: S3 user guide, "Categorizing your objects using tags" and "Using cost allocation S3 bucket tags".
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import malformed_xml

LONGEST_KEY = 128
LONGEST_VALUE = 256
"""Characters."""

SETTING = "Tagging"
"""Under this name a bucket keeps its own."""

_SIGNS = "_.:/=+-@"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What has tags: how many, and how it refuses more, and those that only AWS itself may give."""

    most: int
    too_many: str
    reserved: str


OBJECT = Tagged(10, "Object tags cannot be greater than 10", "Your TagKey cannot be prefixed with aws:")
BUCKET = Tagged(
    50, "Bucket tags cannot be greater than 50", "System tags cannot be added/updated by requester"
)


def of_set(tag_set: Sequence[Mapping[str, str]] | None) -> Sequence[tuple[str, str]]:
    """The tags of a TagSet; MalformedXML where there is none, or one of them is half."""
    if tag_set is None:
        raise malformed_xml("a Tagging has a TagSet")
    if not all({"Key", "Value"} <= tag.keys() for tag in tag_set):
        raise malformed_xml("each Tag has a Key and a Value")
    return [(tag["Key"], tag["Value"]) for tag in tag_set]


def checked(pairs: Sequence[tuple[str, str]], tagged: Tagged) -> Mapping[str, str]:
    """Keys and values, if S3 would take them."""
    if len(pairs) > tagged.most:
        raise AwsError("BadRequest", tagged.too_many, 400)
    for key, value in pairs:
        if not 1 <= len(key) <= LONGEST_KEY or not _is_plain(key):
            raise _invalid("The TagKey you have provided is invalid", TagKey=key)
        if len(value) > LONGEST_VALUE or not _is_plain(value):
            raise _invalid("The TagValue you have provided is invalid", TagKey=key, TagValue=value)
        if key.lower().startswith("aws:"):
            raise _invalid(tagged.reserved, TagKey=key)
    key, times = Counter(key for key, _ in pairs).most_common(1)[0] if pairs else ("", 0)
    if times > 1:
        raise _invalid("Cannot provide multiple Tags with the same key", TagKey=key)
    return dict(pairs)


def of_bucket(document: Mapping[str, Any]) -> dict[str, Any]:
    """The TagSet of a bucket, as it was put."""
    checked(of_set(document.get("TagSet")), BUCKET)
    return {"TagSet": document["TagSet"]}


def _is_plain(text: str) -> bool:
    """Letters, digits and spaces of any language, and a few signs."""
    return all(char in _SIGNS or unicodedata.category(char)[0] in "LNZ" for char in text)


def _invalid(message: str, **members: str) -> AwsError:
    return AwsError("InvalidTag", message, 400, members)
