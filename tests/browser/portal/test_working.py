"""A day's work: take, work, submit, next; stop, release, decline."""

import pytest
from playwright.sync_api import expect

from tests.running import eventually

from .conftest import Worker, held


def test_after_submit_the_next_task_opens_in_the_same_page(world, worker):
    worker.start()
    worker.page.evaluate("window.same = true")
    worker.reply.fill("a cat")
    worker.submit.click()

    expect(worker.page).to_have_url("/tasks/2")
    expect(worker.page.locator("#toast")).to_contain_text("Submitted.")
    worker.ready()
    expect(worker.reply).to_have_value("")
    expect(worker.page.locator("h1")).to_have_text("Find the cats")
    assert worker.page.evaluate("window.same")
    assert {"reply": "a cat"} == world.assignment(1).answer


def test_after_the_last_one_the_list_says_so(world, worker):
    worker.start()
    for number in (1, 2):
        worker.ready().reply.fill(f"cat {number}")
        worker.submit.click()
        if number == 1:
            expect(worker.page).to_have_url("/tasks/2")

    expect(worker.page.get_by_role("status").first).to_have_text(
        "Submitted. Nothing else is waiting under “Find the cats”."
    )
    assert {"reply": "cat 2"} == world.assignment(2).answer


def test_back_leads_to_the_list_and_not_to_a_task_that_is_done(worker):
    worker.start()
    worker.submit.click()
    expect(worker.page).to_have_url("/tasks/2")
    worker.ready()

    worker.page.go_back()

    expect(worker.page).to_have_url("/work")


def test_who_wants_a_break_is_led_back_after_submitting(world, worker):
    worker.start()
    worker.page.get_by_role("button", name="Help").click()
    worker.page.get_by_label("Open the next task after submitting").uncheck()
    worker.page.get_by_role("button", name="Back to the task").click()

    worker.submit.click()

    expect(worker.page).to_have_url("/work?notice=submitted")
    expect(worker.page.locator("#start-fd")).to_be_visible()


def test_two_quick_submits_are_one(world, worker):
    sent = []
    worker.page.on(
        "request", lambda request: sent.append(request.url) if request.url.endswith("/submit") else None
    )
    worker.start()
    worker.reply.fill("a cat")

    worker.submit.dblclick()

    expect(worker.page).to_have_url("/tasks/2")
    worker.ready()
    assert len(sent) == 1
    assert world.assignment(2).state == "active"


def test_control_enter_submits_from_the_page_and_from_the_bar(world, worker):
    worker.start()
    worker.reply.fill("from the page")
    worker.page.keyboard.press("Control+Enter")
    expect(worker.page).to_have_url("/tasks/2")
    worker.ready()

    worker.page.get_by_role("link", name="All tasks").first.focus()
    worker.page.keyboard.press("Control+Enter")
    expect(worker.page).to_have_url("/work?notice=done")


def test_the_question_mark_shows_help_from_the_bar(worker):
    worker.start()
    worker.page.get_by_role("link", name="All tasks").first.focus()

    worker.page.keyboard.press("?")

    expect(worker.page.get_by_role("dialog")).to_contain_text("Ctrl")
    worker.page.keyboard.press("Escape")
    expect(worker.page.get_by_role("dialog")).to_be_hidden()


def test_the_page_has_the_focus_when_it_opens(worker):
    worker.start()

    expect(worker.page.locator("#page")).to_be_focused()


def test_who_has_gone_into_the_bar_before_the_page_is_ready_stays_there(worker):
    pages = held(worker.page, "**/tasks/1/page*")
    worker.page.locator("#start-fd").click()
    back = worker.page.get_by_role("link", name="All tasks").first
    back.focus()

    for page in eventually(lambda: (pages, worker.page.wait_for_timeout(10))[0]):
        page.continue_()

    worker.ready()
    expect(back).to_be_focused()


def test_a_draft_is_there_after_a_reload(worker):
    worker.start()
    worker.write("half a ca")
    expect(worker.page.locator("#saved")).to_have_text("Draft saved")

    worker.page.reload()

    expect(worker.reply).to_have_value("half a ca")


def test_what_was_typed_a_moment_ago_is_kept_when_stopping(world, worker):
    worker.start()
    worker.reply.fill("half a ca")
    worker.page.get_by_role("button", name="Stop and resume later").click()
    expect(worker.page).to_have_url("/work?notice=paused")
    assert world.assignment(1).state == "paused"

    worker.page.get_by_role("button", name="Resume").click()

    expect(worker.reply).to_have_value("half a ca")
    assert world.assignment(1).state == "active"


def test_leaving_by_the_link_keeps_the_last_words(worker):
    worker.start()
    worker.reply.fill("half a ca")
    worker.page.get_by_role("link", name="All tasks").first.click()
    expect(worker.page).to_have_url("/work")

    worker.page.get_by_role("button", name="Resume").click()

    expect(worker.reply).to_have_value("half a ca")


def test_release_names_what_is_lost_and_can_be_called_off(world, worker):
    worker.start()
    worker.write("half a ca")
    worker.page.get_by_role("button", name="Release task").click()
    dialog = worker.page.get_by_role("dialog")
    expect(dialog).to_contain_text("What you have done on loop-1 will be deleted")
    dialog.get_by_role("button", name="Keep working").click()
    expect(worker.reply).to_have_value("half a ca")

    worker.page.get_by_role("button", name="Release task").click()
    dialog.get_by_role("button", name="Delete my work and release").click()

    expect(worker.page).to_have_url("/work?notice=released")
    assert ("released", None) == (world.assignment(1).state, world.draft(1))


def test_a_released_task_begins_afresh(worker):
    worker.start()
    worker.write("half a ca")
    worker.page.get_by_role("button", name="Release task").click()
    worker.page.get_by_role("button", name="Delete my work and release").click()
    expect(worker.page).to_have_url("/work?notice=released")

    worker.start()

    expect(worker.reply).to_have_value("")


def test_decline_takes_a_reason(world, worker):
    worker.start()
    worker.page.get_by_role("button", name="Decline task").click()
    worker.page.get_by_label("What is wrong with it?").fill("The picture is missing")
    worker.page.get_by_role("button", name="Decline for good").click()

    expect(worker.page).to_have_url("/work?notice=declined")
    assert ("declined", "The picture is missing") == (world.assignment(1).state, world.assignment(1).reason)


def test_on_a_narrow_screen_the_actions_are_in_a_menu(world, enter, worker):
    page = enter(viewport={"width": 390, "height": 800})
    Worker(page).start()
    expect(page.get_by_role("button", name="Release task")).to_be_hidden()

    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Release task").click()

    expect(page.get_by_role("dialog")).to_contain_text("Release this task?")


def test_the_number_that_waits_is_looked_up_again(world, enter):
    world.flow("fd")
    world.loop("fd", "loop-1")
    page = enter()
    page.clock.install()
    worker = Worker(page).start()
    expect(page.locator("#queue")).to_have_text("no more waiting")

    world.loop("fd", "loop-2")
    page.clock.run_for(31_000)

    expect(page.locator("#queue")).to_have_text("1 more waiting")
    expect(worker.reply).to_be_editable()


@pytest.mark.parametrize("template", ["{{ task.input.question | grant_read_access }}"])
def test_a_task_that_cannot_be_shown_says_why_and_can_be_declined(world, enter, template):
    world.flow("broken", template=template)
    world.loop("broken", "loop-1", {"question": " "})
    page = enter()
    page.locator("#start-broken").click()

    expect(page.frame_locator("#page").locator("h1")).to_have_text("This task cannot be shown")
    page.get_by_role("button", name="Decline task").click()
    page.get_by_role("button", name="Decline for good").click()

    expect(page).to_have_url("/work?notice=declined")
