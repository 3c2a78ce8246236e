"""A forwarding header counts only when a proxy of the settings says it, and only as far as such proxies reach."""

from __future__ import annotations

import pytest

from secondlook.app.proxies import Proxies

PROXY = "10.0.0.1"


def scope(client=PROXY, **headers):
    sent = {"host": "inner:8700", **headers}
    return {
        "type": "http",
        "scheme": "http",
        "client": (client, 1),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
    }


def seen(trusted, **changes):
    through = Proxies(trusted).seen_through(scope(**changes))
    host = dict(through["headers"])[b"host"].decode()
    return f"{through['scheme']}://{host}", through["client"][0]


FORWARDED = {
    "x_forwarded_proto": "https",
    "x_forwarded_host": "review.example.org",
    "x_forwarded_for": "6.6.6.6, 192.0.2.7",
}


def test_a_trusted_proxy_says_where_the_visitor_came_by():
    assert seen(["10.0.0.0/8"], **FORWARDED) == ("https://review.example.org", "192.0.2.7")


@pytest.mark.parametrize("trusted", [[], ["10.0.0.2"], ["192.168.0.0/16", "fd00::/8"]])
def test_anybody_else_saying_so_is_not_believed(trusted):
    assert seen(trusted, **FORWARDED) == ("http://inner:8700", PROXY)


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("for=192.0.2.7", "192.0.2.7"),
        ('For="192.0.2.7:4711"', "192.0.2.7"),
        ('for="[2001:db8::7]:4711"', "2001:db8::7"),
        ("for=6.6.6.6, for=192.0.2.7", "192.0.2.7"),
        ("for=6.6.6.6, for=192.0.2.7, for=10.9.9.9", "192.0.2.7"),
        ("for=10.1.1.1, for=10.9.9.9", "10.1.1.1"),
        ("for=6.6.6.6, for=unknown", PROXY),
        ("for=6.6.6.6, for=_hidden", PROXY),
        ('for="6.6.6.6\\", for=192.0.2.7', PROXY),
        ("nonsense", PROXY),
        ("", PROXY),
    ],
)
def test_the_client_is_the_first_from_the_end_that_is_no_proxy_of_ours(header, client):
    assert seen(["10.0.0.0/8"], forwarded=header)[1] == client


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("6.6.6.6, 192.0.2.7, 10.9.9.9", "192.0.2.7"),
        ("6.6.6.6, unknown", PROXY),
        ("<script>", PROXY),
    ],
)
def test_so_it_is_with_the_older_header(header, client):
    assert seen(["10.0.0.0/8"], x_forwarded_for=header)[1] == client


def test_the_standard_header_brings_scheme_and_host():
    header = "for=192.0.2.7;proto=https;host=review.example.org;by=10.0.0.1"

    assert seen([PROXY], forwarded=header) == ("https://review.example.org", "192.0.2.7")


@pytest.mark.parametrize("older", FORWARDED)
def test_where_both_kinds_are_there_neither_is_believed(older):
    """A proxy writes one and passes on the other, which then is the visitor's own word."""
    assert seen([PROXY], forwarded="for=6.6.6.6", **{older: FORWARDED[older]}) == ("http://inner:8700", PROXY)


def test_a_scheme_that_is_none_of_ours_is_left_out():
    assert (
        seen([PROXY], x_forwarded_proto="javascript", x_forwarded_for="192.0.2.7")[0] == "http://inner:8700"
    )


def test_a_proxy_whose_address_is_written_as_ipv6_is_the_same():
    assert seen([PROXY], client=f"::ffff:{PROXY}", x_forwarded_for="192.0.2.7")[1] == "192.0.2.7"
