"""A worker takes back what they submitted, and looks at it once more."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from secondlook.review import flow, loop
from tests.portal_world import now

from .conftest import Worker, held

SUBMITTED = "a cat"


@pytest.fixture
def submitted(worker: Worker) -> Worker:
    """Alice has submitted the first task, and the second is open."""
    worker.start()
    worker.reply.fill(SUBMITTED)
    worker.submit.click()
    expect(worker.page).to_have_url(re.compile("/tasks/2$"))
    return worker.ready()


def undo(worker: Worker):
    return worker.page.locator("#toast").get_by_role("button", name="Undo")


def test_after_submit_the_next_task_is_there_and_the_last_can_be_taken_back(world, submitted):
    expect(submitted.page.locator("#toast")).to_have_text(re.compile(r"^Submitted\.Undo \(\d+ s\)$"))
    undo(submitted).click()
    expect(submitted.page).to_have_url(re.compile("/tasks/1$"))
    submitted.ready()

    expect(submitted.reply).to_have_value(SUBMITTED)
    assert "active" == world.assignment(1).state
    submitted.reply.fill("a dog")
    submitted.submit.click()
    expect(submitted.page).to_have_url(re.compile("/tasks/2$"))
    assert {"reply": "a dog"} == world.assignment(1).answer


def test_what_was_begun_in_the_next_task_is_there_afterwards(world, submitted):
    submitted.reply.fill("half")
    undo(submitted).click()
    expect(submitted.page).to_have_url(re.compile("/tasks/1$"))
    submitted.ready().submit.click()
    expect(submitted.page).to_have_url(re.compile("/tasks/2$"))

    expect(submitted.ready().reply).to_have_value("half")


def test_once_final_nothing_offers_to_take_it_back(world, submitted):
    page = submitted.page
    page.clock.install()
    page.reload()
    submitted.ready()
    page.goto("/work")
    expect(page.get_by_role("button", name="Undo submit")).to_be_visible()
    page.clock.fast_forward(11_000)

    expect(page.get_by_role("button", name="Undo submit")).to_have_count(0)


def test_too_late_is_said_and_work_goes_on(world, submitted):
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.services.place, now())
    undo(submitted).click()

    expect(submitted.page.locator("#toast")).to_contain_text("final")
    submitted.reply.fill("goes on")
    submitted.submit.click()
    expect(submitted.page).to_have_url(re.compile("notice=done"))
    assert {"reply": "goes on"} == world.assignment(2).answer


def test_after_the_last_one_the_list_offers_it(world, submitted):
    submitted.submit.click()
    expect(submitted.page).to_have_url(re.compile("notice=done"))
    submitted.page.get_by_role("button", name="Undo submit").click()

    expect(submitted.page).to_have_url(re.compile("/tasks/2$"))
    submitted.ready()


def test_where_the_flow_says_so_an_answer_is_final_at_once(world, worker):
    with world.store.write() as cx:
        flow.update_undo(cx, "fd", 0, now())
    worker.start().reply.fill(SUBMITTED)
    worker.submit.click()
    expect(worker.page).to_have_url(re.compile("/tasks/2$"))

    expect(worker.page.locator("#toast")).to_have_text("Submitted — no more waiting")
    assert None is world.assignment(1).undoable_until


@pytest.mark.parametrize("where", ["bar", "frame"])
def test_the_previous_task_is_one_key_away_and_read_only(world, submitted, where):
    page = submitted.page
    submitted.write("half")
    if where == "frame":
        submitted.reply.press("Control+Shift+Enter")
    else:
        page.locator("#previous").focus()
        page.keyboard.press("Control+Shift+Enter")
    expect(page).to_have_url(re.compile("/tasks/1/submitted$"))
    expect(submitted.reply).to_have_value(SUBMITTED)
    expect(submitted.submit).to_be_disabled()
    page.get_by_role("button", name="Next task").click()

    expect(page).to_have_url(re.compile("/tasks/2$"))
    expect(submitted.ready().reply).to_have_value("half")
    assert "submitted" == world.assignment(1).state


def test_pressed_twice_it_is_taken_back_once(world, submitted):
    requests = held(submitted.page, "**/undo")
    undo(submitted).dblclick()
    expect(undo(submitted)).to_be_disabled()
    submitted.page.wait_for_function("true")
    assert 1 == len(requests)
    requests[0].continue_()

    expect(submitted.page).to_have_url(re.compile("/tasks/1$"))


def test_what_is_submitted_while_the_last_is_being_taken_back_stays_a_draft(world, submitted):
    requests = held(submitted.page, "**/undo")
    undo(submitted).click()
    submitted.write("second")
    submitted.submit.click()
    while not requests:
        submitted.page.wait_for_event("request")
    requests[0].continue_()
    expect(submitted.page).to_have_url(re.compile("/tasks/1$"))

    submitted.ready()
    assert ("active", "active") == (world.assignment(1).state, world.assignment(2).state)
    assert {"reply": "second"} == world.draft(2)["answer"]


def test_of_two_tabs_with_one_task_the_first_answer_counts(world, worker):
    worker.start()
    other = Worker(worker.page.context.new_page())
    other.page.goto("/tasks/1")
    other.ready().reply.fill("from the other tab")
    worker.reply.fill(SUBMITTED)
    worker.submit.click()
    expect(worker.page).to_have_url(re.compile("/tasks/2$"))
    other.submit.click()

    expect(other.page.locator("#ended-text")).to_have_text("You have submitted this task already.")
    assert {"reply": SUBMITTED} == world.assignment(1).answer
