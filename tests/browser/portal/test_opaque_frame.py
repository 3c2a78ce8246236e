"""What a browser keeps from a page with an opaque origin, and our first script gives back (docs/templates.md)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.objects.sites import site

FIELD = "<crowd-form><input name='reply' aria-label='Reply'></crowd-form>"
LIBRARY = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'

USES_STORAGE = f"""<script>
  localStorage.setItem('visits', Number(localStorage.getItem('visits')) + 1);
  sessionStorage.theme = 'dark';
  document.cookie = 'seen=yes; path=/; max-age=60';
  window.kept = {{visits: localStorage.visits, theme: sessionStorage.getItem('theme'), cookie: document.cookie, length: localStorage.length}};
</script>{FIELD}{LIBRARY}"""

WORKERS = (
    """<script>
  window.told = [];
  for (const [url, options] of [['%(elsewhere)s/classic.js'], ['%(elsewhere)s/module.js', {type: 'module'}], ['/static/nothing-here.js']]) {
    const worker = new Worker(url, options);
    worker.onmessage = ({data}) => told.push(data);
    worker.onerror = (event) => { event.preventDefault(); told.push('failed ' + url); };
    worker.postMessage(1);
  }
</script>"""
    + FIELD
)


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A site whose scripts and pages anybody may use."""
    bodies = {
        "/classic.js": "importScripts('part.js'); onmessage = ({data}) => postMessage('classic ' + part + data)",
        "/part.js": "self.part = 'of parts '",
        "/module.js": "import {part} from './module-part.js'; onmessage = ({data}) => postMessage('module ' + part + data)",
        "/module-part.js": "export const part = 'of parts '",
        "/page": "<!doctype html><title>Elsewhere</title><script>localStorage.setItem('a', document.cookie = 'b=c')</script>",
    }
    with site(lambda path: bodies.get(path, "")) as address:
        yield address


def test_storage_and_cookies_work_before_the_library_is_named_and_last_as_long_as_the_page(at):
    task = at(USES_STORAGE)

    expected = {"visits": "1", "theme": "dark", "cookie": "seen=yes", "length": 1}
    assert expected == task.inside.evaluate("kept")
    task.ready().page.reload()
    task.ready()
    assert expected == task.inside.evaluate("kept")
    assert task.page.evaluate("localStorage.getItem('visits')") is None
    assert "seen" not in str(task.page.context.cookies())


def test_a_worker_starts_from_any_address(at, elsewhere):
    task = at(WORKERS % {"elsewhere": elsewhere})

    task.wait("told.length === 3")

    assert ["classic of parts 1", "failed /static/nothing-here.js", "module of parts 1"] == sorted(
        task.inside.evaluate("told")
    )


def test_a_database_of_the_browser_stays_out_of_reach(at):
    task = at(FIELD).ready()

    with pytest.raises(Exception, match="denied"):
        task.inside.evaluate("indexedDB.open('a')")


@pytest.mark.parametrize("target", ["", "target=_self", "target=_top", "target=_blank"])
def test_a_link_opens_a_tab_that_is_a_page_of_its_own(at, elsewhere, target):
    task = at(
        f"<a {target} href='{elsewhere}/page'>the <b>rules</b></a><a href='#reply'>here</a>{FIELD}"
    ).ready()

    with task.page.context.expect_page() as opened:
        task.frame.get_by_text("rules").click()

    tab = opened.value
    tab.wait_for_load_state()
    assert (elsewhere, "b=c", "b=c") == (
        tab.evaluate("origin"),
        tab.evaluate("document.cookie"),
        tab.evaluate("localStorage.a"),
    )
    task.frame.get_by_text("here").click()
    task.reply.fill("still here")
    assert len(task.page.context.pages) == 2


def test_a_link_that_a_script_answers_itself_opens_nothing(at):
    task = at(f"<a href='/work' onclick='event.preventDefault(); window.pressed = 1'>More</a>{FIELD}").ready()

    task.frame.get_by_text("More").click()

    assert task.inside.evaluate("pressed") == 1
    assert len(task.page.context.pages) == 1


@pytest.mark.parametrize("feature", ["fullscreen", "autoplay", "clipboard-write", "microphone"])
def test_the_frame_may_ask_for(at, feature):
    task = at(FIELD).ready()

    assert task.inside.evaluate("(feature) => document.featurePolicy.allowsFeature(feature)", feature)
    assert task.page.evaluate("document.featurePolicy.allowsFeature('camera')") is False


def test_text_can_be_copied(at):
    task = at(
        f"<button onclick=\"navigator.clipboard.writeText('copied').then(() => document.title = 'done')\">Copy</button>{FIELD}"
    ).ready()
    task.page.context.grant_permissions(["clipboard-write"])  # which a browser with a window gives to a click

    task.frame.get_by_role("button", name="Copy").click()

    task.wait("document.title === 'done'")


FORM = """<form method="post" action="/tasks/1/decline" target="_blank"><input name="reason" value="hostile"></form>"""


def test_a_form_that_a_task_sends_to_the_portal_in_a_window_does_nothing(world, at):
    task = at(FIELD).ready()

    with task.page.context.expect_page() as opened:
        task.inside.evaluate(
            "(form) => { document.body.insertAdjacentHTML('beforeend', form); document.body.lastChild.submit(); }",
            FORM,
        )

    opened.value.wait_for_load_state()
    assert "/tasks/1/decline" in opened.value.url
    assert world.assignment(1).state == "active"


@pytest.mark.parametrize("path", ["/work", "/tasks/1", "/tasks/1/page?nonce=x", "about:blank"])
def test_a_window_that_a_task_opens_on_this_server_is_of_no_use_to_it(at, path):
    """It escapes the sandbox of the frame: what keeps it harmless is its own response's header."""
    task = at(FIELD).ready()

    with task.page.context.expect_page() as opened:
        task.inside.evaluate("(path) => { window.opened = window.open(path); }", path)
    tab = opened.value
    tab.wait_for_load_state()

    read = "() => { try { return opened.document.documentElement.outerHTML; } catch (error) { return error.name; } }"
    seen = task.inside.evaluate(read)
    if tab.evaluate("origin") == "null":
        assert path in {"/tasks/1/page?nonce=x", "about:blank"}
        assert tab.evaluate("document.cookie") == "" if path != "about:blank" else "Alice" not in seen
    else:
        assert path in {"/work", "/tasks/1"}
        assert tab.evaluate("opener") is None
        assert seen in {"TypeError", "SecurityError"}
