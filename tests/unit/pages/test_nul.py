"""NUL, which PostgreSQL neither keeps nor looks for: an address with it is of nothing, and of a field it is left out."""

from __future__ import annotations

import pytest

from tests.portal_world import opened


@pytest.fixture
def world(postgres_store, tmp_path):
    with opened(postgres_store, tmp_path) as door:
        yield door


@pytest.fixture
def admin(world, enter):
    world.person("root", admin=True)
    return enter("root")


@pytest.mark.parametrize("path", ["/welcome/\x00", "/console/loops/\x00"])
def test_nothing_is_called_so(admin, path):
    assert 404 == admin.get(path).status


def test_nothing_is_remembered_for_it(world, alice):
    world.flow("fd")
    csrf = alice.get("/work").csrf

    assert 404 == alice.send("/flows/fd\x00/preferences", {"preferences": {"mode": "draw"}}, csrf).status
    assert 404 == alice.post("/work/fd\x00", {"csrf": csrf}).status


def test_a_form_is_read_without_it(stranger):
    reply = stranger.post("/sign-in", {"email": "al\x00ice", "password": "\x00"})

    assert 403 == reply.status
    assert 'value="alice"' in reply.text


def test_so_are_the_parameters_of_an_address(admin):
    assert 200 == admin.get("/console?flow=fd%00&status=%00").status
