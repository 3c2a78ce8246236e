"""A worker at the portal, who drafts, looks again, gives back and hands in."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from secondlook.client.service import Service
from secondlook.reviewer import Portal
from tests.soak.confirming import confirmed, status


class Browser(Portal):
    """The portal with what only a task's own page asks for."""

    def draft(self, number: int) -> Any:
        """The draft that the task's page would go on from."""
        page = self._get(f"/tasks/{number}").data.decode()
        task_data = re.search(
            r'<script type="application/json" id="task-data">(.*?)</script>', page, re.DOTALL
        )
        assert task_data is not None
        return json.loads(task_data[1])["draft"]


GONE = 410

HASTY = {"submit": 1}
"""Executor in whatever comes."""

CAREFUL = {"draft": 8, "look": 3, "submit": 8, "release": 1}


@dataclass
class Worker:
    """One person in a session of their own; `habits` weighs what they do with a task in hand."""

    service: Service
    email: str
    flow: str
    habits: Mapping[str, int]
    submitted: list[str] = field(default_factory=list)
    """The loops whose answer was confirmed."""
    steps: list[float] = field(default_factory=list)
    """Seconds from a submit until the next task's page was there."""

    def __post_init__(self) -> None:
        self.portal = Browser(self.service.own, self.email)
        self._task: int | None = None
        self._loop = ""
        self._draft: dict[str, Any] | None = None
        self._handed_in: float | None = None
        self._acts: dict[str, Callable[[], None]] = {
            "draft": self._save_draft,
            "look": self.look,
            "submit": self._submit,
            "release": self._release,
        }

    def act(self) -> bool:
        if self._task is None:
            return self._take()
        self._acts[random.choices(list(self.habits), list(self.habits.values()))[0]]()
        return True

    def look(self) -> None:
        """The page goes on from the last draft that was confirmed."""
        if self._task is not None:
            assert confirmed(lambda: self.portal.draft(self._task)) == self._draft

    def answer(self, loop: str) -> dict[str, Any]:
        return {"loop": loop, "by": self.email}

    def _take(self) -> bool:
        self._task = confirmed(lambda: self.portal.take(self.flow))
        if self._task is None:
            self._handed_in = None
            return False
        self._loop = confirmed(lambda: self.portal.task(self._task).loop)
        self._draft = None
        if self._handed_in is not None:
            self.steps.append(time.perf_counter() - self._handed_in)
        return True

    def _save_draft(self) -> None:
        self._draft = {"loop": self._loop, "words": random.randbytes(random.choice([8, 2000])).hex()}
        confirmed(lambda: self.portal.save_draft(self._task, self._draft))

    def _submit(self) -> None:
        self._handed_in = time.perf_counter()
        confirmed(lambda: self.portal.submit(self._task, self.answer(self._loop)))
        self.submitted.append(self._loop)
        self._task = None

    def _release(self) -> None:
        confirmed(lambda: self.portal.release(self._task), already=lambda error: status(error) == GONE)
        self._task = self._handed_in = None
