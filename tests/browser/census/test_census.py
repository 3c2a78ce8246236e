"""Small templates of our own that use what public ones use, the whole way: from StartHumanLoop to `output.json`.

[a2i-facts/template-census.md; README.md]
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.census.cases import ALL, Case
from tests.browser.census.conftest import Task

pytestmark = pytest.mark.browser

NOT_UPGRADED = """[...document.querySelectorAll(':not(:defined)')].map(({localName}) => localName)
  .filter((name) => name.startsWith('crowd-') || ['iron-icon', 'full-instructions', 'short-instructions', 'classification-target'].includes(name))"""

DONE = re.compile(r"/work\?notice=done$")

OURS = "role=button[name=/^Submit$/]"


def act(task: Task, action: str, selector: str, *arguments: Any) -> None:
    """One action of Playwright's, or `drag` from one place in the element to another, in fractions of its width and height."""
    element = task.frame.locator(selector).first
    if action == "drag":
        element.element_handle().wait_for_element_state("stable")
        for at, button in zip(arguments, (task.page.mouse.down, task.page.mouse.up), strict=True):
            box = element.bounding_box()
            assert box is not None
            task.page.mouse.move(box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"], steps=4)
            button()
        return
    named = arguments[-1] if arguments and isinstance(arguments[-1], dict) else {}
    getattr(element, action)(*[argument for argument in arguments if argument is not named], **named)


@pytest.mark.parametrize("case", ALL, ids=str)
def test_it_is_rendered_worked_on_and_answered(task: Task, case: Case) -> None:
    task.start(case.template, case.input, case.elsewhere)
    frame = task.frame

    assert task.inside.evaluate(NOT_UPGRADED) == []
    for selector in case.shown:
        expect(frame.locator(selector).first).to_be_visible()
    submit = frame.locator(case.submit)
    expect(submit.locator("visible=true")).to_have_count(1)
    expect(frame.locator(OURS).locator("visible=true")).to_have_count(int(case.submit == OURS))

    if case.refused is not None:
        submit.click()
        expect(frame.get_by_text(case.refused).first).to_be_visible()
        # What a script shows then may be an element that has still to come, and move what is below it.
        task.inside.wait_for_function(f"{NOT_UPGRADED}.length === 0")
    for action, selector, *arguments in case.work:
        act(task, action, selector, *arguments)
    submit.click()

    expect(task.page).to_have_url(DONE)
    assert task.answer == case.answer
    assert (task.errors, task.handed_in, task.reports) == ([], 1, list(case.reports))
