"""Signing in, the cookie, and what a wrong guess learns."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from secondlook.pages.throttle import PER_PAIR
from secondlook.store import tables
from tests.portal_world import PASSWORD, now

from .browser import Browser

GOOD = {"email": "alice@example.org", "password": PASSWORD}
WRONG = {"email": "alice@example.org", "password": "incorrect horse battery"}


def test_the_right_password_opens_the_job_list(stranger):
    reply = stranger.post("/sign-in", {**GOOD, "next": "/work"})

    assert (reply.status, reply.location) == (303, "/work")
    assert stranger.get("/work").status == 200


def test_the_address_may_be_typed_in_any_case(stranger):
    assert stranger.post("/sign-in", {**GOOD, "email": " Alice@Example.org "}).status == 303


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(stranger):
    known, unknown = (
        stranger.post("/sign-in", {**WRONG, "email": f"{name}@example.org"}) for name in ("alice", "nobody")
    )

    assert known.status == unknown.status == 403
    assert "not right" in known.text
    assert known.text.replace("alice@", "nobody@") == unknown.text


def test_what_was_typed_stays_except_the_password(stranger):
    page = stranger.post("/sign-in", {**WRONG, "next": "/tasks/1"}).text

    assert 'value="alice@example.org"' in page
    assert 'value="/tasks/1"' in page
    assert WRONG["password"] not in page


def test_after_too_many_failures_even_the_right_password_waits(stranger):
    for _ in range(PER_PAIR):
        stranger.post("/sign-in", WRONG)

    reply = stranger.post("/sign-in", GOOD)

    assert reply.status == 429
    assert "Wait 15 min" in reply.text


def test_somebody_elsewhere_is_not_locked_out_by_that(site, stranger):
    for _ in range(PER_PAIR):
        stranger.post("/sign-in", WRONG)

    assert Browser(site, client="198.51.100.9").post("/sign-in", GOOD).status == 303


def test_over_http_the_cookie_is_plain(stranger):
    cookie = stranger.post("/sign-in", GOOD).cookies["secondlook"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"
    assert not cookie["secure"]


def test_over_https_the_cookie_is_bound_to_the_host(site):
    reply = Browser(site, "https://192.0.2.1:8701").post("/sign-in", GOOD)

    cookie = reply.cookies["__Host-secondlook"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_the_cookie_of_https_means_nothing_over_http(site, world):
    browser = Browser(site, cookies={"__Host-secondlook": world.session("alice")})

    assert browser.get("/work").location == "/sign-in?next=/work"


def test_the_cookie_of_http_means_nothing_over_https(site, world):
    browser = Browser(site, "https://192.0.2.1:8701", cookies={"secondlook": world.session("alice")})

    assert browser.get("/work").location == "/sign-in?next=/work"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "my.localhost"])
@pytest.mark.parametrize(("first", "then"), [("https", "http"), ("http", "https")])
def test_on_loopback_both_schemes_share_one_sign_in(site, host, first, then):
    browser = Browser(site, f"{first}://{host}:8701")
    browser.post("/sign-in", GOOD)
    assert {"secondlook"} == set(browser.cookies)

    other = Browser(site, f"{then}://{host}:8700", cookies=browser.cookies)

    assert other.get("/work").status == 200
    other.post("/sign-out", {"csrf": other.get("/work").csrf})
    assert browser.get("/work").status == 303


def test_a_script_on_loopback_may_use_the_name_of_https(site, world):
    browser = Browser(site, "https://localhost:8701", cookies={"__Host-secondlook": world.session("alice")})

    assert browser.get("/work").status == 200


def test_signing_out_ends_the_session_itself(alice):
    token = alice.cookies["secondlook"]

    reply = alice.post("/sign-out", {"csrf": alice.get("/work").csrf})
    alice.cookies["secondlook"] = token

    assert reply.location == "/sign-in?bye"
    assert alice.get("/work").status == 303


def test_signing_in_again_ends_the_session_before(site, alice):
    before = alice.cookies["secondlook"]
    alice.post("/sign-in", GOOD)

    assert Browser(site, cookies={"secondlook": before}).get("/work").status == 303


def test_a_page_asked_for_without_a_session_comes_after_signing_in(stranger):
    assert stranger.get("/tasks/7").location == "/sign-in?next=/tasks/7"
    assert stranger.post("/sign-in", {**GOOD, "next": "/tasks/7"}).location == "/tasks/7"


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "/x\ny", "work", ""]
)
def test_nobody_is_sent_to_another_site(stranger, path):
    assert stranger.post("/sign-in", {**GOOD, "next": path}).location == "/work"


def test_a_script_is_told_in_json_that_it_is_signed_out(stranger):
    reply = stranger.send("/tasks/1/draft", {"draft": {}}, "x")

    assert (reply.status, reply.json()["error"]) == (401, "signed-out")


def test_an_admin_without_a_team_begins_at_the_console(world, enter):
    world.person("root", admin=True)

    assert enter("root").get("/").location == "/console"


def test_a_worker_begins_at_the_job_list(alice):
    assert alice.get("/").location == "/work"


def unseen_for(world, **passed):
    with world.store.write() as cx:
        seen = now() - timedelta(**passed)
        cx.execute(update(tables.session).values(seen_at=seen, created_at=seen))


def seen(world):
    with world.store.read() as cx:
        return cx.scalar(select(tables.session.c.seen_at))


def test_a_session_in_use_stays(world, alice):
    unseen_for(world, hours=23)
    alice.get("/work")

    assert seen(world) > now() - timedelta(minutes=1)


def test_a_page_that_is_merely_open_keeps_nobody_signed_in(world, alice):
    unseen_for(world, hours=23)
    assert alice.get("/work", accept="application/json").status == 200

    unseen_for(world, hours=25)
    assert alice.get("/work", accept="application/json").json()["error"] == "signed-out"


def test_of_a_stranger_no_answer_is_read(stranger):
    reply = stranger.send("/tasks/1/submit", {"answer": {"x": "y" * 100_000}}, "x")

    assert reply.status == 401


def test_a_stranger_cannot_fill_the_memory(stranger):
    reply = stranger.request("POST", "/sign-in", b"email=" + b"y" * 100_000, {})

    assert reply.status == 413


def test_an_address_that_nobody_can_have_is_not_remembered(world, stranger):
    for number in range(20):
        reply = stranger.post("/sign-in", {"email": f"{number}{'y' * 300}@example.org", "password": "x"})

        assert 403 == reply.status
    assert not world.services.throttle._failures
