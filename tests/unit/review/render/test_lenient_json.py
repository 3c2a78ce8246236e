"""The JSON-like text of templates' attributes: the same cases as the element library's own reader."""

from __future__ import annotations

import json
from math import inf
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.render.lenient_json import LenientJsonError, parse

CASES = json.loads(
    (Path(__file__).parents[4] / "elements/src/base/lenient-json.cases.json").read_text(encoding="utf-8")
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)  # fmt: skip


@given(VALUES)
def test_what_json_writes_is_read_back(value):
    assert value == parse(json.dumps(value))


@pytest.mark.parametrize("case", CASES["read"], ids=itemgetter("title"))
def test_what_templates_write(case):
    assert case["value"] == parse(case["text"])


@pytest.mark.parametrize("case", CASES["refused"], ids=itemgetter("title"))
def test_what_cannot_be_read(case):
    with pytest.raises(LenientJsonError):
        parse(case["text"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text ends too early"),
        ("[1", "the text ends too early"),
        ("[1,", "the text ends too early"),
        ("['car' 'person']", "unexpected \"'person']\" at character 8"),
        ("[ // first\n yes]", "unexpected 'yes]' at character 13"),
        ("{a: 'open", 'unexpected "\'open" at character 5'),
    ],
)
def test_the_place_is_said(text, message):
    with pytest.raises(LenientJsonError) as caught:
        parse(text)

    assert message == str(caught.value)


def test_the_numbers_that_json_has_no_word_for():
    assert [-inf, inf, inf] == parse("[-Infinity, Infinity, 1e999]")
