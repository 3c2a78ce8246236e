"""A POST counts only when it comes from a page of ours and shows the session's token."""

import pytest

from secondlook.pages.csrf import came_from_us
from tests.portal_world import PASSWORD

US = "http://localhost:8700"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"origin": US}, True),
        ({"origin": "null"}, False),
        ({"origin": "http://localhost:8701"}, False),
        ({"origin": "https://localhost:8700"}, False),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({}, True),
    ],
)
def test_where_a_form_came_from(headers, expected):
    assert came_from_us(headers, US) is expected


@pytest.fixture
def waiting(world):
    world.flow("fd")
    world.loop("fd", "loop-1")


def test_a_form_without_the_token_does_nothing(waiting, alice):
    reply = alice.post("/work/fd")

    assert reply.status == 403
    assert "reload" in reply.text
    assert "Start working" in alice.get("/work").text


def test_the_token_of_another_session_does_nothing(waiting, alice, enter):
    assert alice.post("/work/fd", {"csrf": enter("bob").get("/work").csrf}).status == 403


def test_a_form_of_another_site_does_nothing_even_with_the_token(waiting, alice):
    reply = alice.post("/work/fd", {"csrf": alice.get("/work").csrf}, origin="http://evil.example")

    assert reply.status == 403
    assert "another site" in reply.text


def test_another_site_cannot_sign_somebody_in(stranger):
    fields = {"email": "alice@example.org", "password": PASSWORD}

    assert stranger.post("/sign-in", fields, origin="http://evil.example").status == 403
    assert stranger.cookies == {}


def test_a_program_that_names_no_origin_needs_the_token_only(waiting, alice):
    csrf = alice.get("/work").csrf
    sent = {"content_type": "application/x-www-form-urlencoded"}

    assert alice.request("POST", "/work/fd", f"csrf={csrf}".encode(), sent).status == 303
