"""The JSON-like text of templates' attributes: the same cases as the element library's own reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.cli.acceptance.lenient_json import LenientJsonError, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)  # fmt: skip


@given(VALUES)
def test_what_json_writes_is_read_back(value):
    assert value == parse(json.dumps(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("['car', 'person']", ["car", "person"]),
        ("{text: 'None of the above',}", {"text": "None of the above"}),
        ('[{"a": 1,},\n // one\n {"a": .5}, /* two */ ]', [{"a": 1}, {"a": 0.5}]),
        ("[0x1F, +2, -3., 1e3]", [31, 2, -3.0, 1000.0]),
        (r"'it\'s \u00e9 \x41 \n'", "it's é A \n"),
        ("{größe: 1, $a-b_1: null}", {"größe": 1, "$a-b_1": None}),
        ("\ufeff []", []),
    ],
)
def test_what_templates_write(text, expected):
    assert expected == parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a list, an object, a quoted text or a number at character 1, the text ends"),
        ("[1 2]", 'expected "," or "]" at character 4, found \'2]\''),
        ("{a 1}", 'expected ":" after a key at character 4'),
        ("{: 1}", "expected a key at character 2"),
        ("'open", "expected a closing ' at character 6, the text ends"),
        ("[] []", "expected nothing more at character 4"),
        (r"'\u12'", "expected 4 hexadecimal digits"),
        ("[yes]", "expected a list, an object"),
    ],
)
def test_what_cannot_be_read_says_where(text, message):
    with pytest.raises(LenientJsonError) as caught:
        parse(text)

    assert message in str(caught.value)
