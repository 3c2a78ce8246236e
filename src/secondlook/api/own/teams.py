"""Work teams with their people: what the SageMaker console does with Cognito [workforce.md]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.review import people, workteam
from secondlook.review.people import invitation
from secondlook.review.post import owe_letter


def create_team(call: Call) -> dict[str, Any]:
    """Make the team unless it is there, and invite people to it; each gets a mail, and the link comes back too."""
    name = call.params["TeamName"]
    with call.store.write() as cx:
        created = workteam.ensure(
            cx, name, call.params.get("Organization"), call.params.get("Contact"), call.now
        )
        invitations = []
        for email in dict.fromkeys(call.params.get("Invite", ())):
            token = people.invite(cx, email, name, call.now)
            owe_letter(cx, call.house.vault.seal, token, name, call.now)
            invitations.append(
                {
                    "Email": email,
                    "Url": f"{call.house.settings.url}/welcome/{token}",
                    "ExpiresAt": call.now + invitation.LIFE,
                }
            )
    return {"WorkteamArn": call.place.workteam(name), "Created": created, "Invitations": invitations}


def list_members(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        workteam.find(cx, call.params["TeamName"])
        members = workteam.members(cx, call.params["TeamName"])
    return {
        "Members": [
            {
                "Email": row.email,
                "Name": row.name,
                "Joined": row.password_hash is not None,
                "Disabled": row.disabled_at is not None,
            }
            for row in members
        ]
    }


def remove_member(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        workteam.find(cx, call.params["TeamName"])
        worker = people.person_by_email(cx, call.params["Email"])
        workteam.expel(cx, call.params["TeamName"], worker.id, call.now)
    return {}
