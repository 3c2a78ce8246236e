"""What is no page is answered by one of ours all the same, and for a script in JSON."""

import pytest

from secondlook.pages import site
from secondlook.pages.routes import Open, Route

from .browser import Browser


@pytest.mark.parametrize(
    ("method", "path", "status", "message"),
    [
        ("GET", "/nowhere", 404, "There is no page &#39;/nowhere&#39; here."),
        ("GET", "/tasks/x", 404, "There is no page"),
        ("GET", "/sign-out", 405, "is what a form of ours is sent to"),
        ("POST", "/work", 405, "is what a form of ours is sent to"),
        ("DELETE", "/sign-in", 405, "is what a form of ours is sent to"),
    ],
)
def test_a_wrong_address_gets_a_page_in_the_portal_s_look(stranger, method, path, status, message):
    reply = stranger.request(method, path, b"", {})

    assert status == reply.status
    assert message in reply.text
    assert '<link rel="stylesheet"' in reply.text
    assert 'href="/"' in reply.text
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


def test_what_may_be_asked_instead_is_named(stranger):
    assert "POST" == stranger.get("/sign-out").headers["allow"]


def test_a_script_is_answered_in_json(stranger):
    assert "not-found" == stranger.get("/nowhere", accept="application/json").json()["error"]


def test_a_mistake_of_ours_is_a_page_too(world, monkeypatch):
    monkeypatch.setattr(
        site,
        "ROUTES",
        [
            Route(
                "GET",
                "/",
                lambda visit: visit.nothing,  # type: ignore[attr-defined]
                Open.TO_ALL,
            )
        ],
    )
    app = site.app(world.services)

    async def door(scope, receive, send):
        with pytest.raises(AttributeError):
            await app(scope, receive, send)

    reply = Browser(door).get("/")

    assert 500 == reply.status
    assert "its log says which" in reply.text
    assert '<link rel="stylesheet"' in reply.text
