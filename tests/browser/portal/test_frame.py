"""The task page is a stranger: it is heard once per load, by its nonce, on its port, within limits."""

import pytest
from playwright.sync_api import expect

from secondlook.review.render import elements
from tests.running import eventually

from .conftest import Worker, held

HOSTILE = """
<crowd-form><input name="reply" aria-label="Reply"></crowd-form>
<script>
  const say = (message) => parent.postMessage(message, '*');
  say({type: 'secondlook:ready', nonce: 'a guess'});
  say({type: 'submit', answer: {reply: 'without a port'}});
  say({type: 'draft', draft: {answer: {reply: 'without a port'}, state: {version: 1, fields: {}}}});
  window.heard = [];
  addEventListener('message', (event) => heard.push([event.data.type, event.ports.length]));
</script>
"""

PORT = """
(async () => {
  const nonce = document.querySelector('meta[name=secondlook-render]').content;
  const granted = new Promise((resolve) => addEventListener('message', (event) => resolve(event.ports[0])));
  parent.postMessage({type: 'secondlook:ready', nonce}, '*');
  window.port = await granted;
  window.replies = [];
  // The first word is not a reply: how the worker likes to work.
  port.onmessage = ({data}) => data.type === 'preferences' || replies.push(data);
})()
"""

BARE = "<h1>A page that speaks for itself</h1>"

WITHOUT_PICTURE = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><input name="reply" aria-label="Reply">
<crowd-bounding-box name="boxes" header="Cats" labels="['cat']" src="/none.jpg"></crowd-bounding-box></crowd-form>"""

SLOW_PICTURE = (
    """<crowd-form><img src="/slow.svg" alt=""><input name="reply" aria-label="Reply"></crowd-form>"""
)


@pytest.fixture
def at(world, enter):
    def at(template, content=None):
        world.flow("fd", template=template)
        world.loop("fd", "loop-1", content)
        page = enter()
        if template == BARE:
            # Our script stays away, so that the test alone speaks for the page.
            page.route("**/crowd-html-elements.js*", lambda route: route.abort())
        page.clock.install()
        page.locator("#start-fd").click()
        expect(page).to_have_url("/tasks/1")
        return Worker(page)

    return at


def handle(worker):
    """The frame itself, for evaluating in it."""
    worker.frame.locator("meta[name=secondlook-render]").wait_for(state="attached")
    return worker.page.locator("#page").element_handle().content_frame()


def test_the_scripts_of_its_elements_come_once_and_before_they_are_asked_for(world, enter):
    world.flow("fd", template=WITHOUT_PICTURE)
    world.loop("fd", "loop-1")
    page = enter()
    scripts = []
    page.on(
        "request", lambda request: "/static/built/elements/" in request.url and scripts.append(request.url)
    )
    page.locator("#start-fd").click()
    frame = handle(Worker(page))
    frame.wait_for_function("document.querySelector('crowd-bounding-box')?.value !== undefined")

    preloads = frame.evaluate(
        "[...document.querySelectorAll('link[rel=modulepreload]')].map(({href}) => href)"
    )
    assert sorted(scripts) == sorted(preloads)
    assert len(scripts) == len(elements.scripts(["crowd-bounding-box"]))


def test_a_page_gets_one_port_by_its_nonce(at):
    worker = at(HOSTILE).ready()
    frame = handle(worker)

    frame.evaluate(
        "say({type: 'secondlook:ready', nonce: document.querySelector('meta[name=secondlook-render]').content})"
    )
    frame.evaluate("new Promise((resolve) => setTimeout(resolve))")
    worker.reply.fill("typed")
    worker.page.clock.run_for(1500)

    expect(worker.page.locator("#saved")).to_have_text("Draft saved")
    assert frame.evaluate("heard") == [["secondlook:port", 1]]


def test_words_without_a_port_are_not_heard(world, at):
    worker = at(HOSTILE).ready()

    worker.reply.fill("typed")
    worker.page.clock.run_for(1500)

    expect(worker.page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": "typed"}
    assert world.assignment(1).state == "active"


@pytest.mark.parametrize(
    "nonsense",
    [
        "{type: 'draft', draft: 'text'}",
        "{type: 'draft', draft: {answer: {}, state: {version: 2, fields: {}}}}",
        "{type: 'submit', answer: []}",
        "{type: 'submit'}",
        "{type: 'leave'}",
        "null",
        "(() => { const a = {}; a.a = a; return {type: 'draft', draft: {answer: a, state: {version: 1, fields: {}}}} })()",
    ],
)
def test_nonsense_on_the_port_is_dropped(world, at, nonsense):
    worker = at(BARE)
    frame = handle(worker)
    frame.evaluate(PORT)

    frame.evaluate(f"port.postMessage({nonsense})")
    frame.evaluate(
        "port.postMessage({type: 'draft', id: 1, draft: {answer: {reply: 'sense'}, state: {version: 1, fields: {}}}})"
    )

    expect(worker.page.locator("#saved")).to_have_text("Draft saved")
    assert world.draft(1)["answer"] == {"reply": "sense"}
    assert world.assignment(1).state == "active"


def test_an_answer_that_is_too_large_is_refused_to_the_page(world, at):
    worker = at(BARE)
    frame = handle(worker)
    frame.evaluate(PORT)

    frame.evaluate("port.postMessage({type: 'submit', answer: {mask: 'x'.repeat(21 * 1024 * 1024)}})")

    frame.wait_for_function("replies.length > 0")
    (reply,) = frame.evaluate("replies")
    assert reply["ok"] is False
    assert "the answer has 22,020,107 bytes; at most 20,971,520 can be kept" in reply["message"]
    assert world.assignment(1).state == "active"


def test_what_the_server_refuses_is_told_to_the_page(world, at):
    worker = at(BARE)
    frame = handle(worker)
    frame.evaluate(PORT)

    frame.evaluate(
        "let deep = {}; for (let i = 0; i < 100; i++) deep = {deep}; port.postMessage({type: 'submit', answer: deep})"
    )

    frame.wait_for_function("replies.length > 0")
    assert "nested deeper" in frame.evaluate("replies")[0]["message"]


def test_errors_of_a_page_are_shown_as_text(at):
    worker = at(BARE)
    frame = handle(worker)
    frame.evaluate(PORT)

    frame.evaluate("port.postMessage({type: 'error', message: '<b>The picture</b> does not load'})")

    expect(worker.banner).to_have_text(
        "The task page reports: <b>The picture</b> does not load. This is passed on to whoever sent the task. "
        "If you cannot do it like this, decline it."
    )


def test_what_the_page_says_itself_is_not_said_twice(at):
    worker = at(WITHOUT_PICTURE).ready()

    expect(worker.frame.get_by_text("none.jpg could not be loaded")).to_be_visible()
    expect(worker.banner).to_have_text(
        "What is wrong with this page is passed on to whoever sent the task. "
        "If you cannot do it like this, decline it."
    )


def test_a_page_that_leads_itself_elsewhere_is_named_and_brought_back(at):
    worker = at(HOSTILE).ready()
    worker.reply.fill("half a ca")
    worker.page.clock.run_for(1500)
    expect(worker.page.locator("#saved")).to_have_text("Draft saved")

    handle(worker).evaluate("location.href = '/static/portal.css'")
    expect(worker.banner).to_contain_text("led itself to another page")
    worker.banner.get_by_role("button", name="Show the task again").click()

    expect(worker.banner).to_be_hidden()
    expect(worker.reply).to_have_value("half a ca")


def test_a_page_that_finishes_loading_after_its_submit_is_not_taken_for_the_next_one(world, at):
    """Its picture comes while the next page is on its way."""
    worker = at(SLOW_PICTURE)
    world.loop("fd", "loop-2")
    pictures = held(worker.page, "**/slow.svg")
    pages = held(worker.page, "**/tasks/2/page*")
    worker.page.reload(wait_until="commit")
    worker.ready().submit.click()
    eventually(lambda: (pages, worker.page.wait_for_timeout(10))[0])

    picture = {"body": "<svg xmlns='http://www.w3.org/2000/svg'/>", "content_type": "image/svg+xml"}
    pictures[0].fulfill(**picture)
    worker.page.wait_for_timeout(200)
    worker.page.route("**/slow.svg", lambda route: route.fulfill(**picture))
    pages[0].continue_()

    worker.ready().reply.fill("the second")
    worker.page.clock.run_for(1500)
    expect(worker.page.locator("#saved")).to_have_text("Draft saved")
    expect(worker.banner).to_be_hidden()


def test_a_page_cannot_be_led_to_another_site(at):
    worker = at(HOSTILE).ready()

    handle(worker).evaluate("location.href = 'http://127.0.0.1:9/evil'")

    expect(worker.banner).to_contain_text("led itself to another page")


def test_a_page_that_never_answers_is_named(at):
    worker = at(BARE)
    handle(worker).wait_for_load_state()

    # The portal hears of the load a moment after the page does.
    while worker.banner.is_hidden():
        worker.page.clock.run_for(1000)

    expect(worker.banner).to_contain_text("does not answer")


def test_the_frame_is_a_stranger_to_the_portal(at):
    frame = handle(at(HOSTILE).ready())

    assert frame.evaluate("window.origin") == "null"
    with pytest.raises(Exception, match="cross-origin"):
        frame.evaluate("parent.document.title")
    assert frame.evaluate("document.cookie") == "", "what our script supplies, and not the portal's"
