"""People: accounts, invitations and sessions.

Whoever signs in is a `Person`; a worker is a person in a work team, an admin a person with `is_admin`. Secrets that
travel in links and cookies are stored as SHA-256 hashes, passwords as argon2id. Nothing here hashes a password
inside a transaction: doors hash first (`password.py`), then open one.
"""

from secondlook.review.people.account import (
    Account,
    Person,
    account_of,
    admin_exists,
    disable,
    enable,
    ensure_person,
    make_admin,
    person_by_email,
    set_password,
)
from secondlook.review.people.directory import Entry, entries, everyone, first, person_by_id
from secondlook.review.people.email import normal_all
from secondlook.review.people.invitation import (
    Invitation,
    InvitationKind,
    invite,
    invite_newcomer,
    look_at,
    redeem,
    reset,
)
from secondlook.review.people.membership import teams_of
from secondlook.review.people.session import (
    Session,
    open_session,
    person_of_session,
    revoke_session,
    revoke_sessions,
    touch,
)

__all__ = [
    "Account",
    "Entry",
    "Invitation",
    "InvitationKind",
    "Person",
    "Session",
    "account_of",
    "admin_exists",
    "disable",
    "enable",
    "ensure_person",
    "entries",
    "everyone",
    "first",
    "invite",
    "invite_newcomer",
    "look_at",
    "make_admin",
    "normal_all",
    "open_session",
    "person_by_email",
    "person_by_id",
    "person_of_session",
    "redeem",
    "reset",
    "revoke_session",
    "revoke_sessions",
    "set_password",
    "teams_of",
    "touch",
]
