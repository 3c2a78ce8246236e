"""A review workflow with one worker, what a requester and the worker do with it, and the duties of its loops."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Row, select

from secondlook.clock.handlers.loops import LoopDuties
from secondlook.clock.handlers.render_checks import RenderChecks
from secondlook.names import Place
from secondlook.review import assignment, flow, starting, task_ui, workteam
from secondlook.review.people import ensure_person
from secondlook.review.render import Renderer
from secondlook.review.starting import Start
from secondlook.review.stories import queue
from secondlook.store.document import Document
from secondlook.store.files import Files
from secondlook.store.session import Store
from secondlook.store.tables import duty, event
from secondlook.store.tables import loop as loops

from .timing import Time, until

PLACE = Place("us-east-1", "444455556666")
TEMPLATE = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"


class Desk:
    """Alice's team, her flow definition `fd-1`, and what a requester and a worker do with it."""

    def __init__(
        self, store: Store, objects: Files, duties: LoopDuties, checks: RenderChecks, time: Time
    ) -> None:
        self.store, self.objects, self.time = store, objects, time
        self.duties, self.checks = duties, checks
        objects.buckets.create("results", PLACE.region, time())
        with store.write() as cx:
            self.alice = ensure_person(cx, "alice@example.org", time()).id
            workteam.create(cx, "readers", "Readers", {}, time())
            workteam.add(cx, "readers", [self.alice], time())
        self.flow("fd-1", TEMPLATE)

    def flow(self, name: str, template: str, kms_key_id: str | None = None, **human: object) -> None:
        key = {"KmsKeyId": kms_key_id} if kms_key_id else {}
        with self.store.write() as cx:
            task_ui.create(cx, f"ui-{name}", template, self.time())
            request = {
                "FlowDefinitionName": name,
                "HumanLoopConfig": {
                    "WorkteamArn": PLACE.workteam("readers"),
                    "HumanTaskUiArn": PLACE.arn("human-task-ui", f"ui-{name}"),
                    "TaskTitle": "Read",
                    "TaskDescription": "Read it",
                    "TaskCount": 1,
                    "TaskTimeLimitInSeconds": 600,
                    "TaskAvailabilityLifetimeInSeconds": 3600,
                    **human,
                },
                "OutputConfig": {"S3OutputPath": "s3://results/a2i/", **key},
            }
            flow.create(cx, request, PLACE, self.time())

    def start(self, name: str = "loop-1", of: str = "fd-1", content: str = '{"text": "a < b"}') -> None:
        with self.store.write() as cx:
            row = starting.startable(cx, PLACE.arn("flow-definition", of), PLACE)
            starting.start(cx, Start.of(row, name, content, self.time()))

    def take(self, of: str = "fd-1") -> int | None:
        with self.store.write() as cx:
            return queue.take(cx, self.alice, of, self.time())

    def submit(self, number: int | None) -> None:
        with self.store.write() as cx:
            assignment.submit(
                cx, self.alice, number, Document.of({"read": {"text": "yes"}}), PLACE, self.time()
            )

    def loop(self, name: str = "loop-1") -> Row:
        with self.store.read() as cx:
            return cx.execute(select(loops).where(loops.c.name == name)).one()

    def ready(self, name: str = "loop-1") -> bool:
        return until(lambda: self.loop(name).ready)

    def ended(self, name: str = "loop-1") -> bool:
        return until(lambda: self.loop(name).closed_at is not None)

    def events(self) -> list[dict]:
        with self.store.read() as cx:
            return list(cx.scalars(select(event.c.body).order_by(event.c.id)))

    def owed(self) -> list[str]:
        with self.store.read() as cx:
            return list(cx.scalars(select(duty.c.kind).order_by(duty.c.id)))


def open_desk(store: Store, directory: Path, renderer: Renderer, time: Time) -> Desk:
    """A desk with its duties; objects lie in `directory`."""
    objects = Files(store, directory / "objects")
    duties = LoopDuties(store, PLACE, objects, issuer="http://review.example", now=time)
    checks = RenderChecks(
        store=store,
        place=PLACE,
        objects=objects,
        renderer=renderer,
        sign=lambda bucket, key, until, base_url: f"{base_url}/{bucket}/{key}?until={until:%Y}",
        base_url="http://review.example",
        now=time,
    )
    return Desk(store, objects, duties, checks, time)
