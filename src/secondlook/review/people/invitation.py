"""Links that let somebody in: single use, 24 hours, stored hashed, exchanged by POST.

Mail scanners open links, so looking at one consumes nothing (`look_at`); only `redeem` does.

* `invite`: to join; asks for name and password.
* `reset`: to choose another password, for somebody who has joined; asks for the password.
* `signin`: one click to a session, for a link shown on the owner's own terminal.
* `admin`: to become the first admin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import Connection, insert, select, update

from secondlook import names
from secondlook.review import workteam
from secondlook.review.errors import Gone, InUse, Invalid
from secondlook.review.people import account
from secondlook.review.people import email as addresses
from secondlook.review.people.account import Person
from secondlook.review.people.secret import hash_of
from secondlook.review.people.session import revoke_sessions
from secondlook.store import journal
from secondlook.store.tables import invitation, person

LIFE = timedelta(hours=24)

InvitationKind = Literal["invite", "reset", "signin", "admin"]

_ISSUED: Mapping[InvitationKind, journal.Action] = {
    "invite": "InvitePerson",
    "admin": "InvitePerson",
    "reset": "ResetPassword",
    "signin": "IssueSignInLink",
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that still works."""

    person: Person
    kind: InvitationKind
    next_path: str | None
    expires_at: datetime


def invite(
    cx: Connection,
    email: str,
    team: str | None,
    now: datetime,
    *,
    kind: InvitationKind = "invite",
    next_path: str | None = None,
) -> str:
    """Make an invitation, the person and their membership of `team` where missing; the token for `/welcome/<token>`.

    `next_path` is where the person lands after it. Raises Invalid where the address is none, or there is no such team.
    """
    someone = _member(cx, email, team, now)
    return _issue(cx, someone.id, kind, next_path, now)


def invite_newcomer(cx: Connection, email: str, team: str | None, now: datetime) -> str | None:
    """The same for whoever has not joined yet; anybody else only becomes a member of `team`, and there is no token."""
    someone = _member(cx, email, team, now)
    if account.has_joined(cx, someone.id):
        return None
    return _issue(cx, someone.id, "invite", None, now)


def reset(cx: Connection, email: str, now: datetime) -> str:
    """The token of a link by which somebody who has joined chooses another password.

    Raises NotFound where nobody has the address, Invalid where they have not joined or are switched off.
    """
    someone = account.person_by_email(cx, email)
    known = account.account_of(cx, email)
    assert known is not None
    if known.password_hash is None:
        raise Invalid(
            f"{someone.email} has not joined yet and so has no password: send a new invitation instead."
        )
    if known.disabled_at is not None:
        raise Invalid(f"The account of {someone.email} is switched off: switch it on first.")
    return _issue(cx, someone.id, "reset", None, now)


def _member(cx: Connection, email: str, team: str | None, now: datetime) -> Person:
    """The person, made where missing, in the team if one is named."""
    if team is not None:
        workteam.find(cx, team)
    someone = account.ensure_person(cx, email, now)
    if team is not None:
        workteam.add(cx, team, [someone.id], now)
    return someone


def _issue(cx: Connection, person_id: int, kind: InvitationKind, next_path: str | None, now: datetime) -> str:
    token = names.token()
    cx.execute(
        insert(invitation).values(
            token_hash=hash_of(token),
            person_id=person_id,
            kind=kind,
            next_path=next_path,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    journal.record(cx, _ISSUED[kind], "Person", None, now, person_id=person_id)
    return token


def look_at(cx: Connection, token: str, now: datetime) -> Invitation:
    """What a link is for, consuming nothing; raises Gone saying why it no longer works."""
    row = cx.execute(
        select(*account.COLUMNS, person.c.disabled_at, *_COLUMNS)
        .join_from(invitation, person, invitation.c.person_id == person.c.id)
        .where(invitation.c.token_hash == hash_of(token))
    ).one_or_none()
    if row is None:
        raise Gone("This link is not one of ours, or it was cut off when it was copied.")
    if row.used_at is not None:
        raise Gone("This link has been used already; each works once.")
    if row.expires_at <= now:
        raise Gone("This link is older than 24 hours and has expired.")
    if row.disabled_at is not None:
        raise Gone("This account is switched off.")
    return Invitation(account.from_row(row), cast("InvitationKind", row.kind), row.next_path, row.expires_at)


def redeem(
    cx: Connection,
    token: str,
    now: datetime,
    *,
    name: str | None = None,
    email: str | None = None,
    password_hash: str | None = None,
) -> Invitation:
    """Use the link up. All but `signin` need a password hash; `email` renames a first admin.

    Raises Gone where the link no longer works, Invalid where something is missing, InUse where the new address
    belongs to somebody else.
    """
    link = look_at(cx, token, now)
    if link.kind != "signin" and password_hash is None:
        raise Invalid("A password is needed")
    unused = (invitation.c.token_hash == hash_of(token)) & invitation.c.used_at.is_(None)
    # Two tabs may post the same link at once; the row decides.
    if cx.execute(update(invitation).where(unused).values(used_at=now)).rowcount != 1:
        raise Gone("This link has been used already; each works once.")
    if link.kind == "signin":
        return link
    _settle(cx, link, now, _changes(cx, link, name, email, password_hash))
    action: journal.Action = "ChangePassword" if link.kind == "reset" else "AcceptInvitation"
    by = journal.as_person(cx, link.person.id)
    journal.record(cx, action, "Person", None, now, person_id=link.person.id, by=by)
    row = cx.execute(select(*account.COLUMNS).where(person.c.id == link.person.id)).one()
    return replace(link, person=account.from_row(row))


_COLUMNS = (invitation.c.kind, invitation.c.next_path, invitation.c.expires_at, invitation.c.used_at)


def _changes(
    cx: Connection, link: Invitation, name: str | None, email: str | None, password_hash: str | None
) -> dict[str, object]:
    values: dict[str, object] = {"password_hash": password_hash}
    if name:
        values["name"] = name
    if link.kind == "admin":
        values["is_admin"] = True
        if email and (address := addresses.normal(email)) != link.person.email:
            if account.account_of(cx, address) is not None:
                raise InUse(f"{address} has an account already")
            values["email"] = address
    return values


def _settle(cx: Connection, link: Invitation, now: datetime, values: dict[str, object]) -> None:
    cx.execute(update(person).where(person.c.id == link.person.id).values(values))
    # A new password ends what the old one, or another copy of the invitation, could still open.
    revoke_sessions(cx, link.person.id, now)
    open_links = (invitation.c.person_id == link.person.id) & (invitation.c.kind != "signin")
    cx.execute(update(invitation).where(open_links, invitation.c.used_at.is_(None)).values(used_at=now))
