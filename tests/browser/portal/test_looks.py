"""Every page, light and dark, narrow and enlarged: axe finds nothing, and nothing runs out of the window."""

import pytest
from playwright.sync_api import expect

from secondlook.review import access_key, assignment, event_targets, people
from secondlook.review.assignment import Page
from secondlook.review.draft import Draft
from secondlook.review.stories import queue
from secondlook.store.document import Document
from tests.portal_world import PLACE, now

from .endpoint import put_endpoint

PAGES = {
    "sign in": (None, "/sign-in"),
    "invitation": (None, "invitation"),
    "one click": (None, "one click"),
    "first admin": (None, "first admin"),
    "lost password": (None, "lost password"),
    "a wrong address": (None, "/work/nowhere/at-all"),
    "a used link": (None, "/welcome/no-such-link"),
    "job list": ("alice", "/work"),
    "nothing to do": ("bob", "/work"),
    "no team": ("charlie", "/work"),
    "task": ("alice", "/tasks/1"),
    "stopped task": ("alice", "/tasks/2"),
    "submitted": ("alice", "/tasks/3/submitted"),
    "submitted, shown as its answer": ("alice", "/tasks/4/submitted"),
    "task that is over": ("bob", "/tasks/1"),
    "console": ("root", "/console"),
    "open loop": ("root", "/console/loops/fd-a-rather-long-name-of-a-loop-0"),
    "loop that ended": ("root", "/console/loops/hd-a-rather-long-name-of-a-loop-0"),
    "endpoints": ("root", "/console/endpoints"),
    "endpoint": ("root", "/console/endpoints/talker"),
    "templates": ("root", "/console/templates"),
    "people and keys": ("root", "/console/people"),
}
SIZES = {"wide": (1440, 900), "tablet": (1024, 768), "enlarged to 200 %": (720, 450), "narrow": (390, 800)}


@pytest.fixture
def page_of(world, enter):
    """Opens one of PAGES in a world where there is something to show."""
    world.person("root", admin=True)
    world.team("dogs")
    world.person("alice", "cats", "dogs")
    for flow, team in (("fd", "dogs"), ("gd", "dogs"), ("hd", "dogs"), ("id", "dogs"), ("empty", "cats")):
        world.flow(
            flow, team, title="Find the cats that the detector was unsure about in the pictures of last night"
        )
        for number in range(3):
            world.loop(flow, f"{flow}-a-rather-long-name-of-a-loop-{number}")
    world.flow("odd-template", "dogs", template="<crowd-form>\n<crowd-boundingbox>\n{{ task.input.text | }}")
    world.flow("odd-variable", "dogs", template="<crowd-form>\n<crowd-boundingbox>\n{{ tsk.input.text }}")
    with world.store.write() as cx:
        alice = people.person_by_email(cx, "alice@example.org").id
        held = queue.take(cx, alice, "fd", now())
        assignment.report(cx, alice, held, "The picture s3://pictures/cat.jpg cannot be loaded", PLACE, now())
        declined = queue.take(cx, alice, "hd", now())
        assignment.decline(cx, alice, declined, "The picture is blurred", PLACE, now())
        for page in (Page(300, Draft.of({"answer": {}}, 1)), None):
            answered = queue.take(cx, alice, "id", now())
            assignment.submit(cx, alice, answered, Document.of({"reply": "a cat"}), PLACE, now(), page)
        assignment.pause(cx, alice, queue.take(cx, alice, "gd", now()), now())
        event_targets.add(cx, "webhook", {"url": "https://hook.example"}, b"sealed", None, now())
        put_endpoint(world, cx)
        access_key.create(cx, "notebook", "requester", world.services.vault.seal, now())
    links = {
        "invitation": lambda: world.invite("dora", "cats"),
        "one click": lambda: world.invite("alice", kind="signin"),
        "first admin": lambda: world.invite("admin", kind="admin"),
        "lost password": lambda: world.invite("alice", kind="reset"),
    }

    def open_page(name, size, scheme="light"):
        who, path = PAGES[name]
        path = f"/welcome/{links[path]()}" if path in links else path
        width, height = SIZES[size]
        return enter(who, path, viewport={"width": width, "height": height}, color_scheme=scheme)

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page_of, violations, name, scheme):
    assert violations(page_of(name, "wide", scheme)) == []


@pytest.mark.parametrize("size", ["enlarged to 200 %", "narrow"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_out_of_the_window(page_of, violations, name, size):
    page = page_of(name, size)

    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert violations(page) == []


@pytest.mark.parametrize("button", ["Release task", "Decline task", "Help"])
def test_axe_finds_nothing_in_a_dialog_of_a_task(page_of, violations, button):
    page = page_of("task", "tablet", "dark")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert violations(page) == []


@pytest.mark.parametrize(("page", "button"), [("open loop", "Stop"), ("loop that ended", "Delete")])
def test_axe_finds_nothing_in_a_dialog_of_a_loop(page_of, violations, page, button):
    opened = page_of(page, "narrow")
    opened.get_by_role("button", name=button).click()
    expect(opened.get_by_role("dialog")).to_be_visible()

    assert violations(opened) == []


@pytest.mark.parametrize(
    "button",
    [
        "Invite people",
        "New work team",
        "New access key",
        "Revoke notebook",
        "Reset password of Alice",
        "Switch off Alice",
        "Make admin: Alice",
    ],
)
def test_axe_finds_nothing_in_a_dialog_of_the_console(page_of, violations, button):
    page = page_of("people and keys", "narrow")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert violations(page) == []
