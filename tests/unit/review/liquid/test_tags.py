"""Tags, those that print above all [crowd-elements/liquid.md: Tags]."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        ("123", "{% for i in (1..task.input.three) %}{{ i }}{% endfor %}"),
        ("1-2-", "{% for i in (1..9) limit: 2 %}{{ forloop.index }}-{% endfor %}"),
        ("1", "{% for i in (1..9) limit: '1' %}{{ i }}{% endfor %}"),
        ("", "{% for i in (1..9) limit: 0 %}{{ i }}{% endfor %}"),
        ("none", "{% for i in (1..9) limit: -1 %}{{ i }}{% else %}none{% endfor %}"),
        ("12", "{% for i in (1..2) limit: nil offset: nil %}{{ i }}{% endfor %}"),
        ("--", "{% for i in (1..2) %}{% for j in forloop %}{{ j }}{% endfor %}-{% endfor %}"),
        ("ab", "{% for i in 'ab' limit: 0 offset: 3 %}{{ i }}{% endfor %}"),
        ("12", "{% for i in (1..2) offset: -1 %}{{ i }}{% endfor %}"),
        ("", "{% for i in (1..2) offset: 9 %}{{ i }}{% endfor %}"),
        ("21", "{% for i in (1..9) reversed limit: 2 %}{{ i }}{% endfor %}"),
        (
            "12-34",
            "{% for i in (1..4) limit: 2 %}{{ i }}{% endfor %}-{% for i in (1..4) offset: continue %}{{ i }}{% endfor %}",
        ),
        ('<tr class="row1">\n</tr>\n', "{% tablerow i in (1..2) limit: 0 %}{{ i }}{% endtablerow %}"),
        ("", "{% tablerow i in task.input.missing %}{{ i }}{% endtablerow %}"),
        (
            '<tr class="row1">\n<td class="col1">1</td><td class="col2">2</td></tr>\n',
            "{% tablerow i in (1..2) cols: nil %}{{ i }}{% endtablerow %}",
        ),
        ("31", "{% for i in (1..3) reversed %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}"),
        ("1", "{% for i in (1..3) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}"),
        ("none", "{% for x in task.input.missing %}x{% else %}none{% endfor %}"),
        ("none", "{% for x in task.input.nothing %}x{% else %}none{% endfor %}"),
        ("b", "{% unless true %}a{% else %}b{% endunless %}"),
        (
            "three",
            "{% case task.input.three %}{% when 1, 2 %}few{% when 3 %}three{% else %}many{% endcase %}",
        ),
        ("aba", "{% for i in (1..3) %}{% cycle 'a', 'b' %}{% endfor %}"),
        (
            "aab",
            "{% cycle task.input.a[0]: 'a', 'b' %}{% cycle 'g': 'a', 'b' %}{% cycle task.input.a[0]: 'a', 'b' %}",
        ),
        ("{{ x }}{% if %}", "{% raw %}{{ x }}{% if %}{% endraw %}"),
        ("", "{% comment %}{{ nothing | nothing }}{% if %}{% endcomment %}"),
        ("", "{% # nothing %}"),
        ("ab", "a {%- assign x = 1 -%} b"),
        ("a7b", "a {{- 7 -}} b"),
        ("7", "{% liquid\nassign x = 7\necho x %}"),
        ("1", "{% ifchanged %}1{% endifchanged %}"),
        ("  ", "{% for i in (1..3) %} {% if i == 2 %}{% break %}{% endif %}{% endfor %}"),
        (" ", "{% for i in (1..2) %}{% if i == 1 %}{% continue %}{% endif %} {% endfor %}"),
        ("", "{% for i in (1..2) %} {% endfor %}"),
        (" ", "{% for i in nothing %}{{ i }}{% else %} {% endfor %}"),
        (
            '<tr class="row1">\n<td class="col1"> </td></tr>\n',
            "{% tablerow i in (1..1) %} {% endtablerow %}",
        ),
        (
            '<tr class="row1">\n<td class="col1">1</td><td class="col2">2</td></tr>\n',
            "{% tablerow i in (1..2) %}{{ i }}{% endtablerow %}",
        ),
    ],
)
def test_a_tag_does_what_liquid_says(page, expected, template):
    assert expected == page(template, three=3, nothing=[])


def test_increment_prints_and_counts_apart_from_assign(page):
    template = "{% assign n = 7 %}{% increment n %}{% increment n %}{{ n }}{% decrement m %}"

    assert page(template) == "017-1"


def test_cycle_escapes_what_it_prints(page):
    assert (
        page("{% cycle '<', 'b' %}{% cycle 'x': task.input.list, 'b' %}", list=["a"]) == "&lt;[&quot;a&quot;]"
    )


def test_cycles_of_one_group_may_differ_in_length(page):
    assert page("{% cycle 'x': 1, 2, 3 %}{% cycle 'x': 4 %}{% cycle 'x': 5, 6, 7 %}") == "15"


def test_cycles_of_the_same_literals_count_together_and_those_of_variables_alone(page):
    template = (
        "{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle task.input.a, 'b' %}{% cycle task.input.a, 'b' %}"
    )

    assert page(template, a="a") == "abaa"


@pytest.mark.parametrize("name", ["x", "'x'", '"x"'])
def test_a_capture_may_quote_its_name(page, name):
    assert page(f"{{% capture {name} %}}q{{% endcapture %}}{{{{ x }}}}") == "q"


def test_a_limit_that_is_no_integer_is_named(problem):
    error = problem("{% for i in (1..3) limit: task.input.half %}{% endfor %}", half=2.5)

    assert error.message == "Expected an integer, found 2.5 (line 1, column 27)."


def test_loops_nest_as_deep_as_in_ruby(page):
    template = "{% for i in (1..1) %}" * 100 + "x" + "{% endfor %}" * 100

    assert page(template) == "x"


def test_a_list_in_json5_can_be_built_with_a_loop(page):
    template = (
        "[{% for box in task.input.boxes %}{ label: '{{ box.label }}', width: {{ box.width }} },{% endfor %}]"
    )

    assert page(template, boxes=[{"label": "car", "width": 5}]) == "[{ label: 'car', width: 5 },]"
