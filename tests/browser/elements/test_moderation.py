"""`crowd-rekognition-detect-moderation-labels`: what is beside its answers, which `elements/cases` has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

HTML = """<crowd-form><crowd-rekognition-detect-moderation-labels src="/picture.png" header="Look"
    categories='[{ name: "Smoking", parentName: "Tobacco" }, { name: "Weapons", parentName: "Violence" },]'>
</crowd-rekognition-detect-moderation-labels></crowd-form>"""

FILTER = "getComputedStyle(document.querySelector('crowd-rekognition-detect-moderation-labels').shadowRoot.querySelector('.surface')).filter"


def test_the_picture_is_blurred_until_somebody_asks_for_it(open_page: Open) -> None:
    page = open_page(HTML)
    assert "blur" in page.evaluate(FILTER)

    page.get_by_role("button", name="Show the picture").click()
    expect(page.get_by_text("The picture is blurred")).to_have_count(0)
    assert page.evaluate(FILTER) == "none"

    page.keyboard.press("b")
    expect(page.get_by_text("The picture is blurred")).to_be_visible()
    assert "blur" in page.evaluate(FILTER)


def test_while_none_is_chosen_no_label_is(open_page: Open) -> None:
    page = open_page(HTML)
    page.get_by_label("Smoking").check()

    page.get_by_label("None").check()
    expect(page.get_by_label("Smoking")).not_to_be_checked()

    page.get_by_label("None").uncheck()
    expect(page.get_by_label("Smoking")).to_be_enabled()


def test_categories_that_cannot_be_read_are_said(open_page: Open) -> None:
    page = open_page(HTML.replace('{ name: "Smoking", parentName: "Tobacco" }', '{ title: "Smoking" }'))

    expect(page.get_by_role("alert")).to_contain_text('"name" must be a text')


def test_a_script_may_change_the_labels(open_page: Open) -> None:
    page = open_page(HTML)

    page.evaluate(
        "document.querySelector('crowd-rekognition-detect-moderation-labels').categories = [{name: '<b>Drugs</b>', parentName: ''}]"
    )

    expect(page.get_by_label("<b>Drugs</b>")).to_be_visible()
    expect(page.get_by_label("Smoking")).to_have_count(0)
