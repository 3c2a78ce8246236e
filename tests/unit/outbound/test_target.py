"""Which URLs can be gone to, and in which words the others are refused."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from secondlook.outbound import NotAllowed
from secondlook.outbound.target import target


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://example.org", "example.org", 80),
        ("https://EXAMPLE.org:8443/a?b=c", "example.org", 8443),
        ("https://my_service/hook", "my_service", 443),
        ("https://a-b.c1.example/", "a-b.c1.example", 443),
        ("https://bücher.example/ü", "xn--bcher-kva.example", 443),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", 443),
        (f"https://{'a' * 63}.example/", f"{'a' * 63}.example", 443),
    ],
)
def test_a_host_name_is_taken_as_it_is_resolved(url: str, host: str, port: int) -> None:
    parts = target(url)

    assert (host, port, None) == (parts.host, parts.port, parts.address)


@pytest.mark.parametrize(
    ("url", "address"),
    [("http://127.0.0.1/", "127.0.0.1"), ("http://[::1]:80/", "::1"), ("http://8.8.8.8:1/", "8.8.8.8")],
)
def test_an_address_is_known_as_one(url: str, address: str) -> None:
    assert ip_address(address) == target(url).address


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("①②⑦.0.0.1", "another spelling of '127'"),
        ("\uff11\uff12\uff17.0.0.1", "another spelling of '127'"),
        ("ⓛocalhost", "another spelling of 'localhost'"),
        ("loc\u200balhost", "another spelling of 'localhost'"),
        ("127。0。0。1", "another spelling of|not a URL"),
        ("127.1", "four decimal numbers"),
        ("0x7f.1", "four decimal numbers"),
        ("0x7f000001", "four decimal numbers"),
        ("2130706433", "four decimal numbers"),
        ("0177.0.0.1", "four decimal numbers"),
        ("127.0.0.1.", "is empty"),
        ("example.org.", "is empty"),
        ("a..b", "is empty"),
        (".example.org", "is empty"),
        ("a b", "a space"),
        ("a%20b", "letters, digits, and hyphens"),
        ("%31%32%37.0.0.1", "letters, digits, and hyphens"),
        ("-a.example", "letters, digits, and hyphens"),
        ("a-.example", "letters, digits, and hyphens"),
        ("a,b", "letters, digits, and hyphens"),
        ("exa!mple.org", "letters, digits, and hyphens"),
        ("a" * 64, "letters, digits, and hyphens"),
        (f"{'é' * 64}.example", "ASCII form"),
        (".".join(["a" * 63] * 4), "longer than 253"),
        ("[fe80::1%25eth0]", "interface"),
        ("[::g]", "IPv6|not a URL"),
        ("[1.2.3.4]", "IPv6|not a URL"),
        ("", "names no host"),
        ("user@example.org", "user name"),
        ("user:secret@example.org", "user name"),
        ("example.org:0", "port 0"),
        ("example.org:99999", "not a URL"),
        ("example.org:x", "not a URL"),
        ("127.0.0.1:x@evil.example", "user name|not a URL"),
        ("[::1]evil.example", "not a URL|IPv6"),
        ("exam\nple.org", "control character"),
        ("exam\tple.org", "control character"),
        ("example.org\\evil.example", "letters, digits, and hyphens"),
    ],
)
def test_what_is_no_host_name_is_refused_with_the_reason(host: str, reason: str) -> None:
    with pytest.raises(NotAllowed, match=reason):
        target(f"http://{host}/hook")


@pytest.mark.parametrize("url", ["ftp://example.org/", "file:///etc/passwd", "example.org", "//example.org"])
def test_only_http_and_https_are_gone_to(url: str) -> None:
    with pytest.raises(NotAllowed, match="must be an http or https address"):
        target(url)
