"""A draft that is refused, or overtaken by its answer, ends nothing: it is said, and work goes on."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.running import eventually

from .unsaved import WORDS, typed

TOO_LARGE = """(field) => {
  field.value = '日'.repeat(4_000_000);
  field.dispatchEvent(new Event('input', {bubbles: true}));
}"""


def test_work_that_cannot_be_kept_is_said_and_work_goes_on(worker):
    page = worker.start().page
    worker.reply.evaluate(TOO_LARGE)

    expect(worker.banner).to_contain_text("bytes; at most 20,971,520 can be kept")
    expect(page.locator("#saved")).to_have_text("Draft not saved")
    expect(page.locator("#ended")).to_be_hidden()
    worker.reply.fill("shorter")
    expect(worker.banner).to_be_hidden()
    expect(page.locator("#saved")).to_have_text("Draft saved")


def test_who_leaves_work_that_cannot_be_kept_is_asked_first(worker):
    page = worker.start().page
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    worker.reply.click()
    worker.reply.evaluate(TOO_LARGE)
    expect(worker.banner).to_contain_text("can be kept")

    page.goto("/work")

    assert dialogs == ["beforeunload"]


@pytest.mark.parametrize("characters", ["a", "日"])
def test_two_million_characters_are_a_draft_like_any_other(world, worker, characters):
    page = worker.start().page
    worker.reply.evaluate(
        "(field, character) => { field.value = character.repeat(2_000_000); field.dispatchEvent(new Event('input', {bubbles: true})); }",
        characters,
    )

    expect(page.locator("#saved")).to_have_text("Draft saved")
    assert len(world.draft(1)["answer"]["reply"]) == 2_000_000


def test_a_draft_that_the_server_refuses_ends_nothing(world, worker):
    page = worker.start().page
    error = {"error": "invalid", "message": "draft.answer is not what it was"}
    page.route("**/draft", lambda route: route.fulfill(status=400, json=error))

    worker.reply.fill(WORDS)

    expect(worker.banner).to_contain_text(
        "Your work is not saved as a draft: draft.answer is not what it was."
    )
    page.unroute("**/draft")
    worker.submit.click()
    expect(page).to_have_url("/tasks/2")
    assert {"reply": WORDS} == world.assignment(1).answer


def test_a_draft_overtaken_by_its_answer_does_no_harm_to_the_next_task(world, worker):
    """The draft is held on its way until its task is submitted; the answer to it comes while the next task is open."""
    page = worker.start().page
    held = []
    page.route("**/tasks/1/draft", lambda route: held.append(route))  # noqa: PLW0108  (Playwright marks the function)
    worker.reply.fill(WORDS)
    eventually(lambda: page.evaluate("1") and held)

    worker.submit.click()
    expect(page).to_have_url("/tasks/2")
    held[0].continue_()

    worker.ready().write("the next one")
    expect(page.locator("#page")).not_to_have_attribute("inert", "")
    assert world.draft(2)["answer"] == {"reply": "the next one"}


def test_a_draft_refused_before_its_answer_is_confirmed_does_no_harm_either(world, worker):
    """Both are on their way: the server takes the answer first and refuses the draft, and the error is the first reply."""
    page = worker.start().page
    drafts = []
    page.route("**/tasks/1/draft", lambda route: drafts.append(route))  # noqa: PLW0108  (Playwright marks the function)
    worker.reply.fill(WORDS)
    eventually(lambda: page.evaluate("1") and drafts)

    def slow(route):
        reply = route.fetch()
        with page.expect_response("**/tasks/1/draft"):
            drafts[0].continue_()
        route.fulfill(response=reply)

    page.route("**/tasks/1/submit", slow)
    worker.submit.click()

    expect(page).to_have_url("/tasks/2")
    worker.ready().write("the next one")
    assert world.draft(2)["answer"] == {"reply": "the next one"}


def test_what_an_answer_that_was_refused_held_is_kept_as_a_draft(world, worker):
    page = worker.start().page
    error = {"error": "invalid", "message": "answer.reply cannot be stored"}
    page.route("**/submit", lambda route: route.fulfill(status=400, body=json.dumps(error)))

    worker.reply.fill(WORDS)
    worker.submit.click()

    expect(worker.frame.get_by_role("alert")).to_have_text("answer.reply cannot be stored")
    expect(page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": WORDS}


def test_what_was_typed_while_an_answer_was_on_its_way_is_a_draft_when_that_is_refused(world, worker):
    page = worker.start().page
    error = {"error": "invalid", "message": "answer.reply cannot be stored"}
    held = []
    page.route("**/submit", lambda route: held.append(route))  # noqa: PLW0108  (Playwright marks the function)
    worker.reply.fill(WORDS)
    worker.submit.click()
    eventually(lambda: page.evaluate("1") and held)

    typed(worker, "a whole cat")
    held[0].fulfill(status=400, json=error)

    expect(page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": "a whole cat"}
