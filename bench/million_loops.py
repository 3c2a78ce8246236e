"""The next task and the job list with a million open loops, a tenth of them of a higher priority, against ten thousand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, bindparam, insert, select, text

from bench.figure import Figure, in_turns, ms
from bench.rounds import Rounds
from bench.server import fresh_directory
from secondlook.names import Place, now
from secondlook.review import assignment, flow, people, task_ui, workteam
from secondlook.review.stories import job_list, queue
from secondlook.store import migrations, tables
from secondlook.store.session import Store

PLACE = Place("us-east-1", "123456789012")
NOW = now()

AIM = 1.5
FEW = 10_000

TIMES = (bindparam("now", type_=tables.Time), bindparam("later", type_=tables.Time))
LOOPS = text("""
    WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :many)
    INSERT INTO loop (name, flow_id, template, status, ready, input_sha256, created_at, expires_at, priority)
    SELECT 'loop-' || i, :flow, 'template', 'InProgress', 1, 'input', :now, :later, i % 10 = 0 FROM number
""").bindparams(*TIMES)
ANSWERS = text("""
    INSERT INTO assignment (loop_id, person_id, slot, state, accepted_at, deadline, submitted_at, answer)
    SELECT id, :person, 1, 'submitted', :now, :now, :now, '{}' FROM loop ORDER BY id LIMIT :many
""").bindparams(*TIMES[:1])


@dataclass(frozen=True, slots=True)
class Queue:
    """A database with one flow definition (TaskCount 3) and its workers."""

    store: Store
    newcomer: int
    veteran: int  # has answered the oldest tenth

    def take(self, person: int) -> float:
        """Seconds to hold the next task; given back afterwards."""
        with self.store.write() as cx:
            began = time.perf_counter()
            number = queue.take(cx, person, "bench", NOW)
            took = time.perf_counter() - began
            assert number is not None
            assignment.release(cx, person, number, PLACE, NOW)
        return took

    def jobs(self, person: int) -> float:
        """Seconds to list what waits for a worker."""
        with self.store.read() as cx:
            began = time.perf_counter()
            (job,) = job_list.jobs(cx, person, NOW)
            took = time.perf_counter() - began
        assert job.waiting == job_list.COUNT_UP_TO
        return took


def figures(rounds: Rounds) -> Iterator[Figure]:
    """For a new worker and for one who has answered the oldest tenth; the yardstick is a new worker at ten thousand."""
    many_loops = rounds.open_loops
    with fresh_directory() as directory:
        few, many = _queue(directory / "few.sqlite", FEW), _queue(directory / "many.sqlite", many_loops)
        for what, ask in (("Next task", Queue.take), ("Job list", Queue.jobs)):
            for who, person in (
                ("a new worker", many.newcomer),
                (f"one who answered {many_loops // 10:,}", many.veteran),
            ):
                among_many, among_few, ratio = in_turns(
                    rounds.searches, partial(ask, many, person), partial(ask, few, few.newcomer)
                )
                yield Figure(
                    f"{what} among {many_loops:,} open loops, {who}",
                    ms(among_many),
                    f"among {FEW:,}, a new worker: {ms(among_few)}",
                    f"{ratio:.2f}",
                    f"≤ {AIM}",
                    ratio <= AIM,
                )
        few.store.close()
        many.store.close()


def _queue(file: Path, many: int) -> Queue:
    store = Store(f"sqlite:///{file}")
    migrations.migrate(store)
    with store.write() as cx:
        newcomer, veteran = _people_and_flow(cx)
        times = {"now": NOW, "later": NOW + timedelta(days=5)}
        cx.execute(
            insert(tables.queue_level).values(
                flow_id=select(tables.flow.c.id).scalar_subquery(), priority=1, version=1
            )
        )
        cx.execute(LOOPS, {"many": many, "flow": cx.scalar(select(tables.flow.c.id)), **times})
        cx.execute(ANSWERS, {"many": many // 10, "person": veteran, "now": NOW})
    searches = Queue(store, newcomer, veteran)
    searches.take(veteran)  # finds the worker's place in the queue, as their first answers would have
    return searches


def _people_and_flow(cx: Connection) -> tuple[int, int]:
    workteam.create(cx, "bench", "the team", {}, NOW)
    task_ui.create(cx, "bench", "<crowd-form></crowd-form>", NOW)
    newcomer, veteran = (people.ensure_person(cx, f"{who}@example.org", NOW).id for who in ("new", "old"))
    workteam.add(cx, "bench", [newcomer, veteran], NOW)
    request = {
        "FlowDefinitionName": "bench",
        "RoleArn": "arn:aws:iam::123456789012:role/bench",
        "OutputConfig": {"S3OutputPath": "s3://bench/out"},
        "HumanLoopConfig": {
            "WorkteamArn": PLACE.workteam("bench"),
            "HumanTaskUiArn": PLACE.arn("human-task-ui", "bench"),
            "TaskTitle": "Look again",
            "TaskDescription": "Correct the boxes",
            "TaskCount": 3,
        },
    }
    cx.execute(insert(tables.bucket).values(name="bench", region=PLACE.region, created_at=NOW))
    flow.create(cx, request, PLACE, NOW)
    return newcomer, veteran
