"""What an answer must be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.decisions.answer import accept
from secondlook.review.errors import Invalid

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
KEYS = st.text(CHARACTERS, max_size=8)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, JSON, max_size=5))
def test_a_json_object_is_accepted_as_it_is(answer):
    assert answer == accept(answer)


@given(st.dictionaries(KEYS, JSON, max_size=5))
def test_its_keys_come_out_sorted(answer):
    assert sorted(answer) == list(accept(answer))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [([], "an array"), ("x", "a string"), (None, "null"), (True, "a boolean"), (1, "a number")],
)
def test_anything_but_an_object_is_refused_by_its_kind(answer, kind):
    with pytest.raises(Invalid, match=kind):
        accept(answer)


def test_a_number_that_json_cannot_hold_is_named_by_its_place():
    with pytest.raises(Invalid, match=r"answer\.tool\.boxes\[1\]"):
        accept({"tool": {"boxes": [1.0, math.nan]}})


def test_nesting_without_end_is_refused():
    deep: dict = {}
    for _ in range(100):
        deep = {"d": deep}

    with pytest.raises(Invalid, match="deeper than 64"):
        accept(deep)
