"""The journal: who did what to which resource, when and from where; an append-only table.

An entry is written in the transaction of what it tells, so both are there or neither. Who acts is known where the
transaction is opened (`Store.acting`), and need not be handed down. Nothing refers to what a row may be deleted from:
the journal outlives loops, teams and keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, insert

from secondlook.store.actor import SERVER, Actor
from secondlook.store.tables import journal

Result = TypeVar("Result")

Action = Literal[
    "StartHumanLoop",
    "UpdateLoop",
    "StopHumanLoop",
    "CloseHumanLoop",
    "DeleteHumanLoop",
    "AcceptAssignment",
    "PauseAssignment",
    "ResumeAssignment",
    "SubmitAssignment",
    "UndoSubmitAssignment",
    "ReleaseAssignment",
    "DeclineAssignment",
    "ExpireAssignment",
    "CreateFlowDefinition",
    "UpdateFlow",
    "DeleteFlowDefinition",
    "CreateHumanTaskUi",
    "DeleteHumanTaskUi",
    "CreateWorkforce",
    "UpdateWorkforce",
    "DeleteWorkforce",
    "CreateWorkteam",
    "UpdateWorkteam",
    "DeleteWorkteam",
    "AddMember",
    "RemoveMember",
    "InvitePerson",
    "AcceptInvitation",
    "ResetPassword",
    "ChangePassword",
    "IssueSignInLink",
    "SignIn",
    "MakeAdmin",
    "DisablePerson",
    "EnablePerson",
    "CreateKey",
    "RevokeKey",
    "CreateEventTarget",
    "DisableEventTarget",
    "CreateEndpoint",
    "UpdateEndpoint",
    "UpdateEndpointWeightsAndCapacities",
    "DeleteEndpoint",
    "CreateModelPackageGroup",
    "DeleteModelPackageGroup",
    "CreateModelPackage",
    "UpdateModelPackage",
    "DeleteModelPackage",
    "CreateTransformJob",
    "StopTransformJob",
    "DeleteLogGroup",
    "DeleteLogStream",
    "PutRetentionPolicy",
    "DeleteRetentionPolicy",
]
"""What is recorded: operations by their names, and what no operation does by names like theirs (`docs/journal.md`)."""

ResourceType = Literal[
    "HumanLoop",
    "FlowDefinition",
    "HumanTaskUi",
    "Workforce",
    "Workteam",
    "Person",
    "AccessKey",
    "EventTarget",
    "Endpoint",
    "ModelPackageGroup",
    "ModelPackage",
    "TransformJob",
    "LogGroup",
]

_NEW = insert(journal)

_ACTOR = "secondlook_actor"

_NEW = insert(journal)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an actor did. `resource` is a name, None where the person is meant.

    `person_id` is whom it concerns: the worker of an assignment, the one who is invited. `detail` is small JSON.
    """

    action: Action
    resource_type: ResourceType
    resource: str | None
    at: datetime
    person_id: int | None = None
    detail: dict[str, Any] | None = None

    def row(self, actor: Actor) -> dict[str, Any]:
        return {
            "action": self.action,
            "resource_type": self.resource_type,
            "resource": self.resource,
            "at": self.at,
            "person_id": self.person_id,
            "detail": self.detail,
            "actor_type": actor.kind,
            "actor_person_id": actor.person_id,
            "access_key": actor.access_key,
            "origin": actor.origin,
        }


def record(
    cx: Connection,
    action: Action,
    resource_type: ResourceType,
    resource: str | None,
    now: datetime,
    *,
    person_id: int | None = None,
    detail: dict[str, Any] | None = None,
    by: Actor | None = None,
) -> None:
    """Write one entry, in the caller's transaction and as its actor, unless it was another (`by`)."""
    entry = Entry(action, resource_type, resource, now, person_id, detail)
    record_each(cx, [(by or actor_of(cx), entry)])


def record_each(cx: Connection, entries: Sequence[tuple[Actor, Entry]]) -> None:
    """Write the entries of several actors with one statement."""
    if entries:
        cx.execute(_NEW, [entry.row(actor) for actor, entry in entries])


def actor_of(cx: Connection) -> Actor:
    """Who acts in this transaction; the server itself where nobody else was named."""
    actor: Actor = cx.info.get(_ACTOR, SERVER)
    return actor


def as_person(cx: Connection, person_id: int) -> Actor:
    """Who acts; a visitor who has shown to be this person is that person."""
    actor = actor_of(cx)
    return replace(actor, kind="Person", person_id=person_id) if actor.kind == "Visitor" else actor


def begin(cx: Connection, actor: Actor) -> None:
    """Name the actor of a transaction that begins."""
    cx.info[_ACTOR] = actor


def done_by(cx: Connection, actor: Actor, work: Callable[[Connection], Result]) -> Result:
    """What `work` answers, done by this actor in a transaction that several share."""
    before = actor_of(cx)
    begin(cx, actor)
    try:
        return work(cx)
    finally:
        begin(cx, before)
