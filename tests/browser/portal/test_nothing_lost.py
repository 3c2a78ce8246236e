"""Whatever becomes of the page, what the worker did a moment ago is there again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from playwright.sync_api import Error, Page, expect

from secondlook.review import assignment, draft
from tests.portal_world import now
from tests.running import eventually

from .conftest import Worker

WORDS = "half a cat"


@pytest.fixture
def asked(worker) -> list[str]:
    """Questions that the browser put to the worker when a page was left."""
    kinds: list[str] = []
    worker.page.on("dialog", lambda dialog: (kinds.append(dialog.type), dialog.accept()))
    return kinds


def stored(page: Page) -> list[str]:
    """What this browser keeps of anybody's work."""
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('secondlook:work:'))"
    )
    return found


def typed(worker: Worker, words: str = WORDS) -> None:
    """Typed a moment ago: this browser keeps it, the server does not have it yet."""
    worker.reply.fill(words)
    worker.page.wait_for_function(
        "(words) => Object.values(localStorage).some((text) => text.includes(words))", arg=words
    )


def leave_signed_out(worker: Worker) -> None:
    """Typed when the session had ended, so that nothing can arrive, and the page closed; then signed in again."""
    context = worker.page.context
    cookies = context.cookies()
    context.clear_cookies()
    typed(worker)
    expect(worker.banner).to_contain_text("You are signed out")
    worker.page.goto("about:blank")
    context.add_cookies(cookies)


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
def test_what_was_typed_a_moment_ago_is_there_again_without_a_question(world, worker, asked, leave):
    """Nothing is written meanwhile: the browser alone has it."""
    page = worker.start().page
    with world.store.write():
        typed(worker)
        again = Worker(leave(page))
        expect(again.reply).to_have_value(WORDS)
        assert world.draft(1) is None

    expect(again.page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": WORDS}
    assert (asked, stored(again.page)) == ([], [])


def test_a_page_that_is_closed_still_sends_its_draft(world, worker):
    """For the other machine at which the worker goes on."""
    worker.start()
    typed(worker)
    assert world.draft(1) is None

    worker.page.goto("about:blank")

    assert eventually(lambda: world.draft(1))["answer"] == {"reply": WORDS}


def test_the_job_list_sends_what_a_task_page_could_not(world, worker):
    leave_signed_out(worker.start())

    worker.page.goto("/work")

    assert eventually(lambda: world.draft(1))["answer"] == {"reply": WORDS}
    eventually(lambda: stored(worker.page) == [])


def test_the_job_list_sends_an_answer_that_had_not_arrived(world, worker, asked):
    page = worker.start().page
    page.context.route("**/submit", lambda route: route.abort())
    worker.reply.fill(WORDS)
    worker.submit.click()
    expect(worker.banner).to_contain_text("cannot be reached")
    page.goto("about:blank")
    assert asked == ["beforeunload"]
    page.context.unroute("**/submit")

    page.goto("/work")

    expect(page.locator("#toast")).to_have_text("An answer that you submitted earlier has arrived now.")
    assert (world.assignment(1).state, world.assignment(1).answer) == ("submitted", {"reply": WORDS})
    eventually(lambda: stored(page) == [])


def test_an_answer_that_comes_too_late_is_a_draft(world, worker):
    page = worker.start().page
    typed(worker)
    with world.store.write() as cx:
        late = world.assignment(1).deadline + 2 * assignment.GRACE
        assignment.expire(cx, 1, world.rooms.place, late)

    worker.submit.click()

    expect(page.locator("#ended-text")).to_contain_text("your draft is kept")
    assert world.draft(1)["answer"] == {"reply": WORDS}


def test_signing_out_leaves_nothing_in_the_browser_that_the_server_has(world, worker):
    page = worker.start().page
    leave_signed_out(worker)
    page.route("**/draft", lambda route: route.abort())
    page.goto("/work")
    assert stored(page) != []
    page.unroute("**/draft")

    worker.page.get_by_role("button", name="Sign out").click()

    expect(worker.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert stored(worker.page) == []
    assert world.draft(1)["answer"] == {"reply": WORDS}


def test_somebody_else_at_the_same_browser_neither_sees_nor_sends_it(world, worker, url):
    leave_signed_out(worker.start())
    worker.page.context.add_cookies([{"name": "secondlook", "value": world.session("bob"), "url": url}])

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


def test_the_servers_draft_wins_only_if_it_is_newer(world, worker, enter):
    """Begun here without a network, gone on with at another machine."""
    leave_signed_out(worker.start())
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


def test_work_that_fits_neither_the_server_nor_the_browser_is_said_and_asked_about(worker, asked):
    """Nothing ends: the worker goes on, and may still submit."""
    page = worker.start().page
    worker.reply.evaluate(
        "(field) => { field.value = '日'.repeat(4_000_000); field.dispatchEvent(new Event('input', {bubbles: true})); }"
    )

    expect(worker.banner).to_contain_text("bytes; at most 20,971,520 can be kept", timeout=30_000)
    expect(page.locator("#saved")).to_have_text("Draft not saved")
    expect(page.locator("#ended")).to_be_hidden()
    worker.reply.fill("shorter")
    expect(worker.banner).to_be_hidden()
    expect(page.locator("#saved")).to_have_text("Draft saved")
    page.reload()
    assert asked == []


@pytest.mark.parametrize("characters", ["a", "日"])
def test_two_million_characters_are_a_draft_like_any_other(world, worker, characters):
    page = worker.start().page
    worker.reply.evaluate(
        "(field, character) => { field.value = character.repeat(2_000_000); field.dispatchEvent(new Event('input', {bubbles: true})); }",
        characters,
    )

    expect(page.locator("#saved")).to_have_text("Draft saved", timeout=30_000)
    assert len(world.draft(1)["answer"]["reply"]) == 2_000_000


def test_a_draft_that_the_server_refuses_ends_nothing(world, worker):
    page = worker.start().page
    refusal = {"problem": "invalid", "message": "draft.answer is not what it was"}
    page.route("**/draft", lambda route: route.fulfill(status=400, json=refusal))

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
    """Both are on their way: the server takes the answer first and refuses the draft, and the refusal is the first reply."""
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
    refusal = {"problem": "invalid", "message": "answer.reply cannot be stored"}
    page.route("**/submit", lambda route: route.fulfill(status=400, body=json.dumps(refusal)))

    worker.reply.fill(WORDS)
    worker.submit.click()

    expect(worker.frame.get_by_role("alert")).to_have_text("answer.reply cannot be stored")
    expect(page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": WORDS}


def test_what_was_typed_while_an_answer_was_on_its_way_is_a_draft_when_that_is_refused(world, worker):
    page = worker.start().page
    refusal = {"problem": "invalid", "message": "answer.reply cannot be stored"}
    held = []
    page.route("**/submit", lambda route: held.append(route))  # noqa: PLW0108  (Playwright marks the function)
    worker.reply.fill(WORDS)
    worker.submit.click()
    eventually(lambda: page.evaluate("1") and held)

    typed(worker, "a whole cat")
    held[0].fulfill(status=400, json=refusal)

    expect(page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": "a whole cat"}


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
