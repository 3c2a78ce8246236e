from __future__ import annotations

import socket
import threading

import pytest

from secondlook.outbound import Limits, NotAllowed, Outbound, Unreachable

from .conftest import Neighbour

LOOPBACK = ["127.0.0.0/8"]


def test_an_answer_is_read_whole(neighbour: Neighbour) -> None:
    answer = Outbound(LOOPBACK).request(
        "POST", neighbour.url("/hello/you?a=1"), headers={"X-A": "b"}, body=b"body"
    )

    assert (answer.status, answer.body) == (200, b"hello you?a=1")
    method, path, headers, body = neighbour.seen[0]
    assert (method, path, body) == ("POST", "/hello/you?a=1", b"body")
    assert {"X-A": "b", "User-Agent": "secondlook", "Accept-Encoding": "identity"}.items() <= headers.items()


def test_an_error_status_is_an_answer_like_any_other(neighbour: Neighbour) -> None:
    assert Outbound(LOOPBACK).request("GET", neighbour.url("/status/503")).status == 503


def test_loopback_is_refused_unless_listed(neighbour: Neighbour) -> None:
    with pytest.raises(NotAllowed, match=r"--allow-outbound 127.0.0.1/32"):
        Outbound().request("GET", neighbour.url("/hello/you"))

    assert neighbour.seen == []


def test_our_own_port_is_refused(neighbour: Neighbour) -> None:
    with pytest.raises(NotAllowed, match="this server itself"):
        Outbound(LOOPBACK, own_ports={neighbour.port}).request("GET", neighbour.url("/hello/you"))

    assert neighbour.seen == []


def test_the_address_judged_is_the_address_connected_to(neighbour: Neighbour) -> None:
    """A name that answers with a public address first and a private one later (DNS rebinding) wins nothing."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    queries = []

    def rebinding(host: str, port: int) -> list[str]:
        queries.append((host, port))
        return next(answers)

    outbound = Outbound(LOOPBACK, resolve=rebinding)

    assert outbound.request("GET", neighbour.url("/hello/you", host="rebind.example")).status == 200
    assert [("rebind.example", neighbour.port)] == queries
    with pytest.raises(NotAllowed, match=r"169.254.169.254"):
        outbound.request("GET", neighbour.url("/hello/you", host="rebind.example"))


def test_of_several_addresses_only_allowed_ones_are_tried(neighbour: Neighbour) -> None:
    outbound = Outbound(LOOPBACK, resolve=lambda _host, _port: ["169.254.169.254", "::1", "127.0.0.1"])

    assert outbound.request("GET", neighbour.url("/hello/you", host="many.example")).status == 200


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "①②⑦.0.0.1", "[::ffff:127.0.0.1]"])
def test_other_spellings_of_loopback_do_not_reach_it(neighbour: Neighbour, host: str) -> None:
    with pytest.raises(NotAllowed, match=r"private address|no host name"):
        Outbound().request("GET", neighbour.url("/hello/you", host=host))

    assert neighbour.seen == []


def test_an_international_name_is_resolved_in_its_ascii_form(neighbour: Neighbour) -> None:
    queries = []

    def resolve(host: str, _port: int) -> list[str]:
        queries.append(host)
        return ["127.0.0.1"]

    outbound = Outbound(LOOPBACK, resolve=resolve)

    assert outbound.request("GET", neighbour.url("/hello/you", host="bücher.example")).status == 200
    assert ["xn--bcher-kva.example"] == queries


def test_what_can_be_known_of_an_address_is_known_before_any_request() -> None:
    outbound = Outbound(["10.0.0.0/8"])

    outbound.check("https://example.org/hook")
    outbound.check("http://10.1.2.3:8080/hook")
    with pytest.raises(NotAllowed, match=r"--allow-outbound 192\.168\.0\.1/32"):
        outbound.check("http://192.168.0.1/hook")
    with pytest.raises(NotAllowed, match="never reached"):
        outbound.check("http://[::ffff:169.254.169.254]/latest")


def test_a_redirect_on_the_same_host_is_followed(neighbour: Neighbour) -> None:
    assert Outbound(LOOPBACK).request("GET", neighbour.url("/to//hello/there")).body == b"hello there"


def test_a_redirect_to_another_host_is_refused_by_name(neighbour: Neighbour) -> None:
    with pytest.raises(NotAllowed, match=r"redirects to http://127.0.0.2:\d+, and redirects to elsewhere"):
        Outbound(LOOPBACK).request("GET", neighbour.url("/to/http://127.0.0.2:PORT/hello/there"))

    assert [path for _, path, _, _ in neighbour.seen] == ["/to/http://127.0.0.2:PORT/hello/there"]


def test_a_redirect_of_a_post_is_answered_not_followed(neighbour: Neighbour) -> None:
    assert Outbound(LOOPBACK).request("POST", neighbour.url("/to//hello/there"), body=b"once").status == 302
    assert len(neighbour.seen) == 1


def test_a_circle_of_redirects_ends(neighbour: Neighbour) -> None:
    assert Outbound(LOOPBACK).request("GET", neighbour.url("/to/circle")).status == 302
    assert len(neighbour.seen) == 6


@pytest.mark.parametrize("path", ["/bytes/1001", "/endless"])
def test_too_large_an_answer_is_cut_off(neighbour: Neighbour, path: str) -> None:
    with pytest.raises(Unreachable, match="sent more than the 1,000 bytes allowed"):
        Outbound(LOOPBACK).request("GET", neighbour.url(path), limits=Limits(size=1000))


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_too_slow_an_answer_is_cut_off(neighbour: Neighbour, path: str) -> None:
    with pytest.raises(Unreachable, match=r"did not answer fully within 0.3 seconds"):
        Outbound(LOOPBACK).request("GET", neighbour.url(path), limits=Limits(total=0.3))


def test_an_answer_that_breaks_off_is_no_answer(neighbour: Neighbour) -> None:
    with pytest.raises(Unreachable, match="9 bytes read, 991 more expected"):
        Outbound(LOOPBACK).request("GET", neighbour.url("/short"))


def test_a_port_where_nobody_listens_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(Unreachable, match=f"no connection to 127.0.0.1 port {port}"):
        Outbound(LOOPBACK).request("GET", f"http://127.0.0.1:{port}/")


def test_a_name_that_does_not_resolve_is_named() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable, match=r"the name 'nowhere.example' could not be resolved"):
        Outbound(resolve=nowhere).request("GET", "http://nowhere.example/")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://x.org/a", "does not begin with http"),
        ("file:///etc/passwd", "does not begin with http"),
        ("x.org", "does not begin with http"),
        ("http:///a", "names no host"),
        ("http://u:p@x.org/", "the URL of x.org carries a user name or password"),
        ("http://x.org:99999/", "is not a URL"),
    ],
)
def test_what_is_not_a_plain_http_url_is_refused(url: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        Outbound(LOOPBACK).request("GET", url)


def test_requests_leave_no_thread_behind(neighbour: Neighbour) -> None:
    before = {thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)}
    Outbound(LOOPBACK).request("GET", neighbour.url("/hello/you"))

    after = {thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)}
    for thread in after - before:
        thread.join(5)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    ("addresses", "obstacle"),
    [
        (["8.8.8.8"], None),
        (["127.0.0.1", "8.8.8.8"], None),
        (["127.0.0.1"], "--allow-outbound"),
        ([], "the name 'hook.test' has no address"),
    ],
)
def test_an_obstacle_is_what_every_request_would_meet(addresses: list[str], obstacle: str | None) -> None:
    said = Outbound(resolve=lambda _host, _port: addresses).obstacle("https://hook.test/x")

    assert said is None if obstacle is None else obstacle in (said or "")


def test_a_name_that_nobody_knows_is_a_doubt() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert "'hook.test' could not be resolved" in (
        Outbound(resolve=unknown).obstacle("https://hook.test") or ""
    )
