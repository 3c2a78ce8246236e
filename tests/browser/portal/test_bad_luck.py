"""What may go wrong while somebody works, and how little is lost: time, session, network, server, the task itself."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from secondlook.review import assignment, people
from secondlook.store import tables
from tests.portal_world import now
from tests.running import eventually

from .conftest import Worker

TALKING = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<template></template>
<script>
  addEventListener('message', ({data, ports: [port]}) => {
    for (let number = 0; number < 30; number += 1)
      for (let time = 0; time < 2; time += 1) port.postMessage({type: 'error', message: `number ${number}`});
  });
</script>
"""


@pytest.fixture
def timed(world, enter):
    """Alice at a task, with the page's clock in the test's hands."""
    world.flow("fd", title="Find the cats", time_limit=3600)
    world.loop("fd", "loop-1")
    page = enter()
    page.clock.install()
    return Worker(page).start()


def move_deadline(world, **later):
    with world.store.write() as cx:
        cx.execute(update(tables.assignment).values(deadline=now() + timedelta(**later)))


def test_the_clock_counts_down_from_the_limit_and_warns_in_time(timed):
    page = timed.page
    page.clock.run_for(56 * 60_000)
    expect(page.locator("#timer")).to_have_class("timer soon")
    expect(page.locator("#alarm")).to_have_text("Less than five minutes left for this task.")

    page.clock.run_for(3 * 60_000)
    expect(page.locator("#timer")).to_have_class("timer now")
    expect(page.locator("#alarm")).to_have_text("Less than one minute left for this task.")


def test_when_time_is_up_the_draft_is_kept_for_the_same_worker(world, timed):
    page = timed.page
    timed.reply.fill("half a ca")
    page.clock.run_for(61 * 60_000)
    expect(page.get_by_role("heading", name="Time is up")).to_be_visible()
    expect(page.locator("#ended-text")).to_contain_text("Your draft is kept")
    move_deadline(world, minutes=-5)
    with world.store.write() as cx:
        assignment.expire(cx, 1, world.services.place, now())
    assert world.assignment(1).state == "expired"

    page.get_by_role("button", name="Next task").click()

    expect(Worker(page).reply).to_have_value("half a ca")


def test_a_task_that_ended_underneath_is_said_when_something_is_saved(world, worker):
    worker.start()
    with world.store.write() as cx:
        assignment.release(cx, world.assignment(1).person_id, 1, world.services.place, now())

    worker.reply.fill("too late")

    expect(worker.page.get_by_role("heading", name="This task has ended")).to_be_visible()
    expect(worker.page.locator("#ended-text")).to_have_text("You have released this task.")


def test_a_task_that_ended_underneath_is_noticed_without_touching_anything(world, timed):
    with world.store.write() as cx:
        assignment.release(cx, world.assignment(1).person_id, 1, world.services.place, now())

    timed.page.clock.run_for(31_000)

    expect(timed.page.get_by_role("heading", name="This task has ended")).to_be_visible()


def test_a_task_that_ended_underneath_offers_the_next(world, worker):
    worker.start()
    move_deadline(world, minutes=-5)
    worker.submit.click()
    expect(worker.page.locator("#ended-text")).to_contain_text("has run out")

    worker.page.get_by_role("button", name="Next task").click()

    expect(worker.page).to_have_url("/tasks/2")


def test_a_session_that_ends_in_the_middle_costs_nothing(world, worker, url):
    page = worker.start().page
    with world.store.write() as cx:
        people.revoke_sessions(cx, world.assignment(1).person_id, now())
    worker.reply.fill("half a ca")
    expect(worker.banner).to_contain_text("You are signed out. What you have done is kept here.")
    expect(worker.banner.get_by_role("link")).to_have_attribute("href", "/sign-in?next=%2Fwork")

    # Signed in again in another tab; coming back to this one wakes it.
    page.context.add_cookies([{"name": "secondlook", "value": world.session("alice"), "url": url}])
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(worker.banner).to_be_hidden()
    expect(page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": "half a ca"}
    worker.submit.click()
    expect(page).to_have_url("/tasks/2")


def test_somebody_else_signing_in_never_sends_this_workers_draft(world, worker, url):
    page = worker.start().page
    page.context.add_cookies([{"name": "secondlook", "value": world.session("bob"), "url": url}])

    worker.reply.fill("Alice's words")

    expect(worker.banner).to_contain_text("Somebody else is signed in")
    assert world.draft(1) is None


def test_a_server_that_is_away_gets_the_draft_when_it_is_back(world, worker):
    page = worker.start().page
    page.context.set_offline(True)
    worker.reply.fill("half a ca")
    expect(worker.banner).to_contain_text("cannot be reached")
    expect(page.locator("#saved")).to_have_text("Saving…")

    page.context.set_offline(False)

    expect(page.locator("#saved")).to_have_text("Draft saved")
    expect(worker.banner).to_be_hidden()
    assert world.draft(1)["answer"] == {"reply": "half a ca"}


def test_an_answer_submitted_while_the_server_is_away_arrives(world, worker):
    page = worker.start().page
    worker.reply.fill("a cat")
    page.context.set_offline(True)
    worker.submit.click()
    expect(worker.banner).to_contain_text("cannot be reached")

    page.context.set_offline(False)

    expect(page).to_have_url("/tasks/2")
    assert {"reply": "a cat"} == world.assignment(1).answer


def test_a_reply_that_got_lost_is_asked_for_again(world, worker):
    """The answer has arrived, the reply has not: the same answer is sent once more and counts once."""
    page = worker.start().page
    tries = []

    def lose_the_first(route):
        tries.append(route.request.url)
        reply = route.fetch()
        route.abort() if len(tries) == 1 else route.fulfill(response=reply)

    page.route("**/submit", lose_the_first)
    worker.reply.fill("a cat")
    worker.submit.click()

    expect(page).to_have_url("/tasks/2")
    assert len(tries) == 2
    assert ("submitted", "active") == (world.assignment(1).state, world.assignment(2).state)


def test_an_answer_the_server_had_no_time_to_take_survives_a_reload(world, worker):
    page = worker.start().page
    page.route("**/submit", lambda route: route.abort())
    worker.reply.fill("a cat")
    worker.submit.click()
    expect(worker.banner).to_be_visible()
    page.unroute("**/submit")
    page.on("dialog", lambda dialog: dialog.accept())

    page.reload()

    expect(page).to_have_url("/tasks/2")
    assert {"reply": "a cat"} == world.assignment(1).answer


def test_what_a_page_reports_goes_to_the_server_once_each_and_not_without_end(world, worker):
    page = worker.page
    reports = []
    page.route(
        "**/tasks/1/report",
        lambda route: (reports.append(route.request.post_data_json), route.fulfill(json={})),
    )
    world.flow("talking", template=TALKING)
    world.loop("talking", "loop-1-talking")
    page.goto("/work")

    page.locator("#start-talking").click()

    expect(worker.banner).to_contain_text("The task page reports: number 0. ")
    eventually(lambda: page.evaluate("1") and len(reports) == 20)
    assert reports == [{"message": f"number {number}"} for number in range(20)]


def test_a_report_that_does_not_get_through_is_no_trouble_of_the_workers(world, worker):
    page = worker.start().page
    page.route("**/tasks/1/report", lambda route: route.abort())
    with page.expect_request("**/tasks/1/report"):
        worker.frame.locator("meta[name=secondlook-render]").evaluate("location.href = '/static/portal.css'")

    expect(worker.banner).to_contain_text("led itself to another page")


@pytest.mark.parametrize(("status", "code"), [(400, "invalid"), (409, "conflict"), (404, "not-found")])
def test_only_what_is_gone_or_not_theirs_ends_a_task(timed, status, code):
    page = timed.page
    error = {"error": code, "message": "Something is not as it was."}
    page.route("**/tasks/1", lambda route: route.fulfill(status=status, json=error))

    with page.expect_response("**/tasks/1"):
        page.clock.run_for(31_000)

    timed.reply.fill("going on")
    expect(page.locator("#ended")).to_be_hidden()
    expect(page.locator("#saved")).to_have_text("Draft saved")


def test_a_proxy_that_refuses_a_large_draft_is_told_to_the_worker(world, worker):
    page = worker.start().page
    page.route("**/draft", lambda route: route.fulfill(status=413, body="<h1>Request Entity Too Large</h1>"))

    worker.reply.fill("half a ca")

    expect(worker.banner).to_contain_text("A server on the way here (a proxy) refuses it as too large.")
    expect(page.locator("#saved")).to_have_text("Draft not saved")
    worker.submit.click()
    expect(page).to_have_url("/tasks/2")


def test_an_error_of_the_server_is_no_end(world, worker):
    page = worker.start().page
    tries = []

    def fail_once(route):
        tries.append(1)
        route.fulfill(status=500, body="broken") if len(tries) == 1 else route.continue_()

    page.route("**/submit", fail_once)
    worker.submit.click()

    expect(page).to_have_url("/tasks/2")
