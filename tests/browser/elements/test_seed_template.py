"""The template of the seed's kind, as a requester would write it, from rendering to answer."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

INITIAL = [
    {"height": 110, "width": 171, "top": 175, "left": 399, "label": "car"},
    {"height": 135, "width": 57, "top": 145, "left": 312, "label": "person"},
    {"height": 37, "width": 59, "top": 161, "left": 260, "label": "car"},
    {"height": 158, "width": 185, "top": 144, "left": 10, "label": "car"},
]
LABELS = ["motorcycle", "person", "book", "bicycle", "backpack", "truck", "car"]

# As Liquid prints a list with no filter: JSON in one line, escaped for an attribute in double quotes.
RENDERED = f"""<crowd-form>
  <crowd-bounding-box name="annotatedResult" src="/picture.png" header="Check the boxes and add those that are missing"
    initial-value="{html.escape(json.dumps(INITIAL))}" labels="{html.escape(json.dumps(LABELS))}">
    <full-instructions header="How to work">
      <ol><li>Look at each box.</li><li>Correct its label and its sides.</li><li>Add what is missing, then submit.</li></ol>
    </full-instructions>
    <short-instructions>Correct the boxes of the model.</short-instructions>
  </crowd-bounding-box>
</crowd-form>"""


def test_a_worker_adds_a_box_and_the_answer_is_that_of_the_recorded_run(
    boxes: Any, open_page: Callable[..., Page], answer: Callable[[Page], Any]
) -> None:
    editor = type(boxes())(open_page(RENDERED))
    editor.page.get_by_role("option", name="truck").click()
    editor.drag((520, 140), (590, 200))

    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#answers-box")).to_be_visible()
    assert answer(editor.page) == {
        "annotatedResult": {
            "boundingBoxes": [
                *INITIAL,
                {"height": 60, "label": "truck", "left": 520, "top": 140, "width": 70},
            ],
            "initialValueModified": True,
            "inputImageProperties": {"height": 400, "width": 600},
        }
    }


def test_a_worker_who_agrees_submits_the_prediction_unchanged(
    open_page: Callable[..., Page], answer: Callable[[Page], Any]
) -> None:
    page = open_page(RENDERED)
    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )

    page.keyboard.press("Control+Enter")

    expect(page.locator("#answers-box")).to_be_visible()
    result = answer(page)["annotatedResult"]
    assert result["boundingBoxes"] == INITIAL
    assert result["initialValueModified"] is False
