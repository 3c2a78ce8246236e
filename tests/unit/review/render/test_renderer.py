"""Pages through the renderer, and what the server sees of their failures."""

from __future__ import annotations

import json

import pytest

from secondlook.review.render import Renderer, RenderFailed

GRANTING = "{{ 's3://bucket/key' | grant_read_access }}"


def test_a_page_comes_back(renderer, link):
    page = renderer.render("<p>{{ task.input.text }}</p>", json.dumps({"text": "Grüße <世界> 🎉"}), link)

    assert page == "<p>Grüße &lt;世界&gt; 🎉</p>"


def test_links_are_made_in_the_server_once_per_object(renderer, link):
    granted: list[str] = []

    def grant(uri: str) -> str:
        granted.append(uri)
        return link(uri)

    page = renderer.render(
        "{% for uri in task.input %}{{ uri | grant_read_access }} {% endfor %}", ALTERNATING, grant
    )

    assert page == "https://here/bucket/a?a=1&amp;b=2 https://here/bucket/b?a=1&amp;b=2 " * 2
    assert granted == ["s3://bucket/a", "s3://bucket/b"]


ALTERNATING = json.dumps(["s3://bucket/a", "s3://bucket/b"] * 2)


def test_a_refused_link_is_the_failure_of_the_template(renderer, link):
    def refuse(uri: str) -> str:
        raise RenderFailed("AccessDenied", f"The role may not read {uri}.")

    with pytest.raises(RenderFailed) as failure:
        renderer.render(GRANTING, "{}", refuse)

    assert (failure.value.code, failure.value.message) == (
        "AccessDenied",
        "The role may not read s3://bucket/key (line 1, column 24).",
    )
    assert renderer.render("{{ 1 }}", "{}", link) == "1"


def test_another_error_while_granting_passes_through(renderer, link):
    def stumble(uri: str) -> str:
        raise KeyError(uri)

    with pytest.raises(KeyError, match="s3://bucket/key"):
        renderer.render(GRANTING, "{}", stumble)

    assert renderer.render("{{ 1 }}", "{}", link) == "1"


def test_the_failure_of_a_template_names_code_message_and_place(renderer, link):
    with pytest.raises(RenderFailed) as failure:
        renderer.render("\n{% if %}", "{}", link)

    error = failure.value
    assert (error.code, error.line, error.column) == ("InvalidTemplate", 2, 4)
    assert error.message == "Missing expression (line 2, column 4)."


def test_a_wrong_reference_fails_in_the_words_of_aws(renderer, link):
    with pytest.raises(RenderFailed) as failure:
        renderer.render("{{ task.input.image | grant_read_access }}", '{"image": " "}', link)

    expected = 'Task failed to render: [ InvalidParameters: \'"grant_read_access" input is not a valid S3 URI: " " (line 1, column 23).\' ].'
    assert f"Task failed to render: [ {failure.value.code}: '{failure.value.message}' ]." == expected


@pytest.mark.parametrize(
    ("reason", "task_input"),
    [
        ("Expecting value: line 1 column 1 (char 0)", ""),
        ("Expecting property name enclosed in double quotes: line 1 column 2 (char 1)", "{"),
        ("NaN is no JSON value", "[NaN]"),
        ("Infinity is no JSON value", "[Infinity]"),
        ("1e999 is too large for a number", "[1e999]"),
    ],
)
def test_an_input_that_is_not_json_is_described(renderer, link, reason, task_input):
    with pytest.raises(RenderFailed) as failure:
        renderer.render("{{ task.input }}", task_input, link)

    expected = ("InvalidInput", f"The task's input is not JSON: {reason}.")
    assert (failure.value.code, failure.value.message) == expected


def test_a_template_is_checked_without_input(renderer):
    (problem,) = renderer.check("<crowd-form>{{ task.input.text | upcas }}</crowd-form>")

    assert (problem.code, problem.line, problem.column) == ("InvalidTemplate", 1, 34)
    assert renderer.check("<crowd-form>{{ task.input.text | upcase }}</crowd-form>") == []


def test_half_a_surrogate_pair_in_the_input_does_no_harm(renderer, link):
    page = renderer.render("{{ task.input }}|{{ task.input[0] }}", '["\\ud800"]', link)

    assert page == "[&quot;\\ud800&quot;]|\\ud800"


def test_half_a_surrogate_pair_in_the_template_does_no_harm(renderer, link):
    assert renderer.render("<\ud800>", "{}", link) == "<\\ud800>"


def test_a_closed_renderer_refuses(link):
    renderer = Renderer()
    renderer.close()

    with pytest.raises(RenderFailed, match="stopping"):
        renderer.render("{{ 1 }}", "{}", link)
