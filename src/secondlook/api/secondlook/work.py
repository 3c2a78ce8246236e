"""Letting workers in: sessions for scripted reviewers, one-click links."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.review import people
from secondlook.review.people import invitation, session

COOKIES = ("secondlook", "__Host-secondlook")
"""The portal's cookie over http and over https; a script sets the one for the scheme it uses."""


def issue_session(call: Call) -> dict[str, Any]:
    """Raises ResourceNotFound for an address that nobody here has."""
    with call.store.write() as cx:
        worker = people.person_by_email(cx, call.params["Email"])
        token = people.open_session(cx, worker.id, call.now, f"secondlook work ({call.caller.key_id})")
    return {"Cookies": list(COOKIES), "Token": token, "ExpiresAt": call.now + session.LIFE}


def issue_sign_in_link(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        people.person_by_email(cx, call.params["Email"])
        token = people.invite(
            cx, call.params["Email"], None, call.now, kind="signin", next_path=call.params.get("NextPath")
        )
    return {"Url": f"{call.services.settings.url}/welcome/{token}", "ExpiresAt": call.now + invitation.LIFE}
