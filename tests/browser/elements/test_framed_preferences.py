"""How a page in the portal's frame begins as its worker likes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.elements.framed import BOXES, Portal

pytestmark = pytest.mark.browser


TWO_BOXES = BOXES.replace(
    "score: 0.5}", "score: 0.5}, {label: 'person', left: 200, top: 20, width: 30, height: 40, score: 0.9}"
)


def test_who_likes_to_begin_otherwise_is_not_led_through_predictions(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(TWO_BOXES)
    bar = task.frame.locator(".verify")
    expect(bar).to_contain_text("0 of 2 checked")

    task.say(type="preferences", preferences={"verify": False})
    expect(bar).to_have_count(0)

    task.frame.locator(".surface").press("q")
    expect(bar).to_contain_text("0 of 2 checked")
    assert task.wait("preference") == {"type": "preference", "name": "verify", "value": True}


def test_being_led_through_predictions_changes_nothing_of_how_pictures_open(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(TWO_BOXES)
    scale = task.frame.locator("button.scale")
    task.say(type="preferences", preferences={"zoom": {"start": "natural"}})
    task.flush()
    surface = task.frame.locator(".surface")
    expect(task.frame.locator(".verify")).to_contain_text("0 of 2 checked")
    expect(scale).not_to_have_text("100%")

    surface.press("q")
    expect(scale).to_have_text("100%")
    task.flush()
    assert task.last("preference") == {"type": "preference", "name": "verify", "value": False}

    surface.press("q")
    for _ in range(2):
        surface.press(" ")
    expect(task.frame.locator(".verify")).to_contain_text("Anything missing?")
    task.flush()
    assert task.last("preference") == {"type": "preference", "name": "verify", "value": True}


def test_a_score_that_was_chosen_in_another_task_is_said_until_it_is_chosen_in_this_one(
    portal: Callable[[str], Portal],
) -> None:
    task = portal(TWO_BOXES)
    task.say(type="preferences", preferences={"score": {"from": 0.6}, "verify": False})

    remark = task.frame.locator(".remark")
    expect(remark).to_have_text(
        "As you chose before, boxes with a low score are hidden. They stay in the answer; S leads to the slider."
    )
    expect(task.frame.get_by_role("status")).to_contain_text("2 boxes, 1 hidden")

    task.frame.get_by_role("slider", name="Show from this score").fill("0.55")
    expect(remark).to_have_text("")
    assert task.wait("preference") == {"type": "preference", "name": "score", "value": {"from": 0.55}}
