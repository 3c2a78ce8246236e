"""What every tool on a picture shows in little room: nothing is cut that somebody has to read or press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

HEADER = "Mark every vehicle and every person that can be seen in the picture"
TOOLS = ["crowd-bounding-box", "crowd-semantic-segmentation", "crowd-instance-segmentation"]
every_tool = pytest.mark.parametrize("tag", TOOLS)


def html(tag: str, attributes: str) -> str:
    return f"""<crowd-form><{tag} id="it" name="it" src="/picture.png" {attributes}>
        <short-instructions>Some</short-instructions></{tag}></crowd-form>"""


def overflow(page: Page, selector: str) -> dict[str, Any]:
    """By how many pixels an element is wider and taller inside than it is seen, and how far it reaches over the window."""
    found = page.locator(selector).evaluate(
        """(node) => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight,
        Math.max(0, node.getBoundingClientRect().right - innerWidth)]"""
    )
    return dict(zip(("across", "down", "over the edge"), found, strict=True))


WHOLE = {"across": 0, "down": 0, "over the edge": 0}


@every_tool
@pytest.mark.parametrize("width", [390, 640, 770, 1280])
def test_the_header_is_read_in_full(open_page: Open, tag: str, width: int) -> None:
    page = open_page(
        html(tag, f"""header="{HEADER}" labels="['a', 'b']" """), viewport={"width": width, "height": 800}
    )

    expect(page.locator("#it h1")).to_be_visible()
    assert overflow(page, "#it h1") == WHOLE


@every_tool
def test_without_a_header_there_is_no_heading(open_page: Open, tag: str) -> None:
    page = open_page(html(tag, """labels="['a', 'b']" """))

    expect(page.locator("#it .headerButtonsContainer")).to_be_visible()
    expect(page.locator("#it h1")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 770, 1000, 1280])
def test_another_instance_can_be_begun_at_every_width(open_page: Open, width: int) -> None:
    page = open_page(
        html("crowd-instance-segmentation", """labels="['a', 'b']" """),
        viewport={"width": width, "height": 800},
    )

    button = page.get_by_role("button", name="Add instance").bounding_box()

    assert button is not None
    assert button["x"] + button["width"] <= width


def test_labels_that_begin_alike_are_told_apart_and_stand_beside_their_eyes(open_page: Open) -> None:
    labels = ["Vehicle that stands at the kerb", "Vehicle that drives"]
    page = open_page(html("crowd-bounding-box", f'labels="{labels}"'))

    rows, eyes = page.locator("#it [role=option]").all(), page.locator("#it .eyes button").all()
    tops = [(row.bounding_box(), eye.bounding_box()) for row, eye in zip(rows, eyes, strict=True)]

    assert overflow(page, "#it [role=option]:first-child .name") == WHOLE
    for row, eye in tops:
        assert row is not None
        assert eye is not None
        assert row["y"] <= eye["y"] + eye["height"] / 2 <= row["y"] + row["height"]
