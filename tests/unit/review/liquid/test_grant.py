"""`grant_read_access` and its newer name [crowd-elements/liquid.md: Extra filters; lifecycle.md]."""

from __future__ import annotations

import pytest

from secondlook.review.liquid import RenderError, TemplateError, render


@pytest.mark.parametrize("name", ["grant_read_access", "s3_presign"])
@pytest.mark.parametrize(
    ("uri", "reference"),
    [
        ("s3://bucket/image.jpg", "s3://bucket/image.jpg"),
        ("s3://bucket/a/b c&d.jpg", "s3://bucket/a/b c&d.jpg"),
        ("s3://bucket/folder/", "s3://bucket/folder/"),
        ("s3://bucket/a%20b?c", "http://s3.amazonaws.com/bucket/a%20b?c"),
        ("s3://bucket/key", "https://s3.amazonaws.com/bucket/key"),
        ("s3://bucket/key", "HTTPS://S3.amazonaws.com/bucket/key"),
        ("s3://bucket/key", "\n  s3://bucket/key\n"),
        ("s3://bucket.with.dots/key", "s3://bucket.with.dots/key"),
    ],
)
def test_a_reference_to_an_object_becomes_a_link(name, uri, reference):
    granted = []

    output = render(
        f"{{{{ task.input.ref | {name} }}}}", {"ref": reference}, lambda uri: granted.append(uri) or "link"
    )

    assert output == "link"
    assert [uri] == granted


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/image.jpg?a=1",
        "http://example.org",
        "https://bucket.s3.amazonaws.com/key",
        "https://s3.amazonaws.com/bucket/key?X-Amz-Signature=abc",
    ],
)
def test_another_web_address_stays(page, address):
    assert address == page("{{ task.input.address | grant_read_access }}", address=address)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        (" ", " "),
        ("", ""),
        ("s3://bucket", "s3://bucket"),
        ("s3://bucket/", "s3://bucket/"),
        ("s3:///key", "s3:///key"),
        ("image.jpg", "image.jpg"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ('["s3://bucket/key"]', ["s3://bucket/key"]),
        ("7", 7),
    ],
)
def test_anything_else_is_refused_in_the_words_of_aws(problem, shown, value):
    sentence = f'"grant_read_access" input is not a valid S3 URI: "{shown}" (line 2, column 23).'

    assert TemplateError("InvalidParameters", sentence, 2, 23) == problem(
        "\n{{ task.input.value | grant_read_access }}", value=value
    )


@pytest.mark.parametrize(
    ("members", "given"),
    [
        ("labels, taskObject", {"labels": [], "taskObject": "s3://b/k"}),
        ("image", {"image": None}),
        ("no members", {}),
    ],
)
def test_a_member_that_is_not_there_is_told_with_those_that_are(problem, members, given):
    message = problem("{{ task.input.image | grant_read_access }}", **given).message

    assert (
        f'not a valid S3 URI: "", it is nil; the task\'s input has {members} (line 1, column 23).' in message
    )


def test_a_long_wrong_reference_is_shown_in_part(problem):
    assert len(problem("{{ task.input.value | grant_read_access }}", value="x" * 10_000).message) < 300


def test_the_link_is_escaped_everywhere(page):
    template = """<img src="{{ task.input.ref | grant_read_access }}"><script>load("{{ task.input.ref | s3_presign }}")</script>"""
    expected = '<img src="https://here/bucket/key?a=1&amp;b=2"><script>load("https://here/bucket/key?a=1&amp;b=2")</script>'

    assert expected == page(template, ref="s3://bucket/key")


def test_bucket_and_name_can_be_captured(page):
    template = (
        "{% capture uri %}http://s3.amazonaws.com/{{ task.input.o.bucket }}/{{ task.input.o.name }}{% endcapture %}"
        "{{ uri | grant_read_access }}"
    )

    assert (
        page(template, o={"bucket": "bucket", "name": "a&b.png"})
        == "https://here/bucket/a&amp;b.png?a=1&amp;b=2"
    )


def test_an_escaped_reference_means_the_same_object(page):
    assert (
        page("{{ task.input.ref | escape | grant_read_access }}", ref="s3://bucket/a&b")
        == "https://here/bucket/a&amp;b?a=1&amp;b=2"
    )


def test_a_literal_can_be_granted_and_the_link_used_further(page):
    assert (
        page("{{ 's3://bucket/app.js' | grant_read_access | upcase | skip_autoescape }}")
        == "HTTPS://HERE/BUCKET/APP.JS?A=1&B=2"
    )


def test_a_refused_grant_is_the_problem_of_the_template_where_it_asks():
    def refuse(_uri):
        raise RenderError(TemplateError("AccessDenied", "The role may not read s3://bucket/key."))

    with pytest.raises(RenderError) as failure:
        render("{{ 's3://bucket/key' | grant_read_access }}", {}, refuse)

    sentence = "The role may not read s3://bucket/key (line 1, column 24)."
    assert TemplateError("AccessDenied", sentence, 1, 24) == failure.value.problem
