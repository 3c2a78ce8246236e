"""Filters of text: ends, white space and lengths are what they are in Shopify's implementation."""

from __future__ import annotations

from html import unescape

import pytest


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ("2", "'a,b,,' | split: ',' | size"),
        ("|a|b", "'/a/b/' | split: '/' | join: '|'"),
        ("0", "',,' | split: ',' | size"),
        ("0", "'' | split: '' | size"),
        ("a|b", "' a \t b ' | split: ' ' | join: '|'"),
        ("a\u00a0b", "'a\u00a0b' | split: ' ' | join: '|'"),
        ("a|b", "'ab' | split: nothing | join: '|'"),
        ("\u00a0a\u00a0", "'\u00a0a\u00a0' | strip"),
        ("a b", "' a \n b ' | squish"),
        ("Zürich 😀", "'Zürich 😀' | truncate: 8"),
        ("Züri...", "'Zürich 😀' | truncate: 7"),
        ("...", "'Zürich' | truncate: 2"),
        ("", "nil | truncate: -1"),
        ("", "nil | truncatewords: 'x'"),
        ("one  two", "'one  two' | truncatewords: 2"),
        ("one...", "'one  two' | truncatewords: 1"),
        ("one...", "'one  two' | truncatewords: -3"),
        ("a d  f", "'<p>a</p><script>x<y</script><style>b</style><!-- c --> d < e > f' | strip_html"),
        ("<scr", "'<scr<script>ipt>alert</script>' | strip_html"),
        ("x</a <!-- y", "'<a\nb>x</a <!-- y' | strip_html"),
        ("lo", "'hello' | slice: -2, 9"),
        ("", "'hello' | slice: -9, 2"),
        ("", "'hello' | slice: 1, -1"),
        ("e", "'hello' | slice: 1, false"),
        ("b", "'ab' | remove_last: 'a'"),
        ("xb", "'ab' | replace_last: 'a', 'x'"),
        ("ä", "'w6Q' | base64_url_safe_decode"),
    ],
)
def test_a_filter_of_text_answers_as_shopifys_does(page, expected, expression):
    assert expected == unescape(page(f"{{{{ {expression} }}}}"))


@pytest.mark.parametrize(
    "name", ["escape", "url_encode", "url_decode", "truncate", "truncatewords", "skip_autoescape"]
)
def test_nil_stays_nil(page, name):
    assert (
        page(f"{{% assign text = nothing | {name} %}}{{% if text %}}text{{% else %}}nil{{% endif %}}")
        == "nil"
    )


@pytest.mark.parametrize(
    "expression",
    ["'!!' | base64_decode", "'ab' | slice: 1.5", "'ab' | truncate: 'x'", "'ab' | truncatewords: 2.0"],
)
def test_what_is_no_base64_or_no_integer_is_refused(problem, expression):
    assert problem(f"{{{{ {expression} }}}}").code == "InvalidParameters"


def test_text_that_the_template_escaped_stays_so_through_every_filter(page):
    template = "{{ task.input.text | escape | split: ',' | sort | join: ';' | truncate: 20 }}"

    assert page(template, text="<b>,a & b") == "&lt;b&gt;;a &amp; b"
