"""A small world behind the portal: a team, its people, and flow definitions with tasks that wait."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from secondlook.hosting.catalog import Catalog, catalog_folders
from secondlook.hosting.invocation.routes import Routes
from secondlook.names import Place
from secondlook.pages import Services
from secondlook.review import draft, flow, loop, people, starting, task_ui, workteam
from secondlook.review.people import password
from secondlook.review.render import Renderer
from secondlook.review.starting import Start
from secondlook.settings import Settings
from secondlook.store import tables
from secondlook.store.files import Files
from secondlook.store.session import Store
from secondlook.store.vault import Vault

PLACE = Place("us-east-1", "123456789012")
PASSWORD = "correct horse battery"

TEMPLATE = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><p>{{ task.input.question }}</p><label>Reply <input name="reply"></label></crowd-form>
"""

# One hash for everybody: argon2 takes its time.
HASH = password.hashed(PASSWORD)


def sign(bucket: str, key: str, until: datetime, base_url: str) -> str:
    """A link as the server would sign it, readable for tests."""
    return f"{base_url}/{bucket}/{key}?until={until:%H:%M}"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class World:
    """Everything behind the door, and ways to fill it."""

    services: Services

    @property
    def store(self) -> Store:
        return self.services.store

    def person(self, name: str, *teams: str, admin: bool = False) -> int:
        with self.store.write() as cx:
            person = people.ensure_person(cx, f"{name}@example.org", now(), name=name.title())
            people.set_password(cx, person.id, HASH)
            if admin:
                people.make_admin(cx, person.id, now())
            for team in teams:
                workteam.add(cx, team, [person.id], now())
        return person.id

    def team(self, name: str, organization: str | None = None, contact: str | None = None) -> None:
        with self.store.write() as cx:
            workteam.create(cx, name, f"Team {name}", {}, now(), organization=organization, contact=contact)

    def flow(
        self,
        name: str,
        team: str = "cats",
        *,
        title: str = "Look again",
        description: str = "Say what the machine missed",
        template: str = TEMPLATE,
        time_limit: int = 3600,
        task_count: int = 1,
        availability: int = 86_400,
    ) -> None:
        request = {
            "FlowDefinitionName": name,
            "RoleArn": "arn:aws:iam::123456789012:role/r",
            "OutputConfig": {"S3OutputPath": "s3://out/results"},
            "HumanLoopConfig": {
                "WorkteamArn": PLACE.workteam(team),
                "HumanTaskUiArn": PLACE.arn("human-task-ui", f"ui-{name}"),
                "TaskTitle": title,
                "TaskDescription": description,
                "TaskCount": task_count,
                "TaskTimeLimitInSeconds": time_limit,
                "TaskAvailabilityLifetimeInSeconds": availability,
            },
        }
        with self.store.write() as cx:
            task_ui.create(cx, f"ui-{name}", template, now())
            flow.create(cx, request, PLACE, now())

    def loop(
        self, flow_name: str, name: str, content: object = None, buckets: list[str] | None = None
    ) -> int:
        text = json.dumps({"question": "Is this a cat?"} if content is None else content)
        with self.store.read() as cx:
            row = starting.startable(cx, PLACE.arn("flow-definition", flow_name), PLACE)
        with self.store.write() as cx:
            starting.start(cx, Start.of(row, name, text, now(), buckets=buckets))
            number: int = cx.scalar(select(tables.loop.c.id).where(tables.loop.c.name == name))
            loop.rendered(cx, number)
        return number

    def invite(self, name: str, team: str | None = None, **more: str) -> str:
        with self.store.write() as cx:
            return people.invite(cx, f"{name}@example.org", team, now(), **more)

    def session(self, name: str) -> str:
        with self.store.write() as cx:
            return people.open_session(cx, people.person_by_email(cx, f"{name}@example.org").id, now())

    def assignment(self, number: int):
        with self.store.read() as cx:
            return cx.execute(select(tables.assignment).where(tables.assignment.c.id == number)).one()

    def answer(self, number: int) -> object:
        """What was handed in for this assignment, None before that."""
        assignment = self.assignment(number)
        return assignment.answer if assignment.state == "submitted" else None

    @property
    def reports(self) -> list[str]:
        """What pages have told the requester."""
        with self.store.read() as cx:
            return list(cx.scalars(select(tables.report.c.message).order_by(tables.report.c.id)))

    def draft(self, number: int) -> object:
        with self.store.read() as cx:
            kept = draft.find(cx, number)
        return kept and kept.content.value


@contextmanager
def opened(store: Store, directory: Path, **settings: object) -> Iterator[World]:
    """A world on a store with tables; Alice and Bob are in the team `cats`, Charlie is in none."""
    with store.write() as cx:
        cx.execute(insert(tables.bucket).values(name="out", region="us-east-1", created_at=now()))
    with Renderer(workers=2) as renderer:
        services = Services(
            settings=Settings(data=directory, **settings),  # type: ignore[arg-type]
            place=PLACE,
            store=store,
            renderer=renderer,
            vault=Vault(directory / "vault.key"),
            objects=Files(store, directory / "objects"),
            sign=sign,
            routes=Routes(PLACE),
            catalog=Catalog(catalog_folders(directory)),
        )
        world = World(services)
        world.team("cats", "Cats Inc.", "help@cats.example")
        for name in ("alice", "bob"):
            world.person(name, "cats")
        world.person("charlie")
        yield world
