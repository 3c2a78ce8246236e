"""`crowd-text-ranking` by mouse and finger, and as scripts change it; its answers are in `elements/cases`."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

RESPONSES = ["first", "second", "third"]


def ranking(dimensions: Any, responses: Any = RESPONSES, content: str = "") -> str:
    return f"""<crowd-text-ranking name="it" text="Why?" responses="{escape(json.dumps(responses))}"
        ordinal-ranking-dimensions="{escape(json.dumps(dimensions))}">{content}</crowd-text-ranking>"""


def form(*rankings: str) -> str:
    return f"<crowd-form>{''.join(rankings)}</crowd-form>"


ONE = ranking([{"name": "Clarity", "allowTie": False}])


def ranks(page: Page) -> list[list[str]]:
    """The letters in each lane, those without a rank first."""
    lanes = page.locator(".lane").all()
    return [[text.strip() for text in lane.locator(".chip").all_inner_texts()] for lane in lanes]


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, response: int, rank: str) -> None:
    page.mouse.move(*middle(page, f".chip[data-response='{response}']"))
    page.mouse.down()
    page.mouse.move(*middle(page, f".lane[data-rank='{rank}']"), steps=5)
    page.mouse.up()


def test_letters_are_dragged_to_ranks_and_others_make_room(open_page: Open) -> None:
    page = open_page(form(ONE))

    for response, rank in [(0, "1"), (1, "1"), (2, "2")]:
        drag(page, response, rank)
    assert ranks(page) == [[], ["B"], ["C"], ["A"]]

    drag(page, 1, "")
    assert ranks(page) == [["B"], [], ["C"], ["A"]]


def test_a_letter_that_is_let_go_elsewhere_stays_and_is_not_chosen(open_page: Open) -> None:
    page = open_page(form(ONE))
    page.mouse.move(*middle(page, ".chip[data-response='0']"))
    page.mouse.down()
    page.mouse.move(2, 2, steps=5)
    page.mouse.up()

    assert ranks(page) == [["A", "B", "C"], [], [], []]
    expect(page.locator(".chip[aria-pressed=true]")).to_have_count(0)


def test_fingers_choose_a_letter_and_then_its_rank(open_page: Open) -> None:
    page = open_page(form(ONE), has_touch=True, viewport={"width": 390, "height": 844})

    page.locator(".chip").first.tap()
    page.locator(".lane[data-rank='3'] .place").tap()

    assert ranks(page) == [["B", "C"], [], [], ["A"]]


def test_arrows_move_a_letter_which_keeps_the_focus(open_page: Open) -> None:
    page = open_page(form(ONE))
    page.locator(".chip[data-response='1']").focus()

    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert ranks(page) == [["A", "C"], [], ["B"], []]

    page.keyboard.press("Delete")
    assert ranks(page) == [["A", "B", "C"], [], [], []]


def test_what_is_missing_is_said_on_its_board_until_it_is_there(open_page: Open) -> None:
    page = open_page(
        form(ranking([{"name": "Clarity", "allowTie": True}, {"name": "Accuracy", "allowTie": True}]))
    )
    page.get_by_role("button", name="Submit").click()
    errors = page.locator(".board .error")
    expect(errors).to_have_text(["Rank every response on “Clarity”.", "Rank every response on “Accuracy”."])
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "chip"

    page.locator(".chip").first.press("1")

    expect(errors).to_have_text(["", "Rank every response on “Accuracy”."])


def test_of_two_rankings_the_second_stands_under_its_name(
    open_page: Open, answer: Callable[[Page], Any]
) -> None:
    second = ranking([{"name": "Tone", "allowTie": True}], ["x"]).replace('name="it"', 'name="tone"')
    page = open_page(form(ranking([{"name": "Clarity", "allowTie": True}], ["y"]), second))
    for chip in page.locator(".chip").all():
        chip.press("1")

    page.get_by_role("button", name="Submit").click()

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {
        "ordinalRankingDimensions": [{"name": "Clarity", "responseRankings": [1]}],
        "tone": {"ordinalRankingDimensions": [{"name": "Tone", "responseRankings": [1]}]},
    }


def test_attributes_are_live_and_markup_in_them_is_text(open_page: Open) -> None:
    page = open_page(form(ONE))
    page.locator(".chip").first.press("1")
    hostile = "<img src=x onerror='window.hurt = 1'>"

    page.evaluate(
        "(hostile) => { document.querySelector('crowd-text-ranking').responses = [hostile, 'b']; }", hostile
    )

    expect(page.locator(".response").first).to_have_text(hostile)
    assert ranks(page) == [["A", "B"], [], []]
    page.evaluate(
        "document.querySelector('crowd-text-ranking').ordinalRankingDimensions = [{name: 'New', allowTie: false}]"
    )
    expect(page.locator(".board h3")).to_have_text("New")
    assert page.evaluate("window.hurt") is None


def test_what_a_self_closed_one_swallows_is_shown_after_it(open_page: Open) -> None:
    page = open_page(
        form(ranking([{"name": "Clarity", "allowTie": True}], content="<input name='a' aria-label='More'>"))
    )

    field, board = page.get_by_label("More").bounding_box(), page.locator(".board").bounding_box()
    assert field is not None
    assert board is not None
    assert field["y"] > board["y"] + board["height"]
