"""What `{{ … }}` prints for each kind of value [crowd-elements/liquid.md: Printing values]."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("", None),
        ("true", True),
        ("false", False),
        ("7", 7),
        ("-7", -7),
        ("1.5", 1.5),
        ("2.0", 2.0),
        ("0.00001", 1e-5),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("1000000000000000000000000", 1e24),
        ("a &lt; b &amp; c", "a < b & c"),
        ("", ""),
        ("[]", []),
        ("{}", {}),
        ("[1,null,true,&quot;a&quot;]", [1, None, True, "a"]),
        ("{&quot;b&quot;:1,&quot;a&quot;:[{}]}", {"b": 1, "a": [{}]}),
        ("Grüße, 世界 🎉", "Grüße, 世界 🎉"),
        ("[&quot;世界&quot;]", ["世界"]),
    ],
)
def test_a_value_prints_as_text(page, expected, value):
    assert expected == page("{{ task.input.value }}", value=value)


def test_json_is_one_line_however_many_the_value_has(page):
    assert page("{{ task.input.value }}", value=["a\nb\r\n"]) == "[&quot;a\\nb\\r\\n&quot;]"


def test_half_a_surrogate_pair_prints_as_json_writes_it(page):
    assert page("{{ task.input.value }}", value=["\ud800"]) == "[&quot;\\ud800&quot;]"


def test_task_and_task_input_print_as_json(page):
    expected = "{&quot;a&quot;:1}|{&quot;input&quot;:{&quot;a&quot;:1}}"

    assert expected == page("{{ task.input }}|{{ task }}", a=1)


@pytest.mark.parametrize(
    "expression",
    [
        "nothing",
        "task.nothing.at.all",
        "task.input.list[7]",
        "task.input.text.length",
        "task.input[nothing]",
        # Roots that the library would add.
        "now",
        "today",
        "partial",
        "forloop",
        "empty",
        "blank",
        "nil",
        "",
    ],
)
def test_what_is_not_there_prints_nothing(page, expression):
    assert page(f"<{{{{ {expression} }}}}>", list=[1], text="a") == "<>"


def test_a_loop_prints_nothing_but_has_an_index(page):
    assert page("{% for i in (1..2) %}{{ forloop }}{{ forloop.index }} {% endfor %}") == "1 2 "


@pytest.mark.parametrize(
    "template",
    [
        "{{ task.input.list }}",
        "{% echo task.input.list %}",
        "{% cycle task.input.list %}",
        "{% capture c %}{{ task.input.list }}{% endcapture %}{{ c }}",
        "{% assign c = task.input.list %}{{ c }}",
        "{{ task.input.list | append: '' }}",
        "{{ '' | append: task.input.list }}",
        "{{ '' | prepend: task.input.list }}",
        "{{ 'x' | replace: 'x', task.input.list }}",
        "{{ task.input.list | remove: 'zzz' }}",
        "{{ task.input.list | strip }}",
        "{{ task.input.list | to_json }}",
        "{% liquid echo task.input.list %}",
        "{{ task.input.outer | join: '' }}",
    ],
)
def test_lists_and_objects_are_json_wherever_a_value_becomes_text(page, template):
    inner = {"a": [None, True, "it's"]}

    assert page(template, list=inner, outer=[inner]) == "{&quot;a&quot;:[null,true,&quot;it&#39;s&quot;]}"


def test_text_of_another_templating_language_stays(page):
    assert page("${name} #{x} <%= y %> {z}") == "${name} #{x} <%= y %> {z}"


def test_liquid_works_inside_scripts_styles_comments_and_tags(page):
    template = "<script>var n = {{ task.input.n }};</script><!-- {{ task.input.n }} --><p {% if true %}hidden{% endif %}>"

    assert page(template, n=7) == "<script>var n = 7;</script><!-- 7 --><p hidden>"
