"""Errors say what, where and what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.liquid import Problem, RenderError, check, render


@pytest.mark.parametrize(
    ("message", "line", "column", "template"),
    [
        ("'for' is not closed: 'endfor' is missing", 1, 4, "{% for x in y %}"),
        ("'if' is not closed: 'endif' is missing", 2, 6, "{% for x in y %}\n  {% if x %}"),
        ("Unexpected tag 'elseif'", 2, 4, "{% if true %}\n{% elseif x %}{% endif %}"),
        ("Expected '}}', found end of file", 2, 3, "a\nb {{ x"),
        ("'include' has nothing to fetch: a worker task template is one file", 1, 4, "{% include 'a' %}"),
        ("'render' has nothing to fetch: a worker task template is one file", 1, 4, "{% render 'a' %}"),
        ("There is no filter 'upcas'; did you mean 'upcase'?", 1, 8, "{{ x | upcas }}"),
        ("There is no filter 'zzz'", 3, 8, "\n\n{{ x | zzz }}"),
        ("Expected word, found end of expression", 2, 7, "\n{{ a | }}"),
        ("Expected word, found end of expression", 2, 16, "\n{{ a | upcase | }}"),
        ("Expected word, found end of expression", 3, 10, "{% liquid\n assign b = 1\n echo a |\n echo b\n%}"),
        ("Expected an identifier, found end of expression", 2, 8, "\n{{ a.b. }}"),
        ("Expected an identifier, found end of expression", 2, 9, "\n{% if a. %}{% endif %}"),
        ("Expected ']', found end of expression", 2, 7, "\n{{ a[b }}"),
        ("Expected ')', found end of expression", 2, 9, "\n{{ (1..2 }}"),
        ("Missing or unexpected path segment", 2, 6, "\n{{ a[ }}"),
        ("Expected a primitive expression, found end of expression", 2, 14, "\n{% assign x = %}"),
        ("Expected a primitive expression, found end of expression", 2, 12, "\n{% for a in %}{% endfor %}"),
        ("Expected a primitive expression, found end of expression", 2, 11, "\n{% if a == %}{% endif %}"),
    ],
)
def test_a_template_that_is_not_liquid_is_described_with_its_place(message, line, column, template):
    assert [Problem("InvalidTemplate", f"{message} (line {line}, column {column}).", line, column)] == check(
        template
    )


def test_all_unknown_filters_are_found_before_rendering():
    problems = check("{% if false %}{{ a | foo1 }}{% endif %}{% assign b = c | foo2: 3 %}{% echo d | foo3 %}")

    assert sorted(problem.message.split("'")[1] for problem in problems) == ["foo1", "foo2", "foo3"]


def test_a_good_template_has_no_problem():
    assert (
        check("<p>{{ task.input.text | escape }}</p>{% for a in b %}{{ a | grant_read_access }}{% endfor %}")
        == []
    )


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        ("'divided_by' cannot take 1 with 0 (line 2, column 8).", "\n{{ 1 | divided_by: 0 }}"),
        ("'append' takes 1 argument, not 0 (line 1, column 10).", "{{ 'x' | append }}"),
        ("'upcase' takes no arguments, not 1 (line 1, column 10).", "{{ 'x' | upcase: 1 }}"),
        (
            "'>' is not supported between a number and text (line 1, column 9).",
            "{% if 1 > 'a' %}{% endif %}",
        ),
        (
            "'<=' is not supported between a number and text (line 1, column 11).",
            "{% if 2.5 <= '3' %}{% endif %}",
        ),
        ("'map' cannot take 7 with \"label\" (line 1, column 8).", "{{ 7 | map: 'label' }}"),
        ("'date' cannot take 0 with \"%9999d\" (line 1, column 8).", "{{ 0 | date: '%9999d' }}"),
        ("'base64_decode' cannot take \"a\" (line 1, column 10).", "{{ 'a' | base64_decode }}"),
    ],
)
def test_values_that_do_not_fit_are_named(problem, expected, template):
    found = problem(template)

    assert ("InvalidParameters", expected) == (found.code, found.message)


TAGS = st.sampled_from(
    [
        "{{ %s }}",
        "{%% if %s %%}{%% endif %%}",
        "{%% assign x = %s %%}",
        "{%% for %s %%}{%% endfor %%}",
        "{%% case %s %%}{%% endcase %%}",
        "{%% cycle %s %%}",
        "{%% liquid echo %s\n%%}",
        "{%% tablerow %s %%}{%% endtablerow %%}",
    ]
)
WORDS = st.sampled_from(
    [
        "a",
        "b.c",
        ".",
        "..",
        "|",
        ":",
        ",",
        "[",
        "]",
        "(",
        ")",
        "1",
        "'x'",
        "==",
        "<",
        "and",
        "contains",
        "in",
        "upcase",
        "append",
        "divided_by",
        "grant_read_access",
        "slice",
        "limit",
        "task.input",
    ]
)


@given(TAGS, st.lists(WORDS, max_size=6).map(" ".join))
def test_every_fault_of_an_expression_names_its_line(tag, expression):
    template = f"first\n\n{tag % expression}\nlast"
    problems = check(template)
    if not problems:
        try:
            render(template, {}, str)
        except RenderError as error:
            problems = [error.problem]

    assert [3] * len(problems) == [problem.line for problem in problems]


def test_a_break_outside_a_loop_is_a_fault_of_the_template(problem):
    assert problem("{% break %}").code == "InvalidTemplate"


def test_an_input_too_deep_to_print_is_named(problem):
    deep: list[object] = []
    for _ in range(10_000):
        deep = [deep]

    assert Problem("InvalidInput", "The task's input is nested too deeply.") == problem(
        "{{ task.input.deep }}", deep=deep
    )


@pytest.mark.parametrize(
    "template", ["{{ " + "a[" * 20_000 + " }}", "{% if " + "a and " * 20_000 + "a %}{% endif %}"]
)
def test_an_expression_too_deep_to_read_is_named(template):
    assert [(problem.code, problem.message) for problem in check(template)] == [
        ("InvalidTemplate", "An expression in the template is nested too deeply.")
    ]


def test_blocks_nested_too_deeply_are_named():
    assert [problem.code for problem in check("{% if true %}" * 200 + "{% endif %}" * 200)] == [
        "InvalidTemplate"
    ]


def test_output_without_end_is_refused(problem):
    found = problem("{% for i in (1..100000) %}{{ task.input.text }}{% endfor %}", text="x" * 10_000)

    assert found.code == "OutputLimit"
