"""What a hostile page on our port can reach of the portal: nothing [design, "Task pages"]."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Frame, Page, expect

from .conftest import WORKER, start

ATTACK = """
window.__loot = (async () => {
  const loot = {};
  const attempt = async (name, act) => { try { loot[name] = String(await act()) } catch (error) { loot[name] = 'refused: ' + error.name } };
  await attempt('origin', () => window.origin);
  await attempt('cookie', () => document.cookie);
  await attempt('storage', () => localStorage.length);
  await attempt('fetch', async () => (await fetch('/work', {credentials: 'include'})).text());
  await attempt('form', async () => (await fetch('/sign-out', {method: 'POST', credentials: 'include', mode: 'no-cors'})).type);
  await attempt('frame', async () => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((done) => { frame.onload = done; setTimeout(done, 3000) });
    frame.src = '/work';
    document.documentElement.append(frame);
    await loaded;
    return frame.contentDocument ? frame.contentDocument.documentElement.outerHTML : 'refused: no document';
  });
  await attempt('popup', async () => {
    const popup = window.open('/work');
    if (!popup) return 'refused: no window';
    await new Promise((done) => setTimeout(done, 1000));
    return popup.document.documentElement.outerHTML;
  });
  await attempt('opener', () => window.opener ? window.opener.document.documentElement.outerHTML : 'refused: none');
  await attempt('top', () => window.top === window ? 'refused: is top' : window.top.document.documentElement.outerHTML);
  return loot;
})();
"""
HTML = f"<!doctype html><title>hostile</title><script>{ATTACK}</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><script>{ATTACK.replace("<", "&lt;").replace("&&", "&amp;&amp;")}</script></svg>'


def html_link(site):
    return site.link("page.html", HTML, "text/html")


def html_link_with_old_signature(site):
    return site.link("page.html", HTML, "text/html", signature="s3")


def svg_link(site):
    return site.link("picture.svg", SVG, "image/svg+xml")


def text_turned_into_html(site):
    return site.link("notes.txt", HTML, "text/plain", ResponseContentType="text/html")


@pytest.mark.parametrize("link", [html_link, html_link_with_old_signature, svg_link, text_turned_into_html])
def test_an_object_opened_by_its_link_reads_no_portal_page(site, worker, link):
    tab = worker.context.new_page()
    tab.goto(link(site))

    check(tab, worker)


def test_a_task_page_opened_in_a_tab_of_its_own_reads_no_portal_page(site, worker):
    start(worker, site.task(f"<crowd-form></crowd-form><script>{ATTACK}</script>"))
    tab = worker.context.new_page()
    tab.goto(f"{worker.url}/page")

    check(tab, worker)


def test_the_same_script_with_the_portals_own_origin_would_bring_everything_home(worker):
    worker.evaluate(ATTACK)
    loot = worker.evaluate("window.__loot")

    assert {"fetch", "popup"} <= set(leaked(loot))


def test_a_task_page_in_its_frame_reads_no_portal_page(site, worker):
    start(worker, site.task(f"<crowd-form></crowd-form><script>{ATTACK}</script>"))
    inside = next(frame for frame in worker.frames if frame != worker.main_frame)
    inside.wait_for_function("window.__loot")
    loot = inside.evaluate("window.__loot")

    assert not leaked(loot), loot
    assert "null" == loot["origin"]


def test_script_in_the_input_does_not_run(site, worker):
    hostile = "</p><script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">"
    start(
        worker, site.task("<crowd-form><p id=text>{{ task.input.text }}</p></crowd-form>", {"text": hostile})
    )
    inside = next(frame for frame in worker.frames if frame != worker.main_frame)
    inside.wait_for_selector("#text")

    assert hostile == inside.text_content("#text")
    assert "owned" != inside.title()


def test_a_task_page_cannot_lead_the_portal_away(site, worker):
    start(
        worker,
        site.task(
            "<crowd-form></crowd-form><script>try { top.location = 'https://example.org/' } catch (e) {}; document.title = 'tried'</script>"
        ),
    )
    inside = next(frame for frame in worker.frames if frame != worker.main_frame)
    inside.wait_for_function("document.title === 'tried'")

    assert re.search(r"/tasks/\d+$", worker.url)


def test_a_task_page_that_navigates_away_is_cut_off(site, worker):
    start(
        worker,
        site.task(
            "<crowd-form></crowd-form><script>setTimeout(() => { location.href = 'data:text/html,elsewhere' }, 500)</script>"
        ),
    )
    worker.get_by_text("led itself to another page").wait_for()

    assert worker.get_by_text("led itself to another page").is_visible()


FIELD = "<crowd-form><input name=reply aria-label=Reply></crowd-form>"

KNOCKS = """<title>elsewhere</title><script>
  const nonce = location.hash.slice(1);
  const answer = {reply: 'from elsewhere'};
  addEventListener('message', ({ports}) => ports[0]?.postMessage({type: 'submit', answer}));
  for (const message of [{type: 'secondlook:ready', nonce}, {type: 'submit', answer}]) parent.postMessage(message, '*');
  document.title = 'knocked';
</script>"""
LEAVES = "location.href = %s + '#' + document.querySelector('meta[name=secondlook-render]').content"


def test_a_page_that_a_task_leads_its_frame_to_hands_nothing_in_though_it_knows_the_nonce(site, worker):
    start(worker, site.task(f"{FIELD}<script>const leave = (to) => {{ {LEAVES % 'to'} }}</script>"))
    worker.frame_locator("#page").get_by_label("Reply").wait_for()
    elsewhere = site.link("elsewhere.html", KNOCKS, "text/html")
    frame(worker).evaluate("(to) => setTimeout(leave, 0, to)", elsewhere)
    worker.get_by_text("led itself to another page").wait_for()

    frame(worker).wait_for_function("document.title === 'knocked'")
    worker.get_by_role("button", name="Show the task again").click()

    worker.frame_locator("#page").get_by_label("Reply").fill("mine")
    with worker.expect_request("**/submit") as handed_in:
        worker.frame_locator("#page").get_by_role("button", name="Submit").click()
    assert {"reply": "mine"} == handed_in.value.post_data_json["answer"]


def test_a_page_that_leaves_before_it_has_loaded_hands_nothing_in(site, worker):
    elsewhere = site.link("elsewhere.html", KNOCKS, "text/html")
    start(worker, site.task(f"{FIELD}<script>{LEAVES % json.dumps(elsewhere)}</script>"))

    expect(worker.get_by_text("The task page does not answer")).to_be_visible()

    assert "knocked" == frame(worker).title()
    assert re.search(r"/tasks/\d+$", worker.url)


def test_a_page_that_submits_again_and_again_hands_in_once(site, worker):
    again = "for (let n = 0; n < 5; n++) { document.querySelector('crowd-form').submit(); document.querySelector('crowd-form form').submit(); }"
    sent = []
    worker.on(
        "request", lambda request: sent.append(request.url) if request.url.endswith("/submit") else None
    )
    start(worker, site.task(f'{FIELD}<button type=button onclick="{again}">Again</button>'))

    worker.frame_locator("#page").get_by_role("button", name="Again").click()

    worker.wait_for_url("**/work?notice=*")
    assert 1 == len(sent)


def test_a_page_that_writes_answers_on_its_port_hands_in_once(site, worker):
    """Its own script takes our script's port, and says what our script would say."""
    steals = """
      const {set} = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
      Object.defineProperty(MessagePort.prototype, 'onmessage', {set(listener) { window.stolen = this; set.call(this, listener); }});
    """
    sent = []
    worker.on(
        "request",
        lambda request: sent.append(request.post_data_json) if request.url.endswith("/submit") else None,
    )
    start(worker, site.task(f"<script>{steals}</script>{FIELD}"))
    inside = frame(worker)
    inside.wait_for_function("window.stolen")

    inside.evaluate(
        "() => { for (const reply of ['one', 'two', 'three']) stolen.postMessage({type: 'submit', answer: {reply}}); }"
    )

    worker.wait_for_url("**/work?notice=*")
    assert [{"reply": "one"}] == [body["answer"] for body in sent]


@pytest.mark.parametrize(
    "attempt",
    [
        "top.location = 'https://example.org/'",
        "parent.location.replace('https://example.org/')",
        "window.open('https://example.org/', '_top')",
        "document.body.insertAdjacentHTML('beforeend', '<form target=_top action=https://example.org/>'); document.body.lastChild.submit()",
        "document.body.insertAdjacentHTML('beforeend', '<iframe src=https://example.org/ name=inner></iframe>'); inner.parent.parent.location = 'https://example.org/'",
        "top.close(); parent.history.pushState({}, '', '/elsewhere')",
    ],
)
def test_no_way_leads_the_portal_to_another_page(site, worker, attempt):
    start(worker, site.task(FIELD))
    worker.frame_locator("#page").get_by_label("Reply").wait_for()
    here = worker.url

    frame(worker).evaluate("(attempt) => { try { eval(attempt); } catch {} }", attempt)

    worker.frame_locator("#page").get_by_label("Reply").fill("still here")
    assert worker.url == here


@pytest.mark.parametrize("path", ["/work", "/sign-in"])
def test_portal_pages_are_framed_by_nobody(site, chromium, path):
    page = chromium.new_page()
    response = page.goto(site.server.url + path)

    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "same-origin" == response.headers["cross-origin-opener-policy"]
    page.close()


def frame(worker: Page) -> Frame:
    return next(frame for frame in worker.frames if frame != worker.main_frame)


def check(tab: Page, worker: Page) -> None:
    """The attack ran, brought nothing home, and the worker is still signed in."""
    tab.wait_for_function("window.__loot")
    loot = tab.evaluate("window.__loot")

    assert "null" == loot["origin"]
    assert not leaked(loot), loot
    worker.goto(worker.url.split("/tasks")[0].split("/work")[0] + "/work")
    assert WORKER in worker.content()


def leaked(loot: dict[str, str]) -> dict[str, str]:
    """What of the loot is worth anything: a portal page's text, a cookie, readable storage."""
    worth = {name: text for name, text in loot.items() if WORKER in text}
    worth |= {
        name: loot[name]
        for name in ("cookie", "storage")
        if not loot[name].startswith("refused") and loot[name] not in {"", "0"}
    }
    return worth
