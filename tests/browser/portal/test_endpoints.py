"""The log of an endpoint in the console: what a model says is shown and not done, and followed without a jump."""

from playwright.sync_api import expect

from .endpoint import put_endpoint, say


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
