"""Names of files, and text of strangers in files."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.client.formats.characters import file_name, is_picture, json_text

UNSAFE = st.text(alphabet=st.characters(exclude_categories=()), max_size=400)


@pytest.mark.parametrize(
    ("uri", "content_type", "expected"),
    [
        ("s3://b/day 1/street.JPEG", None, "street-*.jpeg"),
        ("s3://b/../../etc/passwd", None, "passwd-*.jpg"),
        ("s3://b/..", None, "item-*.jpg"),
        ("s3://b/nul.tar.png", None, "nul_tar-*.png"),
        ("s3://b/CON", "image/png; charset=x", "CON-*.png"),
        ("s3://b/a\\..\\b:c.webp", None, "a_b_c-*.webp"),
        ("s3://b/-rf.gif", None, "rf-*.gif"),
        ("s3://b/\u732b.png", None, "item-*.png"),
        ("s3://b/evil.exe", None, "evil-*.jpg"),
        (None, "text/plain", "item-1-*.jpg"),
    ],
)
def test_a_file_is_named_after_its_object(uri, content_type, expected):
    name = file_name("item-1", uri, content_type)

    assert expected == re.sub(r"-[0-9a-f]{16}\.", "-*.", name)


@pytest.mark.parametrize(
    ("content_type", "uri", "expected"),
    [
        ("image/png", None, True),
        ("Image/JPEG; q=1", None, True),
        ("application/x-image", None, True),
        ("application/octet-stream", "s3://b/k.PNG", True),
        (None, "s3://b/k.txt", False),
        ("application/json", "s3://b/k", False),
        (None, None, False),
    ],
)
def test_a_picture_is_known_by_its_type_or_its_name(content_type, uri, expected):
    assert expected == is_picture(content_type, uri)


def test_objects_of_the_same_name_have_files_of_their_own():
    assert file_name("p-1", "s3://b/a/x.jpg") != file_name("p-2", "s3://b/b/x.jpg")


@given(UNSAFE, UNSAFE)
def test_any_key_becomes_a_name_that_every_file_system_takes(identity, key):
    name = file_name(identity, f"s3://bucket/{key}")

    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}-[0-9a-f]{16}\.[a-z]{3,4}", name)


@given(UNSAFE)
def test_any_text_is_one_line_of_json_in_utf_8(text):
    line = json_text([text])

    assert not set(line) & {"\n", "\r"}
    assert text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") == json.loads(line.encode())[0]
