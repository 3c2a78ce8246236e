"""Work teams: made, joined, left, taken away."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.running import Server
from tests.soak.confirming import RequestError, code, confirmed
from tests.soak.traffic import Act, Load

from .reviews import pages

TEAMS, PEOPLE = 4, 6


class Teams(Load):
    """One admin, and the members of each team as they were last confirmed."""

    def __init__(self, server: Server, name: str) -> None:
        self._name = name
        self._own, self._sagemaker = server.client("secondlook"), server.client("sagemaker")
        self._members: dict[str, set[str]] = {}
        self._acts: dict[Callable[[str, str], None], int] = {
            self._invite: 6,
            self._remove: 3,
            self._delete: 1,
        }

    def actors(self) -> Sequence[Act]:
        return [self._act]

    def verify(self) -> None:
        listed = pages(self._sagemaker.list_workteams, "Workteams", NameContains=f"{self._name}-team")
        assert {team["WorkteamName"] for team in listed} == set(self._members)
        for team, members in self._members.items():
            listed = self._own.list_members(TeamName=team)["Members"]
            assert sorted(member["Email"] for member in listed) == sorted(members)

    def _act(self) -> bool:
        team = f"{self._name}-team-{random.randrange(TEAMS)}"
        person = f"{self._name}-{random.randrange(PEOPLE)}@example.org"
        random.choices(list(self._acts), list(self._acts.values()))[0](team, person)
        return True

    def _invite(self, team: str, person: str) -> None:
        confirmed(lambda: self._own.create_team(TeamName=team, Invite=[person]))
        self._members.setdefault(team, set()).add(person)

    def _remove(self, team: str, person: str) -> None:
        if person in self._members.get(team, ()):
            confirmed(lambda: self._own.remove_member(TeamName=team, Email=person), already=_is_gone)
            self._members[team].remove(person)

    def _delete(self, team: str, _person: str) -> None:
        if team in self._members:
            confirmed(lambda: self._sagemaker.delete_workteam(WorkteamName=team), already=_is_gone)
            del self._members[team]


def _is_gone(error: RequestError) -> bool:
    return code(error) in {"ResourceNotFound", "ValidationException"}
