"""Everybody with an account, and another password for somebody who has lost theirs."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import people
from secondlook.review.invitation_mail import owe_invitation_mail
from secondlook.review.people import invitation
from secondlook.store import tables


def list_people(call: Call) -> dict[str, Any]:
    """By address, in pages."""
    columns = tables.person.c
    return listed(
        call,
        people.everyone(),
        "People",
        _shown,
        created=columns.created_at,
        name=columns.email,
        by_name=True,
        descending=False,
        prepare=people.entries,
    )


def reset_password(call: Call) -> dict[str, Any]:
    """A link by which somebody who has joined chooses another password; they get it by mail too."""
    with call.store.write() as cx:
        token = people.reset(cx, call.params["Email"], call.now)
        owe_invitation_mail(cx, call.services.vault.seal, token, None, call.now)
    return {"Url": f"{call.services.settings.url}/welcome/{token}", "ExpiresAt": call.now + invitation.LIFE}


def _shown(entry: people.Entry) -> dict[str, Any]:
    return {
        "Email": entry.person.email,
        "Name": entry.person.name,
        "Teams": list(entry.teams),
        "Joined": entry.has_joined,
        "Disabled": entry.disabled_at is not None,
        "Admin": entry.person.is_admin,
    }
