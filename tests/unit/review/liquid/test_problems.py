"""Errors say what, where and what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.liquid import RenderError, TemplateError, check, render
from secondlook.review.liquid.environment import TEMPLATES
from secondlook.review.liquid.suggestion import _MEANT
from secondlook.review.liquid.variables import MOST_REPORTED


@pytest.mark.parametrize(
    ("message", "line", "column", "template"),
    [
        ("'for' is not closed: 'endfor' is missing", 1, 4, "{% for x in y %}"),
        ("'if' is not closed: 'endif' is missing", 2, 6, "{% for x in y %}\n  {% if x %}"),
        ("'raw' is not closed: 'endraw' is missing", 1, 4, "{% raw %}x"),
        ("'raw' is not closed: 'endraw' is missing", 1, 15, "{% if x %}{%- raw -%}{% endif %}"),
        ("'raw' stands alone in its tag: {% raw %}", 1, 4, "{% raw x %}{% endraw %}"),
        ("'raw' stands alone in its tag: {% raw %}", 2, 1, "{% liquid\nraw\nendraw %}"),
        ("'comment' is not closed: 'endcomment' is missing", 1, 4, "{% comment %}x"),
        ("'comment' is not closed: 'endcomment' is missing", 1, 11, "{% liquid comment\nx %}"),
        ("'doc' is not closed: 'enddoc' is missing", 1, 4, "{% doc %}x"),
        ("Unexpected tag 'else'", 1, 4, "{% else %}"),
        ("There is no tag 'elseif'; did you mean 'elsif'?", 2, 4, "{% if true %}\n{% elseif x %}{% endif %}"),
        ("There is no tag 'set'; did you mean 'assign'?", 1, 4, "{% set x = 1 %}"),
        (
            "There is no tag 'endfro'; did you mean 'endfor'?",
            1,
            31,
            "{% for x in task.input.y %}{% endfro %}",
        ),
        ("There is no tag 'zzz'", 1, 4, "{% zzz %}"),
        ("Expected '}}', found end of file", 2, 3, "a\nb {{ x"),
        ("'include' has nothing to fetch: a worker task template is one file", 1, 4, "{% include 'a' %}"),
        ("'render' has nothing to fetch: a worker task template is one file", 1, 4, "{% render 'a' %}"),
        ("There is no filter 'upcas'; did you mean 'upcase'?", 1, 17, "{{ task.input | upcas }}"),
        ("There is no filter 'zzz'", 3, 8, "\n\n{{ 1 | zzz }}"),
        ("Expected a name, found end of expression", 2, 7, "\n{{ a | }}"),
        ("Expected a name, found end of expression", 2, 16, "\n{{ a | upcase | }}"),
        (
            "Expected a name, found end of expression",
            3,
            10,
            "{% liquid\n assign b = 1\n echo a |\n echo b\n%}",
        ),
        ("Expected an identifier, found end of expression", 2, 8, "\n{{ a.b. }}"),
        ("Expected an identifier, found end of expression", 2, 9, "\n{% if a. %}{% endif %}"),
        ("Expected ']', found end of expression", 2, 7, "\n{{ a[b }}"),
        ("Expected ')', found end of expression", 2, 9, "\n{{ (1..2 }}"),
        ("Expected end of expression, found 'b'", 1, 6, "{{ a b }}"),
        ("Expected an identifier, found the text 'b'", 1, 6, "{{ a.'b' }}"),
        ("Expected '=', found 'a'", 1, 13, "{% assign x a %}"),
        ("Expected 'in', found 'of'", 1, 10, "{% for a of b %}{% endfor %}"),
        ("Expected ':', found '2'", 1, 21, "{% for a in b limit 2 %}{% endfor %}"),
        ("Expected end of expression, found '||'", 1, 6, "{{ a || b }}"),
        ("Parentheses group nothing in Liquid", 1, 7, "{% if (a) %}{% endif %}"),
        ("Missing or unexpected path segment", 2, 6, "\n{{ a[ }}"),
        ("Expected a value, found end of expression", 2, 14, "\n{% assign x = %}"),
        ("Expected a value, found end of expression", 2, 12, "\n{% for a in %}{% endfor %}"),
        ("Expected a value, found end of expression", 2, 11, "\n{% if a == %}{% endif %}"),
    ],
)
def test_a_template_that_is_not_liquid_is_described_with_its_place(message, line, column, template):
    assert [
        TemplateError("InvalidTemplate", f"{message} (line {line}, column {column}).", line, column)
    ] == check(template)


@pytest.mark.parametrize(
    ("message", "template"),
    [
        ("Expected end of expression, found '||'; write 'or'", "{% if a || b %}{% endif %}"),
        ("Expected end of expression, found '||'; write 'or'", "{% liquid if a || b\n endif %}"),
        ("Unexpected '||'; write 'or'", "{% case a %}{% when 1 || 2 %}{% endcase %}"),
        ("Unexpected '&'; write 'and'", "{{ a }}{% unless a && b %}{% endunless %}"),
        ("Expected end of expression, found 'is'; write '=='", "{% if a is b %}{% endif %}"),
        ("Expected a value, found '='; write '=='", "{% if a %}{% elsif a === b %}{% endif %}"),
        (
            "Expected end of expression, found 'in'; write 'contains', the list first",
            "{% if a in b %}{% endif %}",
        ),
        ("Unknown operator '!'; write '!=', '== false' or 'unless'", "{% if !a %}{% endif %}"),
        ("Liquid has no 'not'; write '!=', '== false' or 'unless'", "{% if not a %}{% endif %}"),
    ],
)
def test_an_operator_of_another_language_is_told_in_liquid_s(message, template):
    (problem,) = check(template)

    assert message == problem.message.partition(" (line")[0]


def test_all_unknown_filters_are_found_before_rendering():
    problems = check("{% if false %}{{ 1 | foo1 }}{% endif %}{% assign b = 2 | foo2: 3 %}{% echo b | foo3 %}")

    assert sorted(problem.message.split("'")[1] for problem in problems) == ["foo1", "foo2", "foo3"]


@pytest.mark.parametrize(
    ("meant", "name"),
    [
        ("to_json", "json"),
        ("to_json", "jsonify"),
        ("to_json", "tojson"),
        ("size", "length"),
        ("skip_autoescape", "raw"),
        ("downcase", "lower"),
        ("grant_read_access", "grant_access"),
        ("grant_read_access", "grantReadAccess"),
        ("to_json", "to_JSON"),
        ("upcase", "toUpperCase"),
        ("at_least", "max"),
        ("at_most", "min"),
        ("escape", "html_encode"),
        ("modulo", "rem"),
        ("join", "jion"),
    ],
)
def test_a_filter_of_another_name_elsewhere_is_known_by_its_meaning(meant, name):
    (problem,) = check(f"{{{{ task.input.x | {name} }}}}")

    assert f"There is no filter '{name}'; did you mean '{meant}'? (line 1, column 19)." == problem.message


@pytest.mark.parametrize(
    "name", ["from_json", "json_decode", "translate", "float", "values", "hash", "contains"]
)
def test_no_filter_is_proposed_that_does_something_else(name):
    (problem,) = check(f"{{{{ task.input.x | {name} }}}}")

    assert f"There is no filter '{name}' (line 1, column 19)." == problem.message


@pytest.mark.parametrize("name", sorted(set(_MEANT.values())))
def test_every_name_that_is_proposed_exists(name):
    words = {*TEMPLATES.filters, *TEMPLATES.tags, *(f"end{tag}" for tag in TEMPLATES.tags)}

    assert name in words | {"elsif", "when", "raw", "task.input"}


def test_no_name_that_exists_is_taken_for_another():
    assert not _MEANT.keys() & TEMPLATES.filters.keys()
    assert not _MEANT.keys() & TEMPLATES.tags.keys()


ONLY = "all that a template is given is 'task.input'"


@pytest.mark.parametrize(
    ("message", "column", "template"),
    [
        ("'tsk.input' here; did you mean 'task.input'?", 4, "{{ tsk.input.text }}"),
        ("'task.inputs' here; did you mean 'task.input'?", 4, "{{ task.inputs.text }}"),
        ("'input' here; did you mean 'task.input'?", 4, "{{ input.text }}"),
        (f"'task.labels' here; {ONLY}", 4, "{{ task.labels }}"),
        (f"'labels' here; {ONLY}", 25, "{{ task.input | append: labels }}"),
        ("'lable' here; did you mean 'label'?", 29, "{% assign label = 1 %}{% if lable %}{% endif %}"),
        (
            "'bx' here; did you mean 'box'?",
            44,
            "{% for box in task.input.b %}{{ box.l }}{{ bx.l }}{% endfor %}",
        ),
        (
            "'bax' here; did you mean 'box'?",
            33,
            "{% for box in task.input.b %}{{ bax.l }}{% endfor %}",
        ),
        (
            "'foorloop' here; did you mean 'forloop'?",
            57,
            "{% for a in task.input.b %}{% for b in a %}{% if b %}{{ foorloop.index }}{% endif %}{% endfor %}{% endfor %}",
        ),
        (f"'bax' here; {ONLY}", 15, "{% for box in bax %}{% endfor %}"),
        (f"'bax' here; {ONLY}", 45, "{% for box in task.input.b %}{% endfor %}{{ bax }}"),
        (
            f"'box' here; {ONLY}",
            45,
            "{% for box in task.input.b %}{% endfor %}{{ box }}",
        ),
        (f"'x' here; {ONLY}", 15, "{{ task.input[x] }}"),
    ],
)
def test_a_variable_that_nothing_gives_a_value_is_warned_of(message, column, template):
    (problem,) = check(template)

    assert (f"Nothing is called {message} (line 1, column {column}).", True) == (
        problem.message,
        problem.is_warning,
    )
    assert problem.code == "UnknownVariable"


@pytest.mark.parametrize(
    "template",
    [
        "{{ task }}{{ task.input }}{{ task['input'].a }}{{ task.size }}",
        "{{ task.input.anything.at.all }}{{ task.input[0] }}",
        "{% assign a = 1 %}{{ a }}{% capture b %}{% endcapture %}{{ b }}{% increment c %}{{ c }}",
        "{% for x in task.input.y %}{{ x }}{{ forloop.index }}{{ forloop.parentloop.index }}{% endfor %}",
        "{% tablerow x in task.input.y %}{{ x }}{{ tablerowloop.col }}{% endtablerow %}",
        "{% for x in task.input.y %}{{ last }}{% assign last = x %}{% endfor %}",
        "{% if task.input.y == blank or task.input.y == empty %}{{ nil }}{% endif %}",
        "{% comment %}{{ x }}{% endcomment %}{% raw %}{{ x }}{% endraw %}",
    ],
)
def test_what_has_a_value_or_may_have_one_is_not_warned_of(template):
    assert check(template) == []


def test_a_misspelt_variable_prints_nothing_all_the_same():
    assert render("<{{ tsk.input }}>", {}, str) == "<>"


def test_the_first_warnings_are_told_and_all_are_counted():
    *warnings, rest = check("{{ x }}{{ y }}" * 500)

    assert [("xy"[index % 2], 4 + 7 * index) for index in range(MOST_REPORTED)] == [
        (problem.message.split("'")[1], problem.column) for problem in warnings
    ]
    assert (980, True, None) == (rest.count, rest.is_warning, rest.line)
    assert rest.message == "Variables that nothing gives a value stand at 980 more places."


def test_a_good_template_has_no_problem():
    template = "<p>{{ task.input.text | escape }}</p>{% for a in task.input.b %}{{ a | grant_read_access }}{% endfor %}"

    assert check(template) == []


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
    error = problem(template)

    assert ("InvalidParameters", expected) == (error.code, error.message)


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

    assert TemplateError("InvalidInput", "The task's input is nested too deeply.") == problem(
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
    error = problem("{% for i in (1..100000) %}{{ task.input.text }}{% endfor %}", text="x" * 10_000)

    assert error.code == "OutputLimit"
