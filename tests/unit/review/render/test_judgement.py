"""Whether people could answer a page: what is missing is named, and what may be good is let through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review import elements
from secondlook.review.liquid import literal
from secondlook.review.render import Renderer, judgement

LIBRARY = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'
ELSEWHERE = '<script src="https://cdn.example/elements.js"></script>'
SERVED = ", ".join(elements.served())
UNSERVED = next(tag for tag in elements.AMAZONS if tag.startswith("crowd-") and tag not in elements.served())


def codes(renderer: Renderer, template: str, task_input: object = None) -> list[str]:
    problems = renderer.preview(template, json.dumps(task_input), str).problems
    return [problem.code for problem in problems]


def in_form(markup: str) -> str:
    return f"{LIBRARY}\n<crowd-form>\n{markup}\n</crowd-form>"


def test_an_element_that_is_not_served_yet_is_named_with_its_line_and_those_that_are(renderer):
    (problem,) = renderer.preview(
        in_form(f'<p>\n  <{UNSERVED} name="x" src="{{{{ task.input }}}}"></{UNSERVED}>'), "1", str
    ).problems

    assert (problem.code, problem.line, problem.column) == ("UnservedElement", 4, 3)
    assert f"<{UNSERVED}> is not served yet; served: {SERVED} (line 4, column 3)." == problem.message


def test_every_element_that_is_missing_is_named_once(renderer):
    missing = [tag for tag in elements.AMAZONS if tag.startswith("crowd-") and tag not in elements.served()]
    markup = "".join(f"<{tag}></{tag}>" for tag in (*missing[:5], *missing[:5]))

    problems = renderer.preview(in_form(markup), "{}", str).problems

    assert missing[:5] == [problem.message.split(">")[0].removeprefix("<") for problem in problems]


@pytest.mark.parametrize("tag", elements.served())
def test_what_the_bundle_defines_may_be_used(renderer, tag):
    assert codes(renderer, in_form(f"<{tag}></{tag}>")) == []


def test_an_element_that_nobody_has_comes_with_the_name_that_was_meant(renderer):
    (problem,) = renderer.preview(in_form("<crowd-boundingbox></crowd-boundingbox>"), "{}", str).problems

    assert problem.code == "UnknownElement"
    assert (
        problem.message
        == "There is no element <crowd-boundingbox>; did you mean <crowd-bounding-box>? (line 3, column 1)."
    )


def test_an_element_that_the_input_brings_has_no_line(renderer):
    template = in_form("{{ task.input | skip_autoescape }}")
    (problem,) = renderer.preview(template, json.dumps(f"<{UNSERVED}>"), str).problems

    assert (problem.code, problem.line) == ("UnservedElement", None)


@pytest.mark.parametrize(
    "markup",
    [
        "<my-tool></my-tool>",
        "<script>customElements.define('crowd-mine', Mine)</script><crowd-mine></crowd-mine>",
        f"<script>customElements.define('{UNSERVED}', Mine)</script><{UNSERVED}></{UNSERVED}>",
        f"{ELSEWHERE}<crowd-mine></crowd-mine>",
        "<script type=module>import 'https://cdn.example/elements.js'</script><crowd-mine></crowd-mine>",
        f"<!-- <{UNSERVED}> -->",
        f"<script>const later = '<{UNSERVED}>'</script>",
        f"<textarea><{UNSERVED}></textarea>",
        f'<p title="<{UNSERVED}>"></p>',
        f"{{% comment %}}<{UNSERVED}>{{% endcomment %}}",
        f"{{{{ '<{UNSERVED}>' }}}}",
    ],
)
def test_what_is_the_templates_own_or_no_element_is_not_judged(renderer, markup):
    assert codes(renderer, in_form(markup)) == []


def test_code_from_elsewhere_makes_no_element_of_amazons(renderer):
    assert codes(renderer, in_form(f"{ELSEWHERE}<{UNSERVED}></{UNSERVED}>")) == ["UnservedElement"]


def test_an_element_in_an_inert_template_is_meant_to_be_used(renderer):
    assert codes(renderer, in_form(f"<template><{UNSERVED}></{UNSERVED}></template>")) == ["UnservedElement"]


@pytest.mark.parametrize(
    "template",
    [
        "<p>Is this a cat?</p>",
        f"{LIBRARY}<p>Is this a cat?</p>",
        "<form><input name=a><button>Submit</button></form>",
        "<!-- <crowd-form></crowd-form> --><p>",
        "<noscript><crowd-form></crowd-form></noscript>",
        "<script>console.log('no form here')</script>",
    ],
)
def test_a_page_without_a_form_is_told(renderer, template):
    assert codes(renderer, template) == ["MissingForm"]


def test_a_script_that_swallows_the_form_is_named(renderer):
    template = LIBRARY.replace("></script>", " />") + "<crowd-form></crowd-form>"
    (problem,) = renderer.preview(template, "{}", str).problems

    assert problem.code == "MissingForm"
    assert "is part of the <script> before it, which needs its </script>" in problem.message


@pytest.mark.parametrize(
    "template",
    [
        "<crowd-form></crowd-form>",
        "<CROWD-FORM></CROWD-FORM>",
        "<script>document.body.append(document.createElement('crowd-form'))</script>",
        "<p onclick=\"this.innerHTML = '<crowd-form></crowd-form>'\"></p>",
        f"{ELSEWHERE}<div id=app></div>",
        "{{ '<crowd-form>' | skip_autoescape }}",
    ],
)
def test_a_form_may_be_there_from_the_start_or_come_by_a_script(renderer, template):
    assert codes(renderer, template) == []


@pytest.mark.parametrize(
    "template", ["{{ 1 | plus: 1 }}", "text", "{% tablerow a in (1..2) %}x{% endtablerow %}", "a<br>b"]
)
def test_what_liquid_prints_by_itself_is_a_fragment(renderer, template):
    assert codes(renderer, template) == ["Fragment"]


@pytest.mark.parametrize(
    "control",
    [
        "<button type=submit disabled>Send</button>",
        "<input type=submit hidden>",
        '<input type=image style="display: none">',
        "<crowd-button form-action=submit hidden></crowd-button>",
    ],
)
def test_a_submit_that_nobody_can_press_is_told(renderer, control):
    assert "NoSubmit" in codes(renderer, in_form(control))


@pytest.mark.parametrize(
    "markup",
    [
        "<button type=submit>Send</button>",
        "<button type=submit hidden>Send</button><button>Send</button>",
        "<button type=submit disabled>Send</button><input type=submit>",
        "<button type=button disabled>Count</button>",
        "<button type=submit disabled>Send</button><script>later()</script>",
        "<button type=submit hidden>Send</button><p onclick='later()'>",
        f"<button type=submit hidden>Send</button>{ELSEWHERE}",
        "</crowd-form><button type=submit hidden>Not in the form</button>",
        "<input name=a required>",
        "<input name=a required hidden value=1>",
        "<input name=a required hidden disabled>",
        "<input name=a required hidden readonly>",
        "<input type=hidden name=a required>",
        "<input type=checkbox name=a required hidden checked>",
        "<textarea name=a required hidden>text</textarea>",
        "<input name=a required hidden><script>later()</script>",
        "",
    ],
)
def test_a_form_that_may_be_submitted_is_let_through(renderer, markup):
    template = in_form(markup) if not markup.startswith("</crowd-form>") else f"<crowd-form>{markup}"

    assert codes(renderer, template) == []


@pytest.mark.parametrize(
    "field",
    [
        "<input name=a required hidden>",
        '<textarea name=a required style="display:none"></textarea>',
        "<input type=checkbox name=a required hidden>",
    ],
)
def test_a_required_field_that_nobody_can_fill_is_told_with_its_line(renderer, field):
    (problem,) = renderer.preview(in_form(f"<p>\n{field}"), "{}", str).problems

    assert (problem.code, problem.line) == ("UnfillableField", 4)


def test_a_page_with_a_thousand_faults_tells_some(renderer):
    markup = "".join(f"<crowd-x{number}>" for number in range(1000))

    assert len(codes(renderer, in_form(markup))) == 20


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        (
            [("UnservedElement", 2)],
            f"<crowd-form>\n{{% if a %}}<{UNSERVED} a='{{{{ b }}}}'>{{% endif %}}</crowd-form>",
        ),
        ([("UnknownElement", 1)], "<crowd-form><crowd-boundingbox>"),
        ([("MissingForm", None)], "<p>{{ task.input.text }}</p>"),
        ([("Fragment", None)], "{{ task.input.text }}"),
        ([], "{{ task.input.page | skip_autoescape }}"),
        ([], "<crowd-{{ task.input.tag }}>"),
        ([], "<{{ task.input.tag }}>"),
        ([], "{% capture a %}<crowd-form>{% endcapture %}{{ a }}"),
        ([("UnservedElement", 2), ("InvalidTemplate", 3)], f"<crowd-form>\n<{UNSERVED}>\n{{{{ a | }}}}"),
    ],
)
def test_a_template_is_judged_without_its_input_where_that_is_certain(renderer, expected, template):
    assert expected == [(problem.code, problem.line) for problem in renderer.check(template)]


def test_templates_that_ship_with_the_project_are_good(renderer):
    root = Path(__file__).parents[4]
    for file in (*root.glob("examples/*.html"), *root.glob("src/secondlook/cli/demo/templates/*.html")):
        assert renderer.check(file.read_text()) == [], file


PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "{{",
            "}}",
            "{%",
            "%}",
            "{%-",
            "-%}",
            "'",
            '"',
            " ",
            "\n",
            "x",
            "if",
            "end",
        ),
        *(
            "<crowd-form>",
            "</crowd-form>",
            f"<{UNSERVED} a=1>",
            "<crowd-x",
            "<script>",
            "</script>",
            "<script src=x>",
        ),
        *("<input required hidden", "<button type=submit disabled>", "define(", "{{ a }}"),
        *("{% raw %}", "{% endraw %}", "{% comment %}", "{% endcomment %}"),
    ]
)


@given(st.lists(PIECES).map("".join) | st.text())
def test_any_text_is_judged_and_keeps_its_places(text):
    assert len(text) == len(literal(text))
    for problem in (*judgement.of_page(text, text), *judgement.of_template(text)):
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1
