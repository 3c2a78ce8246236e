"""The templates of `examples/templates` in a real Chromium: rendered, filled in, and the answer as its schema says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Page, expect

from secondlook.review.render import Renderer
from tests.example_templates import EXAMPLES, FILL, FOLDER, Example, media

from .conftest import Site

pytestmark = pytest.mark.browser

LARGEST_PICTURE = 80_000
"""Bytes."""

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=str)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(workers=1) as renderer:
        yield renderer


@pytest.fixture
def opened(open_page: Callable[..., Page], site: Site, renderer: Renderer) -> Callable[..., Page]:
    def open_example(example: Example, **options: Any) -> Page:
        site.bodies.update({path: body for path, (body, _) in media().items()})
        return open_page(example.page(renderer, site.url), library="", **options)

    return open_example


def faults(example: Example, answer: object) -> list[str]:
    return [
        f"{fault.json_path}: {fault.message}"
        for fault in Draft202012Validator(example.schema).iter_errors(answer)
    ]


@every_example
def test_filled_in_it_answers_as_its_schema_says(
    opened: Callable[..., Page], answer: Callable[[Page], Any], example: Example
) -> None:
    page = opened(example)
    example.fill(page)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator("#answers-box")).to_be_visible()

    given = answer(page)
    assert [] == faults(example, given)
    assert set(example.schema["required"]) <= set(given)


@every_example
def test_its_schema_refuses_another_answer(example: Example) -> None:
    Draft202012Validator.check_schema(example.schema)

    assert faults(example, {})
    assert faults(example, dict.fromkeys(example.schema["required"], 7))


@every_example
def test_it_has_no_problem_that_can_be_told_before(renderer: Renderer, example: Example) -> None:
    assert [] == [
        str(problem)
        for problem in renderer.preview(example.template, example.sample, lambda uri: uri).problems
    ]
    assert [] == [str(problem) for problem in renderer.check(example.template)]


@every_example
def test_axe_finds_nothing(
    opened: Callable[..., Page], violations: Callable[[Page], list[str]], example: Example
) -> None:
    assert [] == violations(opened(example))


@every_example
@pytest.mark.parametrize("width", [390, 640])
def test_it_fits_a_phone_and_a_page_at_200_percent(
    opened: Callable[..., Page], example: Example, width: int
) -> None:
    page = opened(example, viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_example
def test_it_has_a_small_picture(example: Example) -> None:
    assert 0 < example.picture.stat().st_size < LARGEST_PICTURE


def test_each_is_told_of_and_filled_in() -> None:
    table = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert set(FILL) == {example.name for example in EXAMPLES}
    assert [] == [
        example.name for example in EXAMPLES if f"]({example.name}/template.liquid.html)" not in table
    ]
    assert len(EXAMPLES) >= 20
