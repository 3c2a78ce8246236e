"""`crowd-question-answer-generation` as a worker meets it; its answers are in `elements/cases`."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

TEXT = "The Amazon is a river. It is long."


def questions(attributes: str = "question-tags='[]'", text: str = TEXT) -> str:
    return f"""<crowd-form><crowd-question-answer-generation id="it" name="qa" text="{escape(text)}" {attributes}>
        </crowd-question-answer-generation></crowd-form>"""


def pairs(page: Page) -> list[dict[str, Any]]:
    value = page.evaluate("it.value ?? null")
    return value["questionAnswerPairs"] if value else []


def mark(page: Page, *keys: str) -> None:
    for key in (*keys, "Enter"):
        page.locator(".surface").press(key)


def test_passages_belong_to_the_question_that_was_worked_on_last(open_page: Open) -> None:
    page = open_page(questions())
    page.locator(".question").fill("first")
    mark(page, "ArrowRight", "ArrowRight")
    page.get_by_role("button", name="Add a question").click()
    page.locator(".question").last.fill("second")
    mark(page, "ArrowRight", "Shift+ArrowRight")
    page.locator(".question").first.click()
    mark(page, "ArrowRight")

    assert [
        [TEXT[r["startOffset"] : r["endOffset"]] for r in pair["references"]] for pair in pairs(page)
    ] == [
        ["Amazon", "river"],
        ["is a"],
    ]
    expect(page.locator(".card").last.locator(".quote")).to_have_text("is a")


def test_a_quote_leads_to_its_passage_and_its_x_removes_it(open_page: Open) -> None:
    page = open_page(questions(text="line\n" * 200 + TEXT))
    page.evaluate(
        "it.restoreState({pairs: [{id: 1, question: 'q', answer: '', tags: [], wholeText: false}], references: [{label: '1', startOffset: 1004, endOffset: 1010}]})"
    )
    quote = page.locator(".quote")
    expect(quote).to_have_text("Amazon")

    quote.click()
    page.wait_for_function("it.shadowRoot.querySelector('.surface').scrollTop > 100")
    expect(page.locator("mark.selected")).to_be_visible()

    page.get_by_role("button", name="Remove the passage “Amazon”").click()
    assert pairs(page)[0]["references"] == []


def test_a_deleted_question_comes_back_with_its_passages(open_page: Open) -> None:
    page = open_page(questions())
    page.locator(".question").fill("why")
    mark(page, "ArrowRight")
    before = pairs(page)

    page.get_by_role("button", name="Delete question 1").click()
    assert pairs(page) == []
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).last.click()

    assert pairs(page) == before
    expect(page.locator("mark")).to_have_count(1)


def test_what_a_question_lacks_is_said_at_it_until_it_is_there(open_page: Open) -> None:
    page = open_page(questions("question-tags='[]' answer-max-words='2'"))
    page.locator(".answer").fill("one two three")

    page.get_by_role("button", name="Submit").click()

    problems = page.locator(".card .problems")
    expect(problems).to_contain_text("The question needs at least 1 word, and has 0.")
    expect(problems).to_contain_text("The answer needs 1 to 2 words, and has 3.")
    assert page.evaluate("it.shadowRoot.activeElement.className") == "question"
    page.locator(".question").fill("why")
    page.locator(".answer").fill("one two")
    page.locator(".whole").check()
    expect(problems).to_have_text("")


def test_no_more_questions_than_asked_for_and_own_tags_only_where_allowed(open_page: Open) -> None:
    page = open_page(
        questions("max-questions='2' question-tags='[\"a\"]' allow-custom-question-tags='false'")
    )

    page.get_by_role("button", name="Add a question").click()

    expect(page.get_by_role("button", name="Add a question")).to_be_disabled()
    expect(page.locator(".own-tag")).to_have_count(0)
    expect(page.get_by_role("button", name="a", exact=True)).to_have_count(2)


def test_markup_in_text_and_tags_is_text(open_page: Open) -> None:
    hostile = "<img src=x onerror='window.hurt = 1'>"
    page = open_page(questions(f'question-tags="{escape(json.dumps([hostile]))}"', hostile))

    expect(page.locator(".block")).to_have_text(hostile)
    expect(page.locator(".pick")).to_have_text(hostile)
    assert page.evaluate("window.hurt") is None


def test_keys_of_the_text_are_letters_while_somebody_writes(open_page: Open) -> None:
    page = open_page(questions())
    mark(page, "ArrowRight")

    page.locator(".question").press_sequentially("x-1?+")
    page.locator(".question").press("Delete")

    assert pairs(page)[0]["question"] == "x-1?+"
    assert len(pairs(page)[0]["references"]) == 1
    expect(page.locator("dialog.help")).to_be_hidden()
