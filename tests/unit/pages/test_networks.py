"""A workforce's SourceIpConfig holds at every page, for everybody, by the address that a visitor really has."""

from __future__ import annotations

import pytest

from secondlook.app.proxies import Proxies
from secondlook.review import workforce
from secondlook.review.errors import Invalid
from tests.portal_world import PASSWORD, now
from tests.statements import statements

from .browser import Browser

INSIDE, OUTSIDE = "198.51.100.9", "192.0.2.7"


def limit(world, *cidrs):
    with world.store.write() as cx:
        workforce.change(cx, "default", {"SourceIpConfig": {"Cidrs": list(cidrs)}}, now())


@pytest.fixture
def task(world, enter):
    """The path of a task that Alice holds."""
    world.flow("cats-1")
    world.loop("cats-1", "loop-1")
    alice = enter("alice", client=INSIDE)
    return alice.post("/work/cats-1", {"csrf": alice.get("/work").csrf}).location


@pytest.fixture
def limited(world, task):
    limit(world, "198.51.100.0/24", "2001:db8::/32")
    return task


def keeps_out(reply):
    return reply.status == 403 and OUTSIDE in reply.text and "certain networks only" in reply.text


def test_every_page_is_closed_to_other_networks(limited, enter, world):
    world.person("ada", admin=True)
    invited = world.invite("dora", "cats")
    alice, ada = enter("alice"), enter("ada")
    csrf = enter("alice", client=INSIDE).get("/session").json()["csrf"]
    pages = ("/", "/work", limited, f"{limited}/page", "/session", "/sign-in", f"/welcome/{invited}")

    assert all(keeps_out(alice.get(page)) for page in pages)
    assert keeps_out(ada.get("/console"))
    assert keeps_out(alice.post("/work/cats-1", {"csrf": csrf}))
    assert keeps_out(alice.post("/sign-out", {"csrf": csrf}))
    for act, sent in (
        ("draft", {"draft": {"fields": {}}}),
        ("submit", {"answer": {"reply": "x"}, "then": None}),
    ):
        assert "wrong-network" == alice.send(f"{limited}/{act}", sent, csrf).json()["error"]
    assert world.assignment(int(limited.rsplit("/", 1)[1])).submitted_at is None


def test_nobody_signs_in_or_joins_from_other_networks(limited, stranger, world):
    token = world.invite("dora", "cats")
    good = {"email": "alice@example.org", "password": PASSWORD}

    assert keeps_out(stranger.post("/sign-in", good))
    assert keeps_out(stranger.post(f"/welcome/{token}", {"name": "Dora", "password": PASSWORD}))
    stranger.client = INSIDE
    assert 303 == stranger.post("/sign-in", good).status
    assert (
        303
        == Browser(stranger.app, client="2001:db8::1")
        .post(f"/welcome/{token}", {"name": "Dora", "password": PASSWORD})
        .status
    )


def test_within_the_networks_everything_is_as_ever(limited, enter):
    assert 200 == enter("alice", client=INSIDE).get(limited).status
    assert 200 == enter("alice", client=f"::ffff:{INSIDE}").get(limited).status


def test_the_limit_is_lifted_by_an_empty_list(limited, enter, world):
    limit(world)

    assert 200 == enter("alice").get(limited).status


def test_the_page_says_the_address_that_a_proxy_of_ours_forwards(limited, site, world):
    async def door(scope, receive, send):
        await site(Proxies(["10.0.0.1"]).seen_through(scope), receive, send)

    behind = Browser(door, client="10.0.0.1")

    assert OUTSIDE in behind.get("/sign-in", x_forwarded_for=OUTSIDE).text
    assert 200 == behind.get("/sign-in", x_forwarded_for=INSIDE).status
    assert keeps_out(Browser(door).get("/sign-in", x_forwarded_for=INSIDE))


def test_whoever_is_signed_in_costs_no_statement_more(limited, enter, world):
    inside = enter("alice", client=INSIDE)
    with statements(world.store) as sent:
        inside.get("/session")

    assert 1 == len([text for text in sent if text.startswith("SELECT")])


@pytest.mark.parametrize(
    ("cidrs", "client", "expected"),
    [
        ((), "192.0.2.1", True),
        ((), "", True),
        (("192.0.2.0/24",), "192.0.2.255", True),
        (("192.0.2.0/24",), "192.0.3.0", False),
        (("192.0.2.7/24",), "192.0.2.1", True),
        (("192.0.2.0/24",), "", False),
        (("192.0.2.0/24",), "unix", False),
        (("fe80::/10",), "fe80::1%eth0", True),
        (("2001:db8::/32",), "192.0.2.1", False),
    ],
)
def test_who_is_let_in(cidrs, client, expected):
    assert expected is workforce.lets_in(cidrs, client)


@pytest.mark.parametrize("cidrs", [["10.0.0.0/40"], ["nonsense"], ["10.0.0.0/8"] * 11])
def test_what_is_no_cidr_is_refused_when_it_is_set(world, cidrs):
    with pytest.raises(Invalid, match="SourceIpConfig"):
        limit(world, *cidrs)
