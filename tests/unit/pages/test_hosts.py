"""A name nobody configured is refused; a proxy is believed only if it is the trusted one."""

from pathlib import Path

import pytest

from secondlook.pages.hosts import arrival, is_known, known_names
from secondlook.settings import Settings

SETTINGS = Settings(
    data=Path(),
    public_url="https://review.example.org",
    allowed_hosts=("Other.example.org",),
    advertise="http://node-1:8700",
)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8700",
        "my.localhost:8700",
        "127.0.0.1:8700",
        "[::1]:8700",
        "192.0.2.1",
        "review.example.org",
        "review.example.org.",
        "other.example.org:443",
        "node-1:8700",
    ],
)
def test_it_answers_to(host):
    assert is_known(host, known_names(SETTINGS))


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "review.example.org.evil.example", "127.0.0.1.evil.example", "localhost.evil"],
)
def test_it_refuses(host):
    assert not is_known(host, known_names(SETTINGS))


def test_a_rebound_name_gets_421_and_no_page(stranger):
    reply = stranger.get("/sign-in", host="evil.example:8700")

    assert reply.status == 421
    assert "'evil.example'" in reply.text
    assert "--allowed-hosts" in reply.text


def scope(client="10.0.0.1", **headers):
    sent = {"host": "inner:8700", **headers}
    return {
        "type": "http",
        "scheme": "http",
        "client": (client, 1),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
    }


FORWARDED = {
    "x_forwarded_proto": "https",
    "x_forwarded_host": "Review.example.org",
    "x_forwarded_for": "6.6.6.6, 192.0.2.7",
}


def test_the_trusted_proxy_says_where_the_visitor_came_by():
    came = arrival(scope(**FORWARDED), "10.0.0.0/8")

    assert (came.base_url, came.client) == ("https://review.example.org", "192.0.2.7")


@pytest.mark.parametrize("trusted", [None, "10.0.0.2", "not an address"])
def test_anybody_else_saying_so_is_not_believed(trusted):
    came = arrival(scope(**FORWARDED), trusted)

    assert (came.base_url, came.client) == ("http://inner:8700", "10.0.0.1")
