"""`secondlook transform-jobs list` and `show`: how far batch transform jobs are, which AWS's own operations do not say."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import click

from secondlook.cli import options, service
from secondlook.cli.batch_progress import EVERY
from secondlook.cli.errors import CommandError
from secondlook.cli.output import details
from secondlook.cli.tables import table
from secondlook.cli.times import ago, clock
from secondlook.client.looking import FINAL, looks

STATUSES = ["InProgress", "Completed", "Failed", "Stopping", "Stopped"]

Job = dict[str, Any]


@click.group
def transform_jobs() -> None:
    """See how far batch transform jobs are, and follow one."""


@transform_jobs.command("list")
@options.data
@click.option("--status", "state", type=click.Choice(STATUSES, case_sensitive=False), help="Only those.")
@click.option(
    "--limit", default=30, show_default=True, type=click.IntRange(1, 10000), help="At most this many."
)
def list_jobs(data: Path | None, state: str | None, limit: int) -> None:
    """List transform jobs, newest first, with how far they are."""
    server = service.reach(data)
    wanted = {"Status": state} if state else {}
    jobs = list(server.every("secondlook", "list_transform_progress", "Progress", limit, **wanted))
    if not jobs:
        click.echo(f"No transform job {f'is {state}' if state else 'has been made yet'}.", err=True)
        return
    rows = [
        (
            job["TransformJobName"],
            job["TransformJobStatus"],
            _of_total(job, job["ObjectsDone"]),
            job["ObjectsFailed"],
            job["RecordsDone"],
            ago(job["CreationTime"]),
        )
        for job in jobs
    ]
    click.echo(table(["JOB", "STATUS", "OBJECTS", "FAILED", "RECORDS", "MADE"], rows))


@transform_jobs.command
@options.data
@click.argument("name")
@click.option("--follow", is_flag=True, help="Show how far it is until it has ended.")
def show(data: Path | None, name: str, *, follow: bool) -> None:
    """Show how far the transform job NAME is, how fast it goes and what has failed.

    With --follow, the exit status is 1 unless the job ends Completed.
    """
    server = service.reach(data)

    def look() -> Job:
        job: Job = server.own.describe_transform_progress(TransformJobName=name)["Progress"]
        return job

    job = _followed(look) if follow else look()
    click.echo(_description(job))
    if follow and job["TransformJobStatus"] != "Completed":
        raise CommandError(f"The transform job {name} is {job['TransformJobStatus']}.")


def _followed(look: Any) -> Job:
    job: Job = {}
    with _display() as display:
        for job in looks(look):
            if job["TransformJobStatus"] in FINAL:
                break
            display.draw(job["ObjectsDone"] + job["ObjectsFailed"], job.get("ObjectsTotal"), said(job))
    return job


def said(job: Job) -> str:
    """`310 records, 2 failed, 41.2 objects/s`."""
    parts = [f"{job['RecordsDone']:,} records"]
    if job["ObjectsFailed"]:
        parts.append(f"{job['ObjectsFailed']:,} failed")
    if rate := _rate(job):
        parts.append(f"{rate:,.1f} objects/s")
    return ", ".join(parts)


def _rate(job: Job) -> float:
    over = job["ObjectsDone"] + job["ObjectsFailed"]
    return over / job["Seconds"] if job["Seconds"] else 0.0


def _left(job: Job) -> str:
    """The time that it still takes, as far as it can be known."""
    rate, total = _rate(job), job.get("ObjectsTotal")
    if job["TransformJobStatus"] != "InProgress" or not rate or total is None:
        return ""
    return f"about {clock(max(0, total - job['ObjectsDone'] - job['ObjectsFailed']) / rate)}"


def _of_total(job: Job, count: int) -> str:
    total = job.get("ObjectsTotal")
    return f"{count:,} of {total:,}" if total is not None else f"{count:,}"


def _description(job: Job) -> str:
    return details(
        [
            ("Job", job["TransformJobName"]),
            ("Status", job["TransformJobStatus"]),
            ("Made", ago(job["CreationTime"])),
            ("Objects", _of_total(job, job["ObjectsDone"])),
            ("Failed", f"{job['ObjectsFailed']:,}" if job["ObjectsFailed"] else None),
            ("Records", f"{job['RecordsDone']:,}"),
            ("Rate", f"{rate:,.1f} objects/s" if (rate := _rate(job)) else None),
            ("Left", _left(job)),
            ("Reason", job.get("FailureReason")),
            ("Failures", "\n".join(job["Failures"])),
        ]
    )


class _Display(Protocol):
    def draw(self, completed: int, total: int | None, said: str) -> None: ...


class _Lines:
    """For a log: one line at most every ten seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic() - EVERY

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def draw(self, completed: int, total: int | None, said: str) -> None:
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            click.echo(
                f"{completed:,}{f' of {total:,}' if total is not None else ''} objects, {said}", err=True
            )


def _display() -> AbstractContextManager[_Display]:
    """What suits where stderr goes. The bar is imported only there: rich takes its time."""
    if not sys.stderr.isatty():
        return _Lines()
    bar: AbstractContextManager[_Display] = import_module("secondlook.cli.live_bar").Bar()
    return bar
