"""Whoever comes by a name that is not ours is told so, with a page and no more."""

import pytest

from secondlook.pages.hosts import arrival
from secondlook.wire.hosts import Hosts


def test_a_rebound_name_gets_421_and_a_page_that_says_so(stranger):
    reply = stranger.get("/sign-in", host="evil.example:8700")

    assert reply.status == 421
    assert reply.headers["content-type"].startswith("text/html")
    assert "does not answer to the name &#39;evil.example&#39;" in reply.text
    assert "--allowed-hosts" in reply.text
    assert "password" not in reply.text


def test_our_script_is_told_in_json(stranger):
    reply = stranger.get("/session", host="evil.example", accept="application/json")

    assert (reply.status, reply.json()["error"]) == (421, "misdirected")


def test_the_page_has_its_style_and_leads_to_the_portal(stranger, world):
    page = stranger.get("/", host="evil.example").text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert stranger.get(style, host="evil.example").status == 200


def scope(*hosts):
    headers = [(b"host", host) for host in hosts]
    return {"type": "http", "scheme": "http", "client": ("10.0.0.1", 1), "headers": headers}


def test_the_arrival_is_what_the_visitor_typed():
    came = arrival(scope(b"Localhost:8700"))

    assert (came.base_url, came.client) == ("http://localhost:8700", "10.0.0.1")


@pytest.mark.parametrize("hosts", [(), (b"localhost", b"evil.example"), (b"localhost", b"localhost")])
def test_a_host_that_is_missing_or_repeated_is_nobodys(world, hosts):
    assert not Hosts(world.services.settings).knows(arrival(scope(*hosts)).host)
