import pytest

from secondlook.review import people, workteam
from secondlook.review.errors import NotFound

from .conftest import NOW


def test_everybody_is_listed_by_address_with_their_teams(store, team):
    with store.write() as cx:
        for name in ("bob", "alice"):
            people.ensure_person(cx, f"{name}@example.org", NOW)
        alice = people.person_by_email(cx, "alice@example.org")
        people.set_password(cx, alice.id, "a hash")
        workteam.add(cx, team, [alice.id], NOW)

        first, second = people.first(cx, 9)

    assert (alice, (team,), True) == (first.person, first.teams, first.has_joined)
    assert ("bob@example.org", (), False) == (second.person.email, second.teams, second.has_joined)


def test_a_row_that_is_not_there(store):
    with store.read() as cx, pytest.raises(NotFound, match="person 7"):
        people.person_by_id(cx, 7)
