"""Whether people could answer a page: what is missing is named, and what may be good is let through."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.liquid import literal
from secondlook.review.render import Renderer, RenderFailed, elements, judgement

LIBRARY = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'
ELSEWHERE = '<script src="https://cdn.example/elements.js"></script>'
UNKNOWN = "crowd-zzz"


def codes(renderer: Renderer, template: str, task_input: object = None) -> list[str]:
    problems = renderer.preview(template, json.dumps(task_input), str).problems
    return [problem.code for problem in problems]


def in_form(markup: str) -> str:
    return f"{LIBRARY}\n<crowd-form>\n{markup}\n</crowd-form>"


def test_an_element_that_nobody_defines_is_named_with_its_line(renderer):
    (problem,) = renderer.preview(
        in_form(f'<p>\n  <{UNKNOWN} name="x" src="{{{{ task.input }}}}"></{UNKNOWN}>'), "1", str
    ).problems

    assert (problem.code, problem.line, problem.column) == ("UnknownElement", 4, 3)
    assert f"There is no element <{UNKNOWN}> (line 4, column 3)." == problem.message


def test_every_element_that_is_missing_is_named_once(renderer):
    missing = [f"crowd-none{number}" for number in range(5)]
    markup = "".join(f"<{tag}></{tag}>" for tag in (*missing, *missing))

    problems = renderer.preview(in_form(markup), "{}", str).problems

    assert missing == [re.findall("<(.*?)>", problem.message)[0] for problem in problems]


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
    (problem,) = renderer.preview(template, json.dumps(f"<{UNKNOWN}>"), str).problems

    assert (problem.code, problem.line) == ("UnknownElement", None)


@pytest.mark.parametrize(
    "markup",
    [
        "<my-tool></my-tool>",
        "<script>customElements.define('crowd-mine', Mine)</script><crowd-mine></crowd-mine>",
        f"<script>customElements.define('{UNKNOWN}', Mine)</script><{UNKNOWN}></{UNKNOWN}>",
        f"{ELSEWHERE}<crowd-mine></crowd-mine>",
        "<script type=module>import 'https://cdn.example/elements.js'</script><crowd-mine></crowd-mine>",
        f"<!-- <{UNKNOWN}> -->",
        f"<script>const later = '<{UNKNOWN}>'</script>",
        f"<textarea><{UNKNOWN}></textarea>",
        f'<p title="<{UNKNOWN}>"></p>',
        f"{{% comment %}}<{UNKNOWN}>{{% endcomment %}}",
        f"{{{{ '<{UNKNOWN}>' }}}}",
    ],
)
def test_what_is_the_templates_own_or_no_element_is_not_judged(renderer, markup):
    assert codes(renderer, in_form(markup)) == []


def test_an_element_in_an_inert_template_is_meant_to_be_used(renderer):
    assert codes(renderer, in_form(f"<template><{UNKNOWN}></{UNKNOWN}></template>")) == ["UnknownElement"]


@pytest.mark.parametrize(
    "template",
    [
        "<p>Is this a cat?</p>",
        f"{LIBRARY}<p>Is this a cat?</p>",
        "<form method=dialog><button>Close</button></form>",
        "<form target=_blank action=https://search.example><input name=q></form>",
        "<template><form><input name=a></form></template>",
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


@pytest.mark.parametrize("script", ["<script src='https://cdn.example/x.js' />", "<script src=x.js>"])
def test_a_script_without_end_that_would_come_from_elsewhere_never_runs(renderer, script):
    assert codes(renderer, f"<p>Is this a cat?</p>{script}<crowd-form></crowd-form>") == ["MissingForm"]


@pytest.mark.parametrize(
    ("code", "markup"),
    [
        ("Refresh", '<meta http-equiv="refresh" content="5">'),
        ("Refresh", "<META HTTP-EQUIV=Refresh content='0; url=/'>"),
        ("PagePolicy", "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"),
    ],
)
def test_what_a_task_page_cannot_have_in_its_head_is_a_warning_with_its_line(renderer, code, markup):
    template = in_form(markup)
    (problem,) = renderer.check(template)

    assert (problem.code, problem.line, problem.is_warning) == (code, 3, True)
    assert codes(renderer, template) == [], "people can answer the page"


@pytest.mark.parametrize(
    "template",
    [
        "<crowd-form></crowd-form>",
        "<CROWD-FORM></CROWD-FORM>",
        "<script>document.body.append(document.createElement('crowd-form'))</script>",
        "<p onclick=\"this.innerHTML = '<crowd-form></crowd-form>'\"></p>",
        f"{ELSEWHERE}<div id=app></div>",
        "{{ '<crowd-form>' | skip_autoescape }}",
        "<form><input name=a><button>Submit</button></form>",
        "<FORM METHOD=post TARGET=_self action=https://www.mturk.com/mturk/externalSubmit></FORM>",
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


SHOWS = "<style>#o:checked ~ * { display: block }</style><input type=checkbox id=o>"
WHY = "<textarea hidden required name=why></textarea>"


@pytest.mark.parametrize(
    "template",
    [
        in_form(f"{SHOWS}{WHY}"),
        in_form(f"{SHOWS}<div hidden>{WHY}</div>"),
        in_form(f"{SHOWS}<button type=submit hidden>Send</button>"),
        in_form(f"<link rel=stylesheet href=https://cdn.example/a.css>{WHY}"),
        in_form('<textarea hidden required name=why style="display: block"></textarea>'),
        in_form('<div hidden style="display: block"><textarea required name=why></textarea></div>'),
        in_form('<textarea required name=why style="display: none; display: block"></textarea>'),
        in_form("<input name=b><input type=submit hidden>"),
        in_form("<button type=submit disabled>x</button>") + "<crowd-form><button>Send</button></crowd-form>",
        in_form("<button type=submit disabled>x</button>") + "<crowd-form><input name=a></crowd-form>",
        in_form("<label for=s>Send</label><input type=submit id=s hidden>"),
        in_form("<label><input type=checkbox name=a required hidden>I have read it</label>"),
        in_form(f"<fieldset disabled>{WHY}</fieldset>"),
        in_form(f"<template>{WHY}</template>"),
        in_form(f'{WHY}<a href="javascript:show()">why</a>'),
        in_form(f'{WHY}<a href=" java\nscript:show()">why</a>'),
        in_form(f'{WHY}<iframe srcdoc="<script>parent.show()</script>"></iframe>'),
        in_form(f"<svg><script href=https://cdn.example/show.js /></svg>{WHY}"),
        in_form("<div hidden=until-found><textarea required name=why></textarea></div>"),
        in_form("<ul><li><div hidden><li><textarea required name=why></textarea></ul>"),
        in_form("<button><div hidden><button><textarea required name=why></textarea>"),
        in_form("<p hidden>Why?<div><textarea required name=why></textarea></div>"),
    ],
)
def test_what_a_style_sheet_a_script_or_a_key_may_bring_to_life_is_let_through(renderer, template):
    assert codes(renderer, template) == []


@pytest.mark.parametrize(
    ("code", "message", "markup"),
    [
        ("UnfillableField", "'a' has no option to choose", "<select name=a required></select>"),
        (
            "UnfillableField",
            "'a' has no option to choose",
            '<select name=a required><option value="">Choose</option></select>',
        ),
        (
            "UnfillableField",
            "takes nothing: its min is above its max",
            "<input type=number name=a required min=5 max=1>",
        ),
        (
            "UnfillableField",
            "takes nothing: its minlength is above its maxlength",
            "<input name=a required minlength=9 maxlength=2>",
        ),
        ("UnfillableField", "is hidden and empty", "<div hidden><p><input name=a required></p></div>"),
        (
            "UnfillableField",
            "is hidden and empty",
            '<section style="margin: 0; display: none"><textarea name=a required></textarea></section>',
        ),
        ("LostAnswer", "'a' asks for a file", "<input type=file name=a required>"),
        ("LostAnswer", "'a' stands outside of <crowd-form>", "</crowd-form><input name=a required>"),
        ("NoSubmit", "disabled or hidden", "<textarea name=a></textarea><input type=submit hidden>"),
        ("NoSubmit", "disabled or hidden", "<input name=a><input type=submit disabled>"),
        ("NoSubmit", "disabled or hidden", "<div hidden><button type=submit>Send</button></div>"),
    ],
)
def test_what_makes_an_answer_impossible_is_told_with_its_line(renderer, code, message, markup):
    (problem,) = renderer.preview(f"<crowd-form>\n{markup}", "{}", str).problems

    assert (problem.code, problem.line) == (code, 2)
    assert message in problem.message


@pytest.mark.parametrize(
    "template", ["<div hidden>\n<crowd-form>", "\n<crowd-form hidden>", '\n<crowd-form style="display:none">']
)
def test_a_form_that_nobody_sees_is_told(renderer, template):
    (problem,) = renderer.preview(f"{template}<input name=a></crowd-form>", "{}", str).problems

    assert (problem.code, problem.line) == ("NoSubmit", 2)
    assert (
        codes(renderer, f"<style>* {{ display: block }}</style>{template}<input name=a></crowd-form>") == []
    )


def test_a_form_in_an_inert_template_is_told_where_no_script_takes_it_from_there(renderer):
    form = "<crowd-form><input name=a></crowd-form>"
    (problem,) = renderer.preview(f"<template>{form}</template>", "{}", str).problems

    assert problem.code == "MissingForm"
    assert "what stands inside <template> is shown by a script only" in problem.message
    assert codes(renderer, f"<template>{form}</template><script>show()</script>") == []
    assert codes(renderer, f"<template shadowrootmode=open>{form}</template>") == []
    assert codes(renderer, f"<template></template>{form}") == []


@pytest.mark.parametrize(
    "markup",
    [
        '<select name=a required><option value="">Choose</option><option>cat</option></select>',
        '<select name=a required multiple><option value="">none</option></select>',
        "<select name=a required><option>cat</select>",
        '<select name=a required><optgroup><option value="">none</option></optgroup></select>',
        "<select name=a required></select><script>fill()</script>",
        "<select name=a></select>",
        "<fieldset disabled><select name=a required></select></fieldset>",
        "<input type=number name=a min=5 max=1>",
        "<input type=number name=a required min=1e1 max=11>",
        "<input type=number name=a required min=b max=1>",
        "<input name=a required value=text minlength=9 maxlength=2>",
        "<input type=file name=a>",
        "<input type=file required>",
        "<input type=file name=a required><script>read()</script>",
        "</crowd-form><input name=a>",
        "</crowd-form><input required>",
        "</crowd-form><input type=hidden name=a required>",
        "</crowd-form><form action=https://search.example/><input name=q required></form>",
        "</crowd-form><template><input name=a required></template>",
        "</crowd-form><input name=a required><script>copy()</script>",
        "<div></crowd-form><input name=a required>",
        "<p>Text<div></p><input name=a required></div>",
        "<table><tr><td></div></crowd-form><input name=a required></table>",
    ],
)
def test_a_field_that_may_be_filled_and_collected_is_let_through(renderer, markup):
    assert codes(renderer, f"<div><crowd-form>{markup}") == []


def test_a_page_with_a_thousand_faults_tells_some(renderer):
    markup = "".join(f"<crowd-x{number}>" for number in range(1000))

    assert len(codes(renderer, in_form(markup))) == 20


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        (
            [("UnknownElement", 2)],
            f"<crowd-form>\n{{% if task %}}<{UNKNOWN} a='{{{{ task.input.b }}}}'>{{% endif %}}</crowd-form>",
        ),
        (
            [("UnknownVariable", 1), ("UnknownElement", 2)],
            "<crowd-form>{{ tsk }}\n<crowd-boundingbox>",
        ),
        ([("UnknownElement", 1)], "<crowd-form><crowd-boundingbox>"),
        ([("MissingForm", None)], "<p>{{ task.input.text }}</p>"),
        ([("Fragment", None)], "{{ task.input.text }}"),
        ([], "{{ task.input.page | skip_autoescape }}"),
        ([], "<crowd-{{ task.input.tag }}>"),
        ([], "<{{ task.input.tag }}>"),
        ([], "{% capture a %}<crowd-form>{% endcapture %}{{ a }}"),
        ([("UnknownElement", 2), ("InvalidTemplate", 3)], f"<crowd-form>\n<{UNKNOWN}>\n{{{{ a | }}}}"),
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
            f"<{UNKNOWN} a=1>",
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


@pytest.mark.parametrize("task_input", ['{"name": "<crowd-nonsense>"}', '{"name": "ok"}'])
def test_judging_says_what_a_preview_says(renderer, task_input):
    template = "<crowd-form>{{ task.input.name | skip_autoescape }}{{ 's3://bucket/key' | grant_read_access }}</crowd-form>"

    shown, judged = (
        [(problem.code, problem.message, problem.line) for problem in problems]
        for problems in (
            renderer.preview(template, task_input, str).problems,
            renderer.judge(template, task_input, str),
        )
    )
    assert shown == judged


def test_judging_a_template_that_fails_fails_as_rendering_does(renderer):
    def refuse(uri: str) -> str:
        raise RenderFailed("AccessDenied", f"The role may not read {uri}.")

    with pytest.raises(RenderFailed, match="s3://bucket/key"):
        renderer.judge("{{ 's3://bucket/key' | grant_read_access }}", "{}", refuse)
