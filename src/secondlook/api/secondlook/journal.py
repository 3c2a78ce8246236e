"""The journal: who did what to which resource, when and from where. AWS's analog is CloudTrail's LookupEvents."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import people
from secondlook.review.stories import history
from secondlook.store import tables


def list_journal(call: Call) -> dict[str, Any]:
    """Raises ResourceNotFound for an address that nobody here has."""
    params = call.params
    person_id = None
    if email := params.get("Email"):
        with call.store.read() as cx:
            person_id = people.person_by_email(cx, email).id
    query = history.entries(
        resource_type=params.get("ResourceType"),
        resource=params.get("ResourceName"),
        person_id=person_id,
        access_key=params.get("AccessKeyId"),
        action=params.get("Action"),
    )
    columns = tables.journal.c
    return listed(call, query, "Entries", _shown, created=columns.at, name=columns.id, by_name=True)


def _shown(row: Row[Any]) -> dict[str, Any]:
    return {
        "EntryId": row.id,
        "Time": row.at,
        "Action": row.action,
        "ActorType": row.actor_type,
        "ActorEmail": row.actor_email,
        "AccessKeyId": row.access_key,
        "SourceIpAddress": row.origin,
        "ResourceType": row.resource_type,
        "ResourceName": row.resource,
        "Email": row.email,
        "Detail": None if row.detail is None else json.dumps(row.detail),
    }
