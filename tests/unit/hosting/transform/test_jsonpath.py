"""The filters of DataProcessing, by the guide's table of operators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.hosting.errors import Invalid
from secondlook.hosting.transform.jsonpath import JsonPath, NotThere

ROW = [7, 8, 9, 10]
DOCUMENT = {"id": 1, "a b": 2, "features": [1, 2], "deep": {"x": 3, "y": 4}}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("$", ROW, ROW),
        ("$[0]", ROW, 7),
        ("$[-1]", ROW, 10),
        ("$[0,2]", ROW, [7, 9]),
        ("$[0, -1]", ROW, [7, 10]),
        ("$[1:]", ROW, [8, 9, 10]),
        ("$[:2]", ROW, [7, 8]),
        ("$[-2:]", ROW, [9, 10]),
        ("$[0,2:]", ROW, [7, 9, 10]),
        ("$[9:]", ROW, []),
        ("$[*]", ROW, ROW),
        ("$.features", DOCUMENT, [1, 2]),
        ("$['a b']", DOCUMENT, 2),
        ('$["a b"]', DOCUMENT, 2),
        ("$['id','features']", DOCUMENT, {"id": 1, "features": [1, 2]}),
        ("$.deep.x", DOCUMENT, 3),
        ("$.deep['x', 'y']", DOCUMENT, {"x": 3, "y": 4}),
        ("$.deep.['x','y']", DOCUMENT, {"x": 3, "y": 4}),
        ("$.deep.*", DOCUMENT, [3, 4]),
        ("$.features[1]", DOCUMENT, 2),
    ],
)
def test_a_path_takes_its_part(path, value, expected):
    assert expected == JsonPath.parse(path).of(value)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("$[4]", ROW, "no element 4 in an array of 4"),
        ("$[0,-5]", ROW, "no element -5"),
        ("$[0]", DOCUMENT, "no array"),
        ("$.none", DOCUMENT, "no member 'none'"),
        ("$['id','none']", DOCUMENT, "no member 'none'"),
        ("$.id.*", DOCUMENT, "neither object nor array"),
    ],
)
def test_what_is_not_there_is_said(path, value, reason):
    with pytest.raises(NotThere, match=reason):
        JsonPath.parse(path).of(value)


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("", 1),
        ("id", 1),
        ("$..id", 2),
        ("$.id[?(@.x)]", 5),
        ("$[", 2),
        ("$[]", 2),
        ("$['a',]", 2),
        ("$[1:2:3]", 2),
        ("$['a',0]", 2),
        ("$x", 2),
    ],
)
def test_other_expressions_are_refused_at_their_place(path, at):
    with pytest.raises(Invalid, match=f"InputFilter .* at character {at} "):
        JsonPath.parse(path, "DataProcessing.InputFilter")


@given(st.text(max_size=63))
def test_any_text_is_a_path_or_refused(text):
    try:
        path = JsonPath.parse(text)
    except Invalid:
        return
    assert text.startswith("$")
    assert path.text == text


@given(st.lists(st.integers(), max_size=8), st.integers(-10, 10), st.integers(-10, 10))
def test_slices_are_pythons(row, first, last):
    assert row[first:last] == JsonPath.parse(f"$[{first}:{last}]").of(row)
