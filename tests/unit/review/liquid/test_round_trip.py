"""Whatever the input holds arrives in the browser as it was: in text, and in attributes of both quotings."""

from __future__ import annotations

import json
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.liquid import render

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
CONTAINERS = st.lists(VALUES) | st.dictionaries(st.text(), VALUES)
FORMS = st.sampled_from(
    ["{{ task.input }}", "{{ task.input | to_json }}", "{{ task.input | to_json | escape }}"]
)
PLACES = st.sampled_from([('<a b="', '">'), ("<a b='", "'>"), ("<p>", "</p>")])


@given(CONTAINERS, FORMS, PLACES)
def test_lists_and_objects_arrive_as_the_same_json(value, form, place):
    before, after = place

    page = render(f"{before}{form}{after}", value, str)

    inside = page.removeprefix(before).removesuffix(after)
    assert not set(inside) & set("<>\"'\n\r")
    assert value == json.loads(unescape(inside))


@given(VALUES, PLACES)
def test_any_value_arrives_as_json_through_to_json(value, place):
    before, after = place

    page = render(f"{before}{{{{ task.input | to_json }}}}{after}", value, str)

    assert value == json.loads(unescape(page.removeprefix(before).removesuffix(after)))


@given(st.text(), PLACES)
def test_text_arrives_as_the_same_text(text, place):
    before, after = place

    page = render(f"{before}{{{{ task.input }}}}{after}", text, str)

    inside = page.removeprefix(before).removesuffix(after)
    assert not set(inside) & set("<>\"'")
    assert text == unescape(inside)


@given(st.text(), st.text())
def test_a_capture_arrives_as_what_was_captured(first, second):
    page = render(
        "{% capture c %}{{ task.input[0] }}<{{ task.input[1] }}{% endcapture %}{{ c }}", [first, second], str
    )

    assert f"{first}<{second}" == unescape(page)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_printed_plain_and_exact(number):
    page = render("{{ task.input }}", number, str)

    assert "e" not in page
    assert number == float(page)
