"""What the journal says of a resource, a person or an access key: the entries that concern it, or that are its own acts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_, select

from secondlook.store.tables import journal, person

_ACTOR = person.alias("actor")
_CONCERNED = person.alias("concerned")


def entries(
    *,
    resource_type: str | None = None,
    resource: str | None = None,
    person_id: int | None = None,
    access_key: str | None = None,
    action: str | None = None,
) -> Select[Any]:
    """Entries that fit all that is given, with `actor_email` and `email`, for `paging.page` by `journal.c.id`.

    People go by the address that they have now.
    """
    query = (
        select(journal, _ACTOR.c.email.label("actor_email"), _CONCERNED.c.email.label("email"))
        .outerjoin(_ACTOR, _ACTOR.c.id == journal.c.actor_person_id)
        .outerjoin(_CONCERNED, _CONCERNED.c.id == journal.c.person_id)
    )
    if resource_type is not None:
        query = query.where(journal.c.resource_type == resource_type)
    if resource is not None:
        query = query.where(journal.c.resource == resource)
    if person_id is not None:
        query = query.where(or_(journal.c.actor_person_id == person_id, journal.c.person_id == person_id))
    if access_key is not None:
        is_key = (journal.c.resource == access_key) & (journal.c.resource_type == "AccessKey")
        query = query.where(or_(journal.c.access_key == access_key, is_key))
    if action is not None:
        query = query.where(journal.c.action == action)
    return query
