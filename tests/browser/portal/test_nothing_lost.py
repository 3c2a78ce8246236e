"""Whatever becomes of the page, what the worker did a moment ago is there again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Error, Page, expect

from secondlook.review import assignment, draft, people
from secondlook.review.held_task import GRACE
from tests.portal_world import now
from tests.running import eventually

from .conftest import Worker
from .unsaved import WORDS, stored, typed


@pytest.fixture
def dialogs(worker) -> list[str]:
    """Questions that the browser put to the worker when a page was left."""
    kinds: list[str] = []
    worker.page.on("dialog", lambda dialog: (kinds.append(dialog.type), dialog.accept()))
    return kinds


@pytest.fixture
def leave_signed_out(world, worker, url):
    """Typed when the session had ended, so that nothing can arrive, and the page closed; then somebody signs in.

    What the page sends as it is closed may go out afterwards, with the new session: its token is refused there.
    """

    def leave_signed_out(then: str = "alice") -> None:
        with world.store.write() as cx:
            people.revoke_sessions(cx, people.person_by_email(cx, "alice@example.org").id, now())
        typed(worker)
        expect(worker.banner).to_contain_text("You are signed out")
        worker.page.goto("about:blank")
        cookie = {"name": "secondlook", "value": world.session(then), "url": url}
        worker.page.context.add_cookies([cookie])

    return leave_signed_out


def by_reload(page: Page) -> Page:
    page.reload()
    return page


def by_back(page: Page) -> Page:
    page.go_back()
    expect(page).to_have_url("/work")
    page.go_forward()
    return page


def by_address(page: Page) -> Page:
    page.goto("/work")
    page.goto("/tasks/1")
    return page


def by_closing(page: Page) -> Page:
    page.close(run_before_unload=False)
    another = page.context.new_page()
    another.goto("/tasks/1")
    return another


def by_a_crash(page: Page) -> Page:
    with pytest.raises(Error, match=r"crash"):
        page.goto("chrome://crash")
    return by_closing(page)


@pytest.mark.parametrize("leave", [by_reload, by_back, by_address, by_closing, by_a_crash])
def test_what_was_typed_a_moment_ago_is_there_again_without_a_question(world, worker, dialogs, leave):
    """Nothing is written meanwhile: the browser alone has it."""
    page = worker.start().page
    with world.store.write():
        typed(worker)
        again = Worker(leave(page))
        expect(again.reply).to_have_value(WORDS)
        assert world.draft(1) is None

    expect(again.page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": WORDS}
    assert (dialogs, stored(again.page)) == ([], [])


def test_a_page_that_is_closed_still_sends_its_draft(world, worker):
    """For the other machine at which the worker goes on."""
    worker.start()
    typed(worker)
    assert world.draft(1) is None

    worker.page.goto("about:blank")

    assert eventually(lambda: world.draft(1))["answer"] == {"reply": WORDS}


def test_the_job_list_sends_what_a_task_page_could_not(world, worker, leave_signed_out):
    worker.start()
    leave_signed_out()

    worker.page.goto("/work")

    assert eventually(lambda: world.draft(1))["answer"] == {"reply": WORDS}
    eventually(lambda: stored(worker.page) == [])


def test_the_job_list_sends_an_answer_that_had_not_arrived(world, worker, dialogs):
    page = worker.start().page
    page.context.route("**/submit", lambda route: route.abort())
    worker.reply.fill(WORDS)
    worker.submit.click()
    expect(worker.banner).to_contain_text("cannot be reached")
    page.goto("about:blank")
    assert dialogs == ["beforeunload"]
    page.context.unroute("**/submit")

    page.goto("/work")

    expect(page.locator("#toast")).to_have_text("An answer that you submitted earlier has arrived now.")
    assert (world.assignment(1).state, world.assignment(1).answer) == ("submitted", {"reply": WORDS})
    eventually(lambda: stored(page) == [])


def test_an_answer_that_comes_too_late_is_a_draft(world, worker):
    page = worker.start().page
    typed(worker)
    with world.store.write() as cx:
        late = world.assignment(1).deadline + 2 * GRACE
        assignment.expire(cx, 1, world.services.place, late)

    worker.submit.click()

    expect(page.locator("#ended-text")).to_contain_text("your draft is kept")
    assert world.draft(1)["answer"] == {"reply": WORDS}


def test_signing_out_leaves_nothing_in_the_browser_that_the_server_has(world, worker, leave_signed_out):
    page = worker.start().page
    leave_signed_out()
    page.route("**/draft", lambda route: route.abort())
    page.goto("/work")
    assert stored(page) != []
    page.unroute("**/draft")

    worker.page.get_by_role("button", name="Sign out").click()

    expect(worker.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert stored(worker.page) == []
    assert world.draft(1)["answer"] == {"reply": WORDS}


def test_somebody_else_at_the_same_browser_neither_sees_nor_sends_it(world, worker, leave_signed_out):
    worker.start()
    leave_signed_out(then="bob")

    worker.page.goto("/work")
    Worker(worker.page).start()

    expect(worker.reply).to_have_value("")
    assert (world.draft(1), len(stored(worker.page))) == (None, 1)


def test_who_types_without_a_pause_is_saved_all_the_same(world, enter):
    world.flow("fd")
    world.loop("fd", "loop-1")
    page = enter()
    page.clock.install()
    worker = Worker(page).start()
    page.clock.pause_at(now() + timedelta(minutes=1))

    for number in range(12):
        worker.frame.locator("[name=reply]").evaluate(
            "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); }",
            f"word {number}",
        )
        page.clock.run_for(500)

    assert eventually(lambda: world.draft(1))["answer"]["reply"].startswith("word ")


def test_the_servers_draft_wins_only_if_it_is_newer(world, worker, enter, leave_signed_out):
    """Begun here without a network, gone on with at another machine."""
    worker.start()
    leave_signed_out()
    elsewhere = Worker(enter(path="/tasks/1")).ready()
    elsewhere.write("a whole cat")

    worker.page.goto("/tasks/1")

    expect(worker.reply).to_have_value("a whole cat")
    assert stored(worker.page) == []


def test_an_older_draft_that_arrives_late_is_refused_in_words(world, worker, enter):
    page = worker.start().page
    page.context.set_offline(True)
    typed(worker)
    elsewhere = Worker(enter(path="/tasks/1")).ready()
    elsewhere.write("a whole cat")

    page.context.set_offline(False)

    expect(worker.banner).to_contain_text("A newer draft of this task was saved from another window")
    assert world.draft(1)["answer"] == {"reply": "a whole cat"}
    worker.banner.get_by_role("button", name="Show the newer one").click()
    expect(worker.reply).to_have_value("a whole cat")


def test_another_tab_is_told_that_its_work_is_the_older(worker):
    first = worker.start()
    second = Worker(first.page.context.new_page())
    second.page.goto("/tasks/1")
    second.ready().write("in the second tab")

    expect(first.banner).to_contain_text("changed in another tab")
    first.banner.get_by_role("button", name="Show it here").click()

    expect(first.reply).to_have_value("in the second tab")
    expect(first.banner).to_be_hidden()


def test_a_restored_task_is_not_saved_again(world, worker):
    worker.start().write(WORDS)
    revision = revision_of(world)
    worker.page.reload()

    expect(worker.reply).to_have_value(WORDS)
    worker.page.get_by_role("link", name="All tasks").first.click()

    expect(worker.page).to_have_url("/work")
    assert revision_of(world) == revision


def revision_of(world) -> int:
    with world.store.read() as cx:
        return draft.find(cx, 1).revision
