"""An endpoint in the console: what a model says is shown and not done, and followed without a jump; how it is called."""

import pytest
from playwright.sync_api import expect

from .endpoint import put_endpoint, say

LINES = """node => {
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(node);
  const height = node.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
  return Math.round(height / parseFloat(lineHeight));
}"""
"""How many lines of text an element shows."""


def test_a_log_is_shown_and_followed(world, enter):
    world.person("root", admin=True)
    with world.store.write() as cx:
        file = put_endpoint(world, cx)
    page = enter("root", "/console/endpoints")
    expect(page.get_by_text("weight 1, 0 of 2 answer")).to_be_visible()
    page.get_by_role("link", name="talker").click()
    log = page.get_by_role("group", name="Log of AllTraffic/1")

    expect(log).to_contain_text(
        "line 99 <b id='bold'>bold</b> \N{SYMBOL FOR ESCAPE}[31mred\N{SYMBOL FOR BELL}"
    )
    assert page.locator("#bold").count() == 0
    assert log.evaluate("node => node.scrollWidth <= node.clientWidth")
    log.evaluate("node => { node.scrollTop = 100; }")
    page.get_by_role("button", name="Follow").press("Enter")
    say(file, "a new line")
    expect(log).to_contain_text("a new line")
    assert log.evaluate("node => node.scrollTop") == 100
    assert log.inner_text().count("a new line") == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_how_an_endpoint_is_called_is_shown_by_what_it_takes(world, enter, width):
    world.person("root", admin=True)
    with world.store.write() as cx:
        put_endpoint(world, cx, status="InService")
    page = enter("root", "/console/endpoints/talker", viewport={"width": width, "height": 800})

    program = page.get_by_role("group", name="Python program that calls it")
    expect(program).to_contain_text('ContentType="text/plain"')
    expect(program).to_contain_text('Body="A message, a review, a line of an invoice.".encode()')
    shown = program.evaluate(
        "node => { getSelection().selectAllChildren(node); return getSelection().toString(); }"
    )
    compile(shown, "program", "exec")
    assert program.evaluate(LINES) == len(shown.splitlines())  # none is wrapped
    command = page.get_by_role("group", name="Command that calls it")
    expect(command).to_contain_text("printf %s 'A message, a review, a line of an invoice.' | aws")
