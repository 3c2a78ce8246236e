"""Mail that is owed to people. The link's secret travels sealed: only its hash is stored elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from secondlook.review.people.secret import hash_of
from secondlook.store.outbox import owe
from secondlook.store.tables import invitation, person, workteam


@dataclass(frozen=True, slots=True)
class InvitationMail:
    """What a mail with a link says, apart from its link. `organization` and `contact` are the work team's."""

    to: str
    kind: str  # invite | reset | signin | admin
    team: str | None
    organization: str | None
    contact: str | None
    expires_at: datetime


def owe_invitation_mail(
    cx: Connection, seal: Callable[[str], bytes], token: str, team: str | None, now: datetime
) -> None:
    """Owe the mail with the link of an invitation, in the transaction that made it."""
    number = hash_of(token)
    payload = {"invitation": number, "token": seal(token).decode("ascii"), "team": team}
    owe(cx, "send-mail", number, payload, due=now, now=now)


def find(cx: Connection, token_hash: str, team: str | None, now: datetime) -> InvitationMail | None:
    """What to write; None when the link was used, has expired, or its owner was switched off."""
    row = cx.execute(
        select(
            person.c.email,
            invitation.c.kind,
            workteam.c.name,
            workteam.c.organization,
            workteam.c.contact,
            invitation.c.expires_at,
        )
        .join_from(invitation, person, person.c.id == invitation.c.person_id)
        .outerjoin(workteam, workteam.c.name == team)
        .where(
            invitation.c.token_hash == token_hash,
            and_(
                invitation.c.used_at.is_(None), invitation.c.expires_at > now, person.c.disabled_at.is_(None)
            ),
        )
    ).one_or_none()
    return row and InvitationMail(*row)
