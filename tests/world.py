"""A small world for review: a team of three, a task UI, a flow definition, loops on demand. Both databases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from secondlook.names import Place
from secondlook.review import assignment, closing, flow, loop, people, starting, task_ui, workteam
from secondlook.review.assignment import Page
from secondlook.review.starting import Start
from secondlook.review.stories import job_list, loop_update, queue
from secondlook.review.stories.job_list import Job
from secondlook.store import tables
from secondlook.store.document import Document
from secondlook.store.session import Store

PLACE = Place("us-east-1", "123456789012")


@dataclass
class World:
    store: Store
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    people: dict[str, int] = field(default_factory=dict)
    place = PLACE

    def later(self, **passed: float) -> datetime:
        self.now += timedelta(**passed)
        return self.now

    def flow(
        self, name: str = "fd", *, task_count: int = 1, time_limit: int = 600, availability: int = 86_400
    ) -> str:
        request = {
            "FlowDefinitionName": name,
            "RoleArn": "arn:aws:iam::123456789012:role/r",
            "OutputConfig": {"S3OutputPath": "s3://out/results"},
            "HumanLoopConfig": {
                "WorkteamArn": PLACE.workteam("team"),
                "HumanTaskUiArn": PLACE.arn("human-task-ui", "ui"),
                "TaskTitle": "Look again",
                "TaskDescription": "Correct the boxes",
                "TaskCount": task_count,
                "TaskTimeLimitInSeconds": time_limit,
                "TaskAvailabilityLifetimeInSeconds": availability,
            },
        }
        with self.store.write() as cx:
            flow.create(cx, request, PLACE, self.now)
        return PLACE.arn("flow-definition", name)

    def loop(
        self, name: str = "loop-1", flow_name: str = "fd", *, ready: bool = True, content: str = '{"a": 1}'
    ) -> int:
        with self.store.read() as cx:
            row = starting.startable(cx, PLACE.arn("flow-definition", flow_name), PLACE)
        with self.store.write() as cx:
            starting.start(cx, Start.of(row, name, content, self.now))
            number = cx.scalar(select(tables.loop.c.id).where(tables.loop.c.name == name))
            if ready:
                loop.rendered(cx, number)
        return number

    def status(self, name: str = "loop-1") -> str:
        with self.store.read() as cx:
            return loop.find(cx, name).status

    def row(self, name: str = "loop-1"):
        with self.store.read() as cx:
            return loop.find(cx, name)

    def take(self, who: str, flow_name: str = "fd") -> int | None:
        with self.store.write() as cx:
            return queue.take(cx, self.people[who], flow_name, self.now)

    def submit(
        self, who: str, number: int, answer: object = None, page: Page | None = None
    ) -> datetime | None:
        content = Document.of(answer or {"by": who})
        with self.store.write() as cx:
            return assignment.submit(cx, self.people[who], number, content, PLACE, self.now, page)

    def undo(self, who: str, number: int) -> None:
        with self.store.write() as cx:
            assignment.undo_submit(cx, self.people[who], number, self.now)

    def end_undo(self, number: int, until: datetime) -> None:
        """What the duty `end-undo` does."""
        with self.store.write() as cx:
            assignment.end_undo(cx, number, until, PLACE, self.now)

    def write_output(self, name: str = "loop-1") -> None:
        """What the duty `close-loop` does once the object is written."""
        with self.store.write() as cx:
            closing.written(cx, self.row(name).id, PLACE, self.now)

    def update(
        self, name: str = "loop-1", *, priority: int | None = None, task_count: int | None = None
    ) -> None:
        with self.store.write() as cx:
            loop_update.change(cx, name, priority, task_count, PLACE, self.now)

    def remove(self, name: str) -> None:
        with self.store.write() as cx:
            loop.remove(cx, name, self.now)

    def delete_flow(self, name: str) -> None:
        """What the duty `delete-flow` does once nothing of it is open."""
        with self.store.write() as cx:
            flow.begin_delete(cx, name, self.now)
            number = cx.scalar(select(tables.flow.c.id).where(tables.flow.c.name == name))
        flow.delete_ended(self.store, number, patience=10)
        with self.store.write() as cx:
            assert flow.finish_delete(cx, number)

    def owed(self, kind: str) -> list[dict]:
        with self.store.read() as cx:
            return list(cx.scalars(select(tables.duty.c.payload).where(tables.duty.c.kind == kind)))

    def jobs(self, who: str) -> list[Job]:
        with self.store.read() as cx:
            return job_list.jobs(cx, self.people[who], self.now)


def make_world(store: Store) -> World:
    """Alice, Bob and Carol are in the team; Mallory is not."""
    world = World(store)
    with store.write() as cx:
        cx.execute(insert(tables.bucket).values(name="out", region="us-east-1", created_at=world.now))
        workteam.create(cx, "team", "the team", {}, world.now)
        task_ui.create(cx, "ui", "<crowd-form></crowd-form>", world.now)
        for name in ("alice", "bob", "carol", "mallory"):
            world.people[name] = people.ensure_person(cx, f"{name}@example.org", world.now).id
        workteam.add(cx, "team", [world.people[name] for name in ("alice", "bob", "carol")], world.now)
    return world
