"""`check-render`: the one render at the start of a loop, as a worker's page would be. Payload: `{"loop_id": 1}`.

Short and many, so they are read, done and written by the batch. They share by flow definition, and a template whose
rendering timed out gets a lane of its own, `check-render-slow`, for a while: nobody else's loops wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook.clock.handler import BatchWrite, Do, Handler, Retry, TransientFailure, Write
from secondlook.names import Place
from secondlook.review import loop
from secondlook.review.render import Renderer, RenderFailed
from secondlook.review.render.errors import INTERNAL_ERROR, TIMEOUT
from secondlook.review.render.grant import Sign, grantor
from secondlook.review.stories import checking
from secondlook.review.stories.checking import Unchecked
from secondlook.store.objects import Objects
from secondlook.store.outbox import Duty, owe
from secondlook.store.session import Store

RENDER = Retry(first=timedelta(seconds=1), longest=timedelta(seconds=30), tries=8)
"""For a child that died or a server that stops; a template that is wrong is not tried again."""

BATCH = 32
"""Checks that share one read and one write when many wait."""

SLOW_SECONDS = 600.0
"""How long a template is taken for slow after its rendering timed out."""

SLOW = "check-render-slow"


class SlowTemplates:
    """The templates, by their hash, whose rendering timed out lately. Thread-safe."""

    def __init__(self, seconds: float = SLOW_SECONDS) -> None:
        self._lock = threading.Lock()
        self._seconds = seconds
        self._until: dict[str, float] = {}

    def __contains__(self, template: str) -> bool:
        with self._lock:
            return self._until.get(template, 0.0) > time.monotonic()

    def add(self, template: str) -> None:
        now = time.monotonic()
        with self._lock:
            self._until = {known: until for known, until in self._until.items() if until > now}
            self._until[template] = now + self._seconds

    def discard(self, template: str) -> None:
        with self._lock:
            self._until.pop(template, None)


@dataclass(frozen=True, slots=True)
class RenderChecks:
    """Render once; only if people could answer the page is the loop offered."""

    store: Store
    place: Place
    objects: Objects
    renderer: Renderer
    sign: Sign
    base_url: str
    now: Callable[[], datetime]
    slow: SlowTemplates = field(default_factory=SlowTemplates)

    def handlers(self) -> dict[str, Handler]:
        return {
            "check-render": Handler(
                prepare=self._prepare, retry=RENDER, batch=BATCH, by_shares=True, on_give_up=self._given_up
            ),
            SLOW: Handler(self._check_slow, RENDER, concurrency=1, by_shares=True, on_give_up=self._given_up),
        }

    def _prepare(self, duties: Sequence[Duty]) -> Do:
        with self.store.read() as cx:
            tasks = checking.unchecked(cx, [duty.payload["loop_id"] for duty in duties])

        def check(duty: Duty) -> Write | BatchWrite | None:
            task = tasks.get(duty.payload["loop_id"])
            if task is None:
                return None
            return self._moved(duty, task) if task.template_hash in self.slow else self._check(task)

        return check

    def _check_slow(self, duty: Duty) -> Write | BatchWrite | None:
        number = duty.payload["loop_id"]
        with self.store.read() as cx:
            task = checking.unchecked(cx, [number]).get(number)
        return None if task is None else self._check(task)

    def _moved(self, duty: Duty, task: Unchecked) -> Write:
        """Owe it in the slow lane instead."""
        key, share = duty.queueing_key, task.share
        return lambda cx, at: owe(cx, SLOW, key, duty.payload, due=at, now=at, share=share)

    def _check(self, task: Unchecked) -> Write | BatchWrite:
        until = self.now() + timedelta(minutes=1)  # nobody opens this page
        named: list[tuple[str, str]] = []

        def sign(bucket: str, key: str) -> str:
            named.append((bucket, key))
            return self.sign(bucket, key, until, self.base_url)

        problems = self._problems(task, sign)
        if problems:
            reason = checking.failure_reason(problems)
            return lambda cx, at: loop.render_failed(cx, task.loop_id, reason, self.place, at)
        missing = checking.missing(self.objects, named)

        def passed(cx: Connection, at: datetime) -> None:
            checking.passed(cx, task.loop_id, missing, self.place, at)

        return passed if missing else BatchWrite(checking.all_passed, task.loop_id, passed)

    def _problems(self, task: Unchecked, sign: Callable[[str, str], str]) -> Sequence[RenderFailed]:
        """Why people could not answer the page; notes whether the template is slow. Raises TransientFailure."""
        try:
            problems = self.renderer.judge(task.template, task.input_content, grantor(sign, task.buckets))
        except RenderFailed as failed:
            if failed.code == INTERNAL_ERROR:
                raise TransientFailure(checking.failure_reason([failed])) from failed
            if failed.code == TIMEOUT:
                self.slow.add(task.template_hash)
            return [failed]
        self.slow.discard(task.template_hash)
        return problems

    def _given_up(self, duty: Duty, reason: str) -> Write:
        number = duty.payload["loop_id"]
        return lambda cx, at: loop.render_failed(cx, number, reason, self.place, at, code="InternalError")
