"""What a manifest may name, and how a line that names nothing is told."""

from __future__ import annotations

import json

import pytest

from secondlook.client.batch import source
from secondlook.client.client_file import Access
from secondlook.client.errors import SecondlookError
from secondlook.client.service import Service

SERVICE = Service(Access("http://127.0.0.1:9", "us-east-1", "AKIA", "secret"))


def things(tmp_path, lines: bytes) -> list[source.Thing]:
    path = tmp_path / "list"
    path.write_bytes(lines)
    return list(source.of(SERVICE, str(path)).things())


@pytest.mark.parametrize("key", ["a b", "写真\u30001.jpg", "👩\u200d🚀.jpg", "a\nb", "../x", "/lead", "a//b"])
def test_keys_are_what_they_are(tmp_path, key):
    line = json.dumps({"source-ref": f"s3://pictures/{key}", "class": 1}).encode()

    assert [source.Thing(f"s3://pictures/{key}")] == things(tmp_path, b"\n" + line + b"\n\n")


@pytest.mark.parametrize(
    "uri",
    [
        "s3:///k",
        "s3://UPPER/k",
        "s3://a_b!/k",
        "s3://pictures",
        "s3://pictures/",
        "s3://pictures/\ud800",
        7,
        None,
    ],
)
def test_a_line_that_can_name_no_object_is_told_by_its_number(tmp_path, uri):
    good = b'{"source-ref": "s3://pictures/1"}\n'

    with pytest.raises(SecondlookError, match=r"line 2 of .*/list names no object: it is \{"):
        things(tmp_path, good + json.dumps({"source-ref": uri}).encode())
