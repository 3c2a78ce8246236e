"""Filters where we differ from the library, or where templates depend on them."""

from __future__ import annotations

import itertools

import pytest

from secondlook.review.liquid import RenderError, render
from secondlook.review.liquid.environment import TEMPLATES

VALUES = [
    None,
    True,
    0,
    -3,
    2.5,
    1e-7,
    "",
    "a<b",
    "12px",
    "nan",
    [],
    [1, [None, "x"]],
    {},
    {"a": 1},
    [{"a": 1}, {}],
]


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ("3", "7 | divided_by: 2"),
        ("-4", "-7 | divided_by: 2"),
        ("3.5", "7.0 | divided_by: 2"),
        ("3.5", "7 | divided_by: 2.0"),
        ("0.1", "0.3 | divided_by: 3"),
        ("0.3", "0.1 | plus: 0.2"),
        ("0.07", "0.7 | times: 0.1"),
        ("3", "2.5 | round"),
        ("-3", "-2.5 | round"),
        ("1.01", "1.005 | round: 2"),
        ("3.1416", "3.14159 | round: 4"),
        ("4.0", "4.04 | round: 1"),
        ("4", "4 | round: 1"),
        ("20", "15 | round: -1"),
        ("3", "3.4 | round: 0"),
        ("4", "3.4 | ceil"),
        ("3", "3.6 | floor"),
        ("1", "-7 | modulo: 2"),
        ("0.5", "-7.5 | modulo: 2"),
        ("13", "'12px' | plus: 1"),
        ("13.5", "'12.5' | plus: 1"),
        ("1", "'nan' | plus: 1"),
        ("1", "true | plus: 1"),
        ("1", "nothing | plus: 1"),
        ("50.00", "0.5 | times: 100 | round: 2 | append: '0'"),
        ("6", "task.input.numbers | sum"),
        ("0.3", "task.input.boxes | sum: 'width'"),
    ],
)
def test_arithmetic_is_that_of_liquid(page, expected, expression):
    boxes = [{"width": 0.1}, {"width": 0.2}, {}]

    assert expected == page(f"{{{{ {expression} }}}}", numbers=[1, "2", 3], boxes=boxes)


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ("x", "'x' | append: nil"),
        ("xtrue", "'x' | append: true"),
        ("x0.0000001", "'x' | append: task.input.tiny"),
        ("a-b", "task.input.words | join: '-'"),
        ("a b", "task.input.words | join"),
        ("1..3", "(1..3) | append: ''"),
        ("[&quot;a&quot;]", "task.input.words | slice: 0"),
        ("[&quot;", "task.input.object | append: '' | slice: 0, 2"),
        ("a…", "'abcdef' | truncate: 2, '…'"),
        ("d", "task.input.nothing | default: 'd'"),
        ("0", "0 | default: 'd'"),
        ("d", "empty | default: 'd'"),
        ("d", "false | default: 'd', allow_false: nil"),
        ("false", "false | default: 'd', allow_false: 1"),
        ("1970", "0 | date: '%Y'"),
        ("2026-11", "'2026-11-23T10:00:00Z' | date: '%Y-%m'"),
        ("not a date", "'not a date' | date: '%Y'"),
        ("a%26b+c", "'a&b c' | url_encode"),
        ("null", "nothing | to_json"),
        ("&quot;a\\&quot;&quot;", "'a\"' | to_json"),
        ("1.5", "1.5 | to_json"),
        ("[&quot;car&quot;,null]", "task.input.boxes | map: 'label'"),
    ],
)
def test_text_filters_see_text(page, expected, expression):
    actual = page(
        f"{{{{ {expression} }}}}", tiny=1e-7, words=["a", "b"], object=["a"], boxes=[{"label": "car"}, {}]
    )

    assert expected == actual


@pytest.mark.parametrize("name", sorted(TEMPLATES.filters))
def test_whatever_a_filter_is_given_it_prints_no_python_and_fails_only_as_a_template(name):
    arguments = [(), *itertools.product(VALUES), *itertools.product(VALUES[:7], VALUES[:7])]
    for value, args in itertools.product(VALUES, arguments):
        names = [f"task.input.args[{index}]" for index in range(len(args))]
        template = f"{{{{ task.input.value | {name}{':' if names else ''} {', '.join(names)} }}}}"
        try:
            output = render(template, {"value": value, "args": list(args)}, lambda uri: uri)
        except RenderError as error:
            output = error.problem.message.replace(name, "")

        assert not [
            word for word in ("None", "True", "False", "[{'", "{'", "object", "<class") if word in output
        ] or (name == "capitalize")


def test_filters_of_the_library_that_are_not_liquid_do_not_exist():
    assert not {"safe", "escapejs", "json"} & set(TEMPLATES.filters)
