"""A worker whose network is not one of the workforce's SourceIpConfig: told so, and nothing is lost."""

from playwright.sync_api import expect

from secondlook.review import workforce
from tests.portal_world import now


def limit(world, *cidrs):
    with world.store.write() as cx:
        workforce.change(cx, "default", {"SourceIpConfig": {"Cidrs": list(cidrs)}}, now())


def test_what_is_done_in_another_network_is_kept_and_sent_later(world, worker):
    worker.start()
    limit(world, "192.0.2.0/24")

    worker.reply.fill("A tabby")
    expect(worker.banner).to_contain_text("cannot be used from the network that you are in now")
    worker.submit.click()
    limit(world)

    expect(worker.page).to_have_url("/tasks/2")
    assert world.assignment(1).state == "submitted"


def test_the_page_names_the_address(world, enter, violations):
    limit(world, "192.0.2.0/24")
    page = enter("alice", "/work")

    expect(page.get_by_role("heading", name="Not from this network")).to_be_visible()
    expect(page.get_by_text("your address is 127.0.0.1")).to_be_visible()
    assert violations(page) == []
