"""No member of an operation on objects is ignored by oversight, also not one that S3 has just invented."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from secondlook.api import s3
from secondlook.api.operations import served
from secondlook.api.s3 import members
from secondlook.wire import specs
from secondlook.wire.errors import AwsError

S3 = specs.load("s3")
READ_AS_HEADERS = {
    "Body": "a stream",
    "ContentMD5": "checksums.integrity",
    "CacheControl": "about.KEPT",
    "ContentDisposition": "about.KEPT",
    "ContentEncoding": "chunked.content_encoding",
    "ContentLanguage": "about.KEPT",
    "Expires": "about.KEPT",
    "MetadataDirective": "copies, by what it is of",
    "TaggingDirective": "copies, by what it is of",
    "AnnotationDirective": "copies, by what it is of",
}
"""Members that the source does not name, and what reads them."""


WITHOUT_A_KEY = {
    "DeleteObjects",
    "ListMultipartUploads",
    "ListObjects",
    "ListObjectsV2",
    "ListObjectVersions",
}
"""Operations on objects whose input names none."""

REFUSING = {"GetObjectRetention", "PutObjectRetention", "GetObjectLegalHold", "PutObjectLegalHold"}
"""Operations that refuse whatever they are asked."""


def on_objects() -> list[str]:
    names = [name for name in served("s3") if S3.operation(name).input and name not in REFUSING]
    return [name for name in names if name in WITHOUT_A_KEY or "Key" in S3.operation(name).input.members]


def named_in_source() -> set[str]:
    """Every text in the modules of S3 but in the table itself."""
    modules = Path(s3.__file__).parent.rglob("*.py")
    trees = [ast.parse(path.read_text()) for path in modules if path.name != "members.py"]
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}


@pytest.mark.parametrize("operation", on_objects())
def test_every_member_has_its_place(operation: str) -> None:
    known = S3.operation(operation).input.members.keys()
    taken = set(members.TAKEN[operation])

    assert known - taken - members.WITHOUT_EFFECT.keys() - members.UNSERVED.keys() == set()
    assert taken - known == set(), "a member that the operation has not"
    assert taken & (members.WITHOUT_EFFECT.keys() | members.UNSERVED.keys()) == set()


def test_the_table_is_of_operations_that_are_served() -> None:
    assert members.TAKEN.keys() == set(on_objects())


def test_what_is_taken_is_read() -> None:
    """Members of encryption and checksums are read by parts of their names."""
    taken = {name for taken in members.TAKEN.values() for name in taken}
    plain = {name for name in taken if not name.startswith("Checksum") and "SSE" not in name}

    assert plain - named_in_source() - READ_AS_HEADERS.keys() - {"BucketKeyEnabled"} == set()


@pytest.mark.parametrize("name", [*members.UNSERVED, "InventedYesterday"])
def test_what_is_not_taken_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(AwsError, match=f"NotImplemented: {name}: .* not served"):
        members.check_members("PutObject", {"Bucket": "b", name: "x"})


def test_what_has_no_effect_is_let_in_and_other_operations_too() -> None:
    members.check_members("DeleteObject", dict.fromkeys(members.WITHOUT_EFFECT, "x"))
    members.check_members("CreateBucket", {"InventedYesterday": "x"})
