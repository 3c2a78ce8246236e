"""Ordinary mistakes in the attributes of a template's elements are told with what would be right."""

from __future__ import annotations

import pytest

from secondlook.review.render import attributes, judgement


def warnings(markup: str) -> list[str]:
    problems = judgement.of_template(f"<crowd-form>\n{markup}\n</crowd-form>")
    assert all(problem.is_warning for problem in problems)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("lables", "labels"), ("initialValue", "initial-value"), ("label", "labels")],
)
def test_an_attribute_that_is_misspelt_is_told_with_what_was_meant(wrong: str, right: str) -> None:
    (message,) = warnings(f"<crowd-polygon name='a' {wrong}=''></crowd-polygon>")

    assert (
        f"<crowd-polygon> has no attribute {wrong.lower()!r}; did you mean {right!r}? (line 2, column 25)."
        == message
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<crowd-input name='a' data-value='x' aria-label='x' onchange='x' class='x' originalvalue='x'></crowd-input>",
        "<crowd-polygon name='a' labels='{{ task.input.labels }}' {{ task.input.more }}></crowd-polygon>",
        "<crowd-checkbox></crowd-checkbox><script>name()</script>",
        "<crowd-text-ranking></crowd-text-ranking>",
        "<crowd-input {{ task.input.attributes }}></crowd-input>",
    ],
)
def test_what_may_be_meant_is_left_alone(markup: str) -> None:
    assert [] == warnings(markup)


def test_a_field_without_a_name_is_told() -> None:
    (message,) = warnings("<crowd-input label='Which?'></crowd-input>")

    assert (
        message == "<crowd-input> has no 'name', so what is answered there would be lost (line 2, column 1)."
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("['a', 'b", "cannot be read: unexpected"),
        ("['a'", "cannot be read: the text ends too early"),
        ("{a: 1}", "must be a list such as"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(value: str, reason: str) -> None:
    (message,) = warnings(f'<crowd-polygon name="a" labels="{value}"></crowd-polygon>')

    assert message.startswith(f"'labels' of <crowd-polygon> {reason}")


def test_every_attribute_has_a_meaning() -> None:
    assert {name for names in attributes.ATTRIBUTES.values() for name in names} == set(attributes.MEANINGS)
