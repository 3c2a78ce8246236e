"""Everything printed is escaped, once [crowd-elements/liquid.md: Auto-escape]."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        ("&amp;&lt;&gt;&quot;&#39;", "{{ task.input.all }}"),
        ("&amp;&lt;&gt;&quot;", """{{ '&<>"' }}"""),
        ("&lt;/script&gt;", "{{ '</script>' }}"),
        ("&amp;amp;", "{{ '&amp;' }}"),
        ("[&quot;&lt;b&gt;&quot;]", "{{ task.input.list }}"),
        ("[&quot;&lt;b&gt;&quot;]", "{{ task.input.list | to_json }}"),
    ],
)
def test_output_is_escaped(page, expected, template):
    assert expected == page(template, all="&<>\"'", list=["<b>"])


@pytest.mark.parametrize(
    "template",
    [
        "{{ task.input.text | escape }}",
        "{{ task.input.text | escape | escape }}",
        "{{ task.input.text | h }}",
        "{{ task.input.text | escape_once }}",
        "{{ task.input.text | escape | escape_once }}",
        "{{ task.input.text | escape | append: '' }}",
        "{{ '' | append: escaped }}{% assign escaped = task.input.text | escape %}{{ escaped }}",
        "{% capture c %}{{ task.input.text | escape }}{% endcapture %}{{ c }}",
        "{% capture c %}{{ task.input.text }}{% endcapture %}{{ c }}",
        "{% capture c %}{{ task.input.text }}{% endcapture %}{{ c | escape }}",
        "{{ task.input.text | escape | split: '|' | first }}",
        "{{ task.input.text | escape | split: '|' | join }}",
    ],
)
def test_an_explicit_escape_does_not_escape_twice(page, template):
    assert page(template, text='a < b & "c"') == "a &lt; b &amp; &quot;c&quot;"


def test_json_then_escape_is_the_most_common_pair_and_escapes_once(page):
    assert page("{{ task.input.list | to_json | escape }}", list=["it's"]) == "[&quot;it&#39;s&quot;]"


def test_escape_answers_escaped_text_to_the_next_filter(page):
    assert (
        page(
            "{{ '<' | escape | size }} {{ task.input.text | escape | newline_to_br | skip_autoescape }}",
            text="a\n<",
        )
        == "4 a<br />\n&lt;"
    )


def test_text_added_to_escaped_text_is_escaped_too(page):
    assert page("{{ '<b>' | escape | append: '<i>' }}") == "&lt;b&gt;&lt;i&gt;"
    assert page("{% assign b = '<b>' | escape %}{{ '<i>' | append: b }}") == "&lt;i&gt;&lt;b&gt;"


def test_escape_once_keeps_entities_that_are_there(page):
    assert page("{{ '&lt;b> &copy; &#8212; & &x' | escape_once }}") == "&lt;b&gt; &copy; &#8212; &amp; &amp;x"


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        ("<b>it's</b>", "{{ task.input.html | skip_autoescape }}"),
        ("<B>IT'S</B>", "{{ task.input.html | skip_autoescape | upcase }}"),
        ("<b>it's</b>", "{% assign raw = task.input.html | skip_autoescape %}{{ raw }}"),
        ("&lt;b&gt;it&#39;s&lt;/b&gt;", "{{ task.input.html | escape | skip_autoescape }}"),
        ('{"a":"<"}', "{{ task.input.object | to_json | skip_autoescape }}"),
        ('{"a":"<"}', "{{ task.input.object | skip_autoescape }}"),
    ],
)
def test_skip_autoescape_holds_for_its_expression(page, expected, template):
    assert expected == page(template, html="<b>it's</b>", object={"a": "<"})


def test_a_capture_is_escaped_when_it_is_printed_not_before(page):
    template = "{% capture c %}<i>{{ task.input.text }}</i>{% endcapture %}{{ c }}|{{ c | size }}|{{ c | skip_autoescape }}"

    assert page(template, text="&") == "&lt;i&gt;&amp;&lt;/i&gt;|8|<i>&</i>"


def test_a_capture_of_raw_text_is_escaped(page):
    assert page("{% capture c %}{{ '<b>' | skip_autoescape }}{% endcapture %}{{ c }}") == "&lt;b&gt;"


def test_a_capture_with_escaped_parts_can_be_used_as_html(page):
    template = (
        "{% capture row %}<b>{{ task.input.text | escape }}</b>{% endcapture %}{{ row | skip_autoescape }}"
    )

    assert page(template, text="<i>") == "<b>&lt;i&gt;</b>"


def test_captures_nest(page):
    template = "{% capture a %}1{% capture b %}<{{ '&' | escape }}{% endcapture %}{{ b }}{% endcapture %}{{ a }}{{ '<' }}"

    assert page(template) == "1&lt;&amp;&lt;"


def test_a_break_inside_a_capture_leaves_escaping_as_it_was(page):
    assert (
        page("{% for i in (1..2) %}{% capture c %}{% break %}{% endcapture %}{% endfor %}{{ '<' }}") == "&lt;"
    )
