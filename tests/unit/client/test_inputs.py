"""What a program gives, and what a model and a page get of it."""

from __future__ import annotations

import pytest

from secondlook.client import inputs
from secondlook.client.errors import SecondlookError


@pytest.mark.parametrize(
    ("given", "content_type", "suffix"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg", ".jpg"),
        (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
        (b"RIFF0000WEBP", "image/webp", ".webp"),
        (b"%PDF-1.7", "application/pdf", ".pdf"),
        (b'{"a": 1}', "application/json", ".json"),
        ("Grüße".encode(), "text/plain", ".txt"),
        (b"\xfe\xfd", "application/octet-stream", ".bin"),
        ({"a": "é"}, "application/json", ".json"),
        ([1], "application/json", ".json"),
        (bytearray(b"GIF89a"), "image/gif", ".gif"),
    ],
)
def test_a_body_says_what_it_is(given, content_type, suffix):
    found = inputs.read(given)

    assert (content_type, suffix) == (found.content_type, found.suffix)


@pytest.mark.parametrize(
    ("name", "body", "content_type"),
    [("a.png", b"", "image/png"), ("a", b"%PDF-", "application/pdf"), ("a.csv", b"1,2", "text/csv")],
)
def test_a_file_is_what_its_name_says_or_else_its_content(tmp_path, name, body, content_type):
    (tmp_path / name).write_bytes(body)

    assert content_type == inputs.read(tmp_path / name).content_type
    assert body == inputs.read(str(tmp_path / name)).body
    assert "x/y" == inputs.read(tmp_path / name, "x/y").content_type


def test_an_object_is_left_where_it_is():
    assert "s3://b/k" == inputs.read("s3://b/k").uri
    assert ("b", "k/l") == inputs.bucket_and_key("s3://b/k/l")


@pytest.mark.parametrize("uri", ["s3://", "s3://b", "s3://b/", "s3:///k"])
def test_a_uri_without_an_object_is_refused(uri):
    with pytest.raises(SecondlookError, match="names no object: write s3://BUCKET/KEY"):
        inputs.read(uri)


def test_a_path_that_leads_nowhere_says_what_else_could_be_given(tmp_path):
    with pytest.raises(SecondlookError, match=r"cannot be read \(No such file .* a text as"):
        inputs.read("Hello, what a product")
    with pytest.raises(SecondlookError, match="Is a directory"):
        inputs.read(tmp_path)
