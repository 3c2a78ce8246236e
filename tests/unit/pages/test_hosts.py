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
    [
        "",
        "evil.example",
        "review.example.org.evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil",
        "127.0.0.1:x@evil.com",
        "127.0.0.1@evil.com",
        "localhost:8700@evil.com",
        "[::1]evil.com",
        "[::1].evil.com",
        "[::1",
        "::1",
        "localhost:8700:8700",
        "localhost:",
        "localhost/",
        "localhost evil.com",
        "[localhost]",
        "127.0.0.1,evil.com",
        "\xb9\xb2\xb7.0.0.1",
    ],
)
def test_it_refuses(host):
    assert not is_known(host, known_names(SETTINGS))


def test_a_rebound_name_gets_421_and_no_page(stranger):
    reply = stranger.get("/sign-in", host="evil.example:8700")

    assert reply.status == 421
    assert "'evil.example'" in reply.text
    assert "--allowed-hosts" in reply.text


def scope(*hosts):
    headers = [(b"host", host) for host in hosts]
    return {"type": "http", "scheme": "http", "client": ("10.0.0.1", 1), "headers": headers}


def test_the_arrival_is_what_the_visitor_typed():
    came = arrival(scope(b"Localhost:8700"))

    assert (came.base_url, came.client) == ("http://localhost:8700", "10.0.0.1")


@pytest.mark.parametrize("hosts", [(), (b"localhost", b"evil.example"), (b"localhost", b"localhost")])
def test_a_host_that_is_missing_or_repeated_is_unknown(hosts):
    assert not is_known(arrival(scope(*hosts)).host, known_names(SETTINGS))
