"""A page that sends to the portal without end is cut off: its worker can go on, leave the task, or see it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import start
from .test_isolation import frame

STEALS = """<script>
  const {set} = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {set(listener) { window.stolen = this; set.call(this, listener); }});
</script><crowd-form><input name=reply aria-label=Reply></crowd-form>"""

DRAFT = "{type: 'draft', draft: {answer: {big}, state: {version: 1, fields: {'reply#0': `${n++}`}}}}"

FLOODS = {
    "drafts": f"const big = ''; setInterval(() => {{ for (let k = 0; k < 500; k++) stolen.postMessage({DRAFT}); }})",
    "large drafts": f"const big = 'x'.repeat(4e6); setInterval(() => stolen.postMessage({DRAFT}))",
    "reports": "setInterval(() => { for (let k = 0; k < 500; k++) stolen.postMessage({type: 'error', message: `${n++}`}); })",
    "preferences": "setInterval(() => { for (let k = 0; k < 500; k++) stolen.postMessage({type: 'preference', name: `a${n % 50}`, value: [n++]}); })",
    "large things unknown": "const big = Array.from({length: 3e5}, (_, k) => ({a: [k, {b: k}]})); setInterval(() => stolen.postMessage({type: 'x', big}), 50)",
    "nothing known": "setInterval(() => { for (let k = 0; k < 500; k++) stolen.postMessage({type: 'x'}); })",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_page_that_floods_its_port_is_cut_off(site, worker, flood):
    start(worker, site.task(STEALS))
    inside = frame(worker)
    inside.wait_for_function("window.stolen")

    inside.evaluate(f"() => {{ let n = 0; setTimeout(() => {{ {FLOODS[flood]} }}); }}")

    expect(worker.get_by_text("sends without end and was cut off")).to_be_visible()
    worker.get_by_role("button", name="Show the task again").click()
    worker.frame_locator("#page").get_by_label("Reply").fill("mine")
    expect(worker.locator("#saved")).to_have_text("Draft saved")
    worker.locator(".back[href='/work']").click()
    worker.wait_for_url("**/work")
