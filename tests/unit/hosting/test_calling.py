"""How an endpoint is called: what is shown can be pasted, whatever the sample and the content type are."""

from __future__ import annotations

import ast
import shlex

import pytest

from secondlook.hosting.catalog.calling import ways

QUOTES = 'a "word" isn\'t \\ the\nend: 7 €'


def _members(program: str) -> dict[str, ast.expr]:
    (call,) = (
        node
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.Call) and len(node.keywords) == 3
    )
    return {str(keyword.arg): keyword.value for keyword in call.keywords}


@pytest.mark.parametrize(
    ("content_type", "sample", "body"),
    [
        ("text/plain", QUOTES, QUOTES),
        ("text/csv", "1,2", "1,2"),
        ("application/json", '{"a": [1]}', '{"a": [1]}'),
        ("application/json", "A review.", '"A review."'),
        ("application/jsonlines", "{}", "{}"),
    ],
)
def test_a_text_stands_in_the_call(content_type: str, sample: str, body: str) -> None:
    program, command = ways("spam", content_type, sample)

    members = _members(program)
    assert "spam" == ast.literal_eval(members["EndpointName"])
    assert content_type == ast.literal_eval(members["ContentType"])
    sent = members["Body"]
    assert isinstance(sent, ast.Call)
    assert isinstance(sent.func, ast.Attribute)
    assert "encode" == sent.func.attr
    assert body == ast.literal_eval(sent.func.value)
    words = shlex.split(command)
    assert content_type == words[words.index("--content-type") + 1]
    assert ["printf", "%s", body, "|", "aws"] == words[:5]
    assert "fileb:///dev/stdin" == words[words.index("--body") + 1]


@pytest.mark.parametrize(
    ("content_type", "file"),
    [
        ("image/jpeg", "sample.jpg"),
        ("audio/wav", "sample.wav"),
        ("application/x-image", "sample.image"),
        ("application/octet-stream", "sample.bin"),
        ("application/pdf; version=1.7", "sample.pdf"),
    ],
)
def test_whatever_is_no_text_is_a_file(content_type: str, file: str) -> None:
    program, command = ways("spam", content_type, "Any photograph.")

    assert f"open('{file}', 'rb')" == ast.unparse(_members(program)["Body"])
    words = shlex.split(command)
    assert (f"fileb://{file}", content_type) == (words[words.index("--body") + 1], words[6])


def test_an_asynchronous_endpoint_is_given_an_object() -> None:
    program, command = ways("spam", "image/png", is_asynchronous=True)

    assert "invoke_endpoint_async" in program
    assert "s3://BUCKET/sample.png" == ast.literal_eval(_members(program)["InputLocation"])
    assert "s3://BUCKET/sample.png" == shlex.split(command)[-1]
