"""Work teams with their people: what the SageMaker console does with Cognito [workforce.md]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.review import people, staffing, workteam
from secondlook.review.errors import NotFound
from secondlook.review.invitation_mail import owe_invitation_mail
from secondlook.review.people import invitation


def create_team(call: Call) -> dict[str, Any]:
    """Make the team, or change the one that is there, and let people into it.

    Who has not joined yet gets a mail, and the link comes back too; who has is a member from now on.
    """
    name, invited = call.params["TeamName"], people.normal_all(call.params.get("Invite", ()))
    with call.store.write() as cx:
        created = workteam.ensure(
            cx, name, call.params.get("Organization"), call.params.get("Contact"), call.now
        )
        tokens = {email: people.invite_newcomer(cx, email, name, call.now) for email in invited}
        links = {email: token for email, token in tokens.items() if token is not None}
        for token in links.values():
            owe_invitation_mail(cx, call.services.vault.seal, token, name, call.now)
    return {
        "WorkteamArn": call.place.workteam(name),
        "Created": created,
        "Invitations": [
            {
                "Email": email,
                "Url": f"{call.services.settings.url}/welcome/{token}",
                "ExpiresAt": call.now + invitation.LIFE,
            }
            for email, token in links.items()
        ],
        "Joined": [email for email in tokens if email not in links],
    }


def list_members(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        workteam.find(cx, call.params["TeamName"])
        members = workteam.members(cx, call.params["TeamName"])
        warnings = staffing.shortages(cx, call.params["TeamName"])
    return {
        "Members": [
            {
                "Email": row.email,
                "Name": row.name,
                "Joined": row.password_hash is not None,
                "Disabled": row.disabled_at is not None,
            }
            for row in members
        ],
        "Warnings": warnings,
    }


def remove_member(call: Call) -> dict[str, Any]:
    """Raises NotFound where nobody has the address, and where they are not in the team."""
    team = call.params["TeamName"]
    with call.store.write() as cx:
        workteam.find(cx, team)
        worker = people.person_by_email(cx, call.params["Email"])
        if not workteam.expel(cx, team, worker.id, call.now):
            raise NotFound(f"{worker.email} is not in the work team {team}.")
        return {"Warnings": staffing.shortages(cx, team)}
