"""Templates whose libraries of other sites cannot be reached: the page is there, who works and who asked is told, and nothing is locked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.census.cases import ALL, Case
from tests.browser.census.conftest import Task
from tests.browser.census.test_census import DONE
from tests.running import eventually

pytestmark = pytest.mark.browser

CASES = {case.name: case for case in ALL if case.elsewhere}


@pytest.mark.parametrize("case", CASES.values(), ids=str)
def test_the_missing_library_is_told_to_worker_and_requester(task: Task, case: Case) -> None:
    task.start(case.template, case.input)

    address = next(iter(case.elsewhere)).removeprefix("https://")
    said = f"The script {address} could not be loaded."
    expect(task.page.locator("#banner")).to_contain_text(said.removesuffix("."))
    eventually(lambda: task.page.evaluate("1") and said in task.reports)
    expect(task.frame.locator("crowd-form")).to_be_attached()


def test_what_does_not_need_it_is_handed_in(task: Task) -> None:
    case = CASES["time-series"]
    task.start(case.template, case.input)

    task.frame.locator("select").select_option("gap")
    task.frame.locator("#done").click()

    expect(task.page).to_have_url(DONE)
    assert (task.answer, task.handed_in) == ({"kind": "gap"}, 1)


def test_a_page_that_cannot_be_answered_without_it_is_declined(task: Task) -> None:
    case = CASES["content-evaluation"]
    task.start(case.template, case.input)
    expect(task.frame.locator("crowd-button[disabled]")).to_be_visible()

    task.page.get_by_role("button", name="Decline task").click()
    task.page.get_by_role("button", name="Decline for good").click()

    expect(task.page).to_have_url(re.compile(r"/work\?notice=declined$"))
