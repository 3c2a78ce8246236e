"""A link works once, for a day, and looking at it consumes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from secondlook.review import people, workteam
from secondlook.review.errors import Gone, InUse, Invalid
from secondlook.store.tables import invitation

from .conftest import NOW

LATER = NOW + timedelta(hours=1)


def invite(store, email="alice@example.org", team=None, **more):
    with store.write() as cx:
        return people.invite(cx, email, team, NOW, **more)


def redeem(store, token, at=LATER, **more):
    with store.write() as cx:
        return people.redeem(cx, token, at, **more)


def test_accepting_sets_name_and_password(store):
    token = invite(store, next_path="/work")

    link = redeem(store, token, name="Alice", password_hash="a hash")

    with store.read() as cx:
        account = people.account_of(cx, "alice@example.org")
    assert (link.person.name, link.next_path) == ("Alice", "/work")
    assert (account.person.name, account.password_hash) == ("Alice", "a hash")


def test_looking_at_a_link_leaves_it_usable(store):
    token = invite(store)

    with store.read() as cx:
        assert people.look_at(cx, token, LATER) == people.look_at(cx, token, LATER)
    redeem(store, token, password_hash="a hash")


def test_a_link_works_once(store):
    token = invite(store)
    redeem(store, token, password_hash="a hash")

    with pytest.raises(Gone, match="used already"):
        redeem(store, token, password_hash="another hash")


def test_a_link_expires_after_a_day(store):
    token = invite(store)

    with pytest.raises(Gone, match="older than 24 hours"):
        redeem(store, token, NOW + timedelta(hours=24), password_hash="a hash")


def test_an_invented_link_is_not_ours(store):
    with pytest.raises(Gone, match="not one of ours"):
        redeem(store, "invented", password_hash="a hash")


def test_the_token_itself_is_not_stored(store):
    token = invite(store)

    with store.read() as cx:
        assert token not in cx.scalars(select(invitation.c.token_hash)).all()


def test_a_sign_in_link_needs_no_password(store):
    token = invite(store, kind="signin", next_path="/work/flow-1")

    assert redeem(store, token).next_path == "/work/flow-1"


def test_an_invitation_is_not_accepted_without_a_password(store):
    token = invite(store)

    with pytest.raises(Invalid, match="password"):
        redeem(store, token, name="Alice")
    redeem(store, token, password_hash="a hash")


def test_a_new_password_ends_sessions_and_other_links(store):
    first, second, signin = invite(store), invite(store), invite(store, kind="signin")
    with store.write() as cx:
        alice = people.person_by_email(cx, "alice@example.org")
        session = people.open_session(cx, alice.id, NOW)

    redeem(store, first, password_hash="a hash")

    with store.read() as cx:
        assert people.person_of_session(cx, session, LATER) is None
    with pytest.raises(Gone):
        redeem(store, second, password_hash="another hash")
    redeem(store, signin)


def test_the_first_admin_chooses_an_address(store):
    token = invite(store, "admin@localhost", kind="admin")

    link = redeem(store, token, email="Alice@example.org", password_hash="a hash")

    assert (link.person.email, link.person.is_admin) == ("alice@example.org", True)


def test_the_first_admin_cannot_take_an_address_that_is_somebody_elses(store):
    invite(store, "bob@example.org")
    token = invite(store, "admin@localhost", kind="admin")

    with pytest.raises(InUse, match=r"bob@example\.org"):
        redeem(store, token, email="bob@example.org", password_hash="a hash")


def test_an_invitation_cannot_make_an_admin_or_rename(store):
    token = invite(store)

    link = redeem(store, token, email="other@example.org", password_hash="a hash")

    assert (link.person.email, link.person.is_admin) == ("alice@example.org", False)


def test_inviting_into_a_team_makes_a_member_once(store, team):
    invite(store, team=team)
    invite(store, team=team)

    with store.read() as cx:
        (member,) = workteam.members(cx, team)
        assert people.teams_of(cx, member.id) == [team]


def test_inviting_into_a_missing_team_makes_nobody(store):
    with pytest.raises(Invalid, match="dogs"):
        invite(store, team="dogs")

    with store.read() as cx:
        assert people.account_of(cx, "alice@example.org") is None


def test_a_link_of_a_disabled_person_does_not_work(store):
    token = invite(store, kind="signin")
    with store.write() as cx:
        people.disable(cx, people.person_by_email(cx, "alice@example.org").id, NOW)

    with pytest.raises(Gone, match="switched off"):
        redeem(store, token)
