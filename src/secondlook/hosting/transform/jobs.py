"""The duty `run-transform-job`: instances of its own, one run, and what becomes of the job.

A server that stops, or is killed, leaves the job as far as its row says; whoever claims the duty next goes on there.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from secondlook.hosting import contract
from secondlook.hosting.container import Container
from secondlook.hosting.endpoints.placement import Placement
from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.logs.log import Log
from secondlook.hosting.transform import job
from secondlook.hosting.transform.calls import AHEAD, Calls
from secondlook.hosting.transform.definition import Requests
from secondlook.hosting.transform.parameters import execution_parameters
from secondlook.hosting.transform.progress import Progress
from secondlook.hosting.transform.run import JobFailed, Judge, Run
from secondlook.hosting.transform.source import NoInput, Source
from secondlook.hosting.variant import VariantSettings
from secondlook.names import identifier
from secondlook.outbound import Outbound
from secondlook.store.availability import Unavailable
from secondlook.store.errors import ObjectError
from secondlook.store.objects import Objects
from secondlook.store.outbox import Duty, owe
from secondlook.store.session import Store

log = logging.getLogger(__name__)

Write = Callable[[Connection, datetime], None]

MayRead = Callable[[Collection[str] | None, str], bool]
"""Whether a caller who may use these buckets may use that one."""

Judges = Callable[[Row[Any], VariantSettings], Judge | None]
"""Who hears of a job's answers, if anybody. Blocks."""

LOOK_SECONDS = 0.1
"""Between looks whether the server stops."""

WATCH_SECONDS = 1.0
"""Between looks whether somebody has stopped the job."""

NOTE_SECONDS = 2.0
"""Between two writes of the progress: what a server that is killed does again."""

GRACE = 3.0
"""Seconds that model processes get to end when the server itself ends, or the job does before it is through."""

AGAIN = timedelta(seconds=5)
"""After which a job goes on whose objects could not be read or written just now."""


class Interrupted(Exception):
    """The run ends before the job is through. `status` is what the job's row says; None if somebody else runs it."""

    def __init__(self, status: str | None) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Taken:
    """A job that this run does."""

    row: Row[Any]
    runner: str
    variant: VariantSettings
    progress: Progress
    log: Log


class TransformJobs:
    """Runs the jobs of this server. `stop` has them left where they are."""

    def __init__(
        self,
        store: Store,
        objects: Objects,
        placement: Placement,
        outbound: Outbound,
        logs: Path,
        may_read: MayRead,
        now: Callable[[], datetime],
        judges: Judges = lambda _row, _variant: None,
    ) -> None:
        self._store = store
        self._objects = objects
        self._placement = placement.of("transform-jobs", self._containers)
        self._outbound = outbound
        self._logs = logs
        self._may_read = may_read
        self._now = now
        self._judges = judges
        self._over = threading.Event()
        self._change = threading.Condition()
        self._running = 0

    def stop(self, grace: float = 2 * GRACE) -> None:
        """Have every run leave its job, and wait for that up to `grace` seconds. Call it before the clock stops."""
        self._over.set()
        with self._change:
            self._change.wait_for(lambda: not self._running, grace)

    def _containers(self) -> list[Container]:
        with self._store.read() as cx:
            return job.containers(cx)

    def run(self, duty: Duty) -> Write | None:
        """The duty: what is left of the job, then what becomes of it."""
        job_id, runner = duty.payload["job_id"], identifier()
        with self._store.write() as cx:
            row = job.take(cx, job_id, runner)
        if row is None:
            return None
        taken = _Taken(
            row,
            runner,
            VariantSettings.from_json(row.variant),
            Progress.from_json(row.progress),
            Log(self._logs / row.name / "job.log", now=self._now),
        )
        with self._change:
            self._running += 1
        try:
            return self._run(duty, taken)
        finally:
            taken.log.close()
            with self._change:
                self._running -= 1
                self._change.notify_all()

    def stuck(self, duty: Duty, reason: str) -> Write:
        """What follows the last try: Failed with the reason."""
        said = f"InternalServerError: The job could not be run: {reason.rstrip('.')}."
        return lambda cx, at: job.end(cx, duty.payload["job_id"], "Failed", at, reason=said)

    def _run(self, duty: Duty, taken: _Taken) -> Write | None:
        progress, before = taken.progress, taken.progress.done + taken.progress.failed
        ended = partial(job.end, job_id=taken.row.id, runner=taken.runner, progress=progress)
        try:
            if taken.row.status == "Stopping":
                raise Interrupted("Stopping")  # noqa: TRY301  (it ends as one that was heard of on the way)
            asyncio.run(self._transformed(taken))
        except Interrupted as interrupted:
            if interrupted.status is None:
                return None
            if interrupted.status == "Stopping":
                return lambda cx, at: ended(cx, status="Stopped", now=at)
            return self._left(duty, taken, timedelta(0))
        except (JobFailed, NoInput) as failure:
            said = str(failure) if isinstance(failure, JobFailed) else f"ClientError: {failure}"
            _say(taken.log, said)
            return lambda cx, at: ended(cx, status="Failed", now=at, reason=said)
        except (ObjectError, Unavailable) as error:
            if progress.done + progress.failed == before:
                raise
            log.warning("transform job %s goes on in %s: %s", taken.row.name, AGAIN, error)
            return self._left(duty, taken, AGAIN)
        reason = progress.reason
        status = "Failed" if reason else "Completed"
        return lambda cx, at: ended(cx, status=status, now=at, reason=reason)

    def _left(self, duty: Duty, taken: _Taken, pause: timedelta) -> Write:
        """Owed anew, so that tries are counted from where it got to."""

        def write(cx: Connection, at: datetime) -> None:
            job.leave(cx, taken.row.id, taken.runner, taken.progress)
            owe(cx, job.RUN, duty.queueing_key, duty.payload, due=at + pause, now=at)

        return write

    async def _transformed(self, taken: _Taken) -> None:
        """Raises Interrupted, JobFailed, NoInput, ObjectError, Unavailable."""
        watching = asyncio.create_task(self._watched(taken))
        working = asyncio.create_task(self._worked(taken))
        try:
            await asyncio.wait((watching, working), return_when=asyncio.FIRST_COMPLETED)
            (working if working.done() else watching).result()
        finally:
            for task in (watching, working):
                task.cancel()
            await asyncio.gather(watching, working, return_exceptions=True)

    async def _watched(self, taken: _Taken) -> None:
        """Write the progress down now and then, and hear of whoever stops the job. Raises Interrupted."""
        watched = noted = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self._over.is_set():
                raise Interrupted("InProgress")
            if time.monotonic() - watched < WATCH_SECONDS:
                continue
            watched = time.monotonic()
            values: dict[str, Any] = {}
            if watched - noted >= NOTE_SECONDS:
                noted = watched
                values = {"progress": taken.progress.as_json(), "modified_at": self._now()}
            try:
                status = await asyncio.to_thread(self._note, taken, values)
            except Unavailable as away:
                log.warning("the progress of transform job %s is noted later: %s", taken.row.name, away)
                continue
            if status != "InProgress":
                raise Interrupted(status)

    def _note(self, taken: _Taken, values: Mapping[str, Any]) -> str | None:
        return self._store.do(lambda cx: job.note(cx, taken.row.id, taken.runner, values))

    async def _worked(self, taken: _Taken) -> None:
        row, progress = taken.row, taken.progress
        buckets = row.caller["buckets"]
        source = Source(
            self._objects, row.definition, row.created_at, lambda bucket: self._may_read(buckets, bucket)
        )
        if await asyncio.to_thread(next, source.objects(progress.after), None) is None and (
            progress.after is None
        ):
            raise NoInput(
                f'No S3 objects found under S3 URL "{_uri(row.definition)}" given in input data source.'
            )
        instances: list[Instance] = []
        is_over, is_through = threading.Event(), False
        counting = asyncio.create_task(self._counted(source, progress, is_over))
        try:
            for number in self._placement.numbers(taken.variant):
                instances.append(self._instance(taken, number))
                instances[-1].start()
            await _all_ready(instances)
            if row.started_at is None:
                await asyncio.to_thread(self._note, taken, {"started_at": self._now()})
            requests = await self._requests(taken)
            calls = self._calls(taken, instances, requests)
            run = Run(
                self._objects,
                source,
                row.definition,
                progress,
                requests,
                self._now,
                lambda line: _say(taken.log, line),
                await asyncio.to_thread(self._judges, row, taken.variant),
            )
            await run.transform(calls)
            await counting
            is_through = True
        finally:
            is_over.set()
            counting.cancel()
            await asyncio.shield(asyncio.to_thread(self._ended, taken, instances, is_through))

    async def _counted(self, source: Source, progress: Progress, is_over: threading.Event) -> None:
        if progress.total is None:
            with suppress(ObjectError, NoInput):  # the run reads the same, and says what is wrong
                progress.total = await asyncio.to_thread(source.count, is_over.is_set)

    def _instance(self, taken: _Taken, number: int) -> Instance:
        return self._placement.instance(
            taken.row.name,
            taken.variant,
            number,
            changed=lambda: None,
            wanted=lambda: not self._over.is_set(),
        )

    async def _requests(self, taken: _Taken) -> Requests:
        url = taken.variant.container.url
        said: Mapping[str, Any] = {}
        if url is not None:
            said = await asyncio.to_thread(execution_parameters, self._outbound, url)
        requests = Requests.of(taken.row.definition, said)
        _say(
            taken.log,
            f"MaxConcurrentTransforms={requests.concurrent}, MaxPayloadInMB={requests.payload >> 20}, "
            f"BatchStrategy={'MULTI_RECORD' if requests.several else 'SINGLE_RECORD'}",
        )
        return requests

    def _calls(self, taken: _Taken, instances: list[Instance], requests: Requests) -> Calls:
        """What runs elsewhere is one instance here, and stands for all of them."""
        here = taken.variant.container.runs_here
        each = requests.concurrent + AHEAD if here else requests.concurrent * taken.variant.count
        said = {
            "Content-Type": taken.row.definition["TransformInput"].get("ContentType"),
            "Accept": taken.row.definition["TransformOutput"].get("Accept"),
        }
        headers = {name: value for name, value in said.items() if value}
        return Calls(
            [instance for _ in range(each) for instance in instances],
            requests,
            headers,
            ahead=AHEAD if here else 0,
        )

    def _ended(self, taken: _Taken, instances: list[Instance], is_through: bool) -> None:
        grace = contract.STOP_SECONDS if is_through else GRACE
        if instances:
            with ThreadPoolExecutor(len(instances), "stop") as pool:
                list(pool.map(lambda instance: instance.stop(grace), instances))
        if self._over.is_set():
            return  # the job goes on, perhaps here: its copy of the model stays
        try:
            self._placement.withdraw(taken.row.name, taken.variant)
        except StartFailed as error:
            log.warning("what transform job %s had elsewhere stays: %s", taken.row.name, error)
        self._placement.forget([taken.variant.container])


async def _all_ready(instances: list[Instance]) -> None:
    """Raises JobFailed, saying why the first of them that failed did."""
    outcomes = await asyncio.gather(
        *(asyncio.to_thread(instance.ready) for instance in instances), return_exceptions=True
    )
    for instance, outcome in zip(instances, outcomes, strict=True):
        if isinstance(outcome, NotPrepared):
            raise JobFailed(
                f"AlgorithmError: The primary container could not be started: {str(outcome).rstrip('.')}."
            )
        if isinstance(outcome, StartFailed):
            raise JobFailed(
                f"AlgorithmError: The primary container did not pass the ping health check: {outcome}. "
                f"See {instance.log_name} in the log directory of this job."
            )
        if isinstance(outcome, BaseException):
            raise outcome


def _uri(definition: Mapping[str, Any]) -> str:
    uri: str = definition["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"]
    return uri


def _say(log: Log, line: str) -> None:
    with suppress(ValueError):  # closed meanwhile
        log.write(f"{line}\n".encode(errors="backslashreplace"))
