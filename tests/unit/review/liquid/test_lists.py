"""Filters of lists: what is nil, missing or of another kind does what it does in Shopify's implementation."""

from __future__ import annotations

import pytest

INPUT = {
    "numbers": [3, None, 1, 2.5],
    "words": ["b", "A", None, "c", "a"],
    "boxes": [{"l": "b", "x": 3}, {"l": "a", "x": None}, {"l": "c", "x": 1}, {"l": "d"}],
    "scored": [{"l": "a", "ok": True}, {"l": "b", "ok": False}, {"l": "c", "ok": 1}],
    "kinds": [1, 1.0, "1", True, 1, None, None],
    "nested": [[1, [2]], [[[[[[[3]]]]]]]],
    "mixed": [{"x": 1}, None],
    "nil": None,
    "one": {"x": 7},
}


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ("1,2.5,3,", "numbers | sort"),
        ("A,a,b,c,", "words | sort"),
        ("A,a,b,c,", "words | sort_natural"),
        ("c,b,a,d", "boxes | sort: 'x' | map: 'l'"),
        ("c,b,a,d", "boxes | sort_natural: 'x' | map: 'l'"),
        ("0", "nil | sort | size"),
        ("7", "one | sort: 'x' | map: 'x'"),
        ("", "mixed | sort: 'x'"),
        ("3,1,2.5", "numbers | compact"),
        ("b,c", "boxes | compact: 'x' | map: 'l'"),
        ("3,1", "boxes | map: 'x' | compact"),
        ("b,c", "boxes | where: 'x' | map: 'l'"),
        ("a,d", "boxes | reject: 'x' | map: 'l'"),
        ("c", "boxes | where: 'x', 1 | map: 'l'"),
        ("a", "scored | where: 'ok', true | map: 'l'"),
        ("c", "scored | where: 'ok', 1 | map: 'l'"),
        ("", "mixed | where: 'x'"),
        ("a", "words | compact | where: 'a'"),
        ("2", "boxes | find_index: 'x', 1"),
        ("true", "boxes | has: 'l', 'd'"),
        ("1,1.0,1,true,", "kinds | uniq"),
        ("1,2,3", "nested | sort"),
        ("3,2,1", "nested | reverse"),
        ("4", "boxes | sum: 'x'"),
        ("6.5", "numbers | sum"),
    ],
)
def test_a_filter_of_lists_answers_as_shopifys_does(page, expected, expression):
    assert expected == page(f"{{{{ task.input.{expression} | join: ',' }}}}", **INPUT)


@pytest.mark.parametrize("filters", ["sort", "sort_natural", "compact", "uniq", "reverse", "map: 'x'"])
def test_nil_is_an_empty_list(page, filters):
    assert page(f"{{{{ nothing | {filters} | size }}}}") == "0"


def test_kinds_without_an_order_are_named(problem):
    error = problem("{{ task.input.mixed | sort }}", mixed=[1, "a"])

    assert error.message == "'sort' cannot take [1,\"a\"] (line 1, column 23)."


def test_a_list_as_deep_as_json_allows_is_flattened(page):
    deep: list[object] = [7]
    for _ in range(300):
        deep = [deep]

    assert page("{{ task.input.deep | sort }}", deep=deep) == "[7]"
