"""Header values on their way to an S3 and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.store.bucket.encoded_words import decode, encode

VALUES = st.text(st.characters(max_codepoint=0xFF, exclude_categories=["Cc"]))
"""What header fields may hold, each byte a character."""


@given(VALUES | VALUES.map(lambda value: f"=?UTF-8?Q?{value}?=") | VALUES.map(encode))
def test_any_value_comes_back(value: str) -> None:
    assert encode(value).isascii()
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("=?UTF-8?B?S8O2bG4=?=", "KÃ¶ln"),
        ("=?utf-8?q?K=C3=B6ln_am?= =?utf-8?q?_Rhein?=", "KÃ¶ln am Rhein"),
        ("a =?UTF-8?Q?=0D=0A?= b", "a =?UTF-8?Q?=0D=0A?= b"),  # no header field may have a line break
        ("=?UTF-8?B?a?=", "=?UTF-8?B?a?="),
    ],
)
def test_encoded_words_are_read_as_s3_writes_them(header: str, value: str) -> None:
    assert decode(header) == value


def test_what_needs_no_encoding_has_none() -> None:
    assert encode('attachment; filename="a=?.png"') == 'attachment; filename="a=?.png"'
