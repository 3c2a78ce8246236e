"""Reviewers that are scripts: each comes through the portal's pages with a session of their own, as `secondlook work` does."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeAlias, TypedDict

from secondlook.reviewer import Portal, PortalError
from secondlook.testing.mistakes import mistaken
from secondlook.testing.options import check
from secondlook.testing.reach import Reach
from secondlook.testing.tasks import Task

log = logging.getLogger(__name__)

Answering: TypeAlias = Callable[[Task], Mapping[str, Any]]
"""From a task to the answer that a person would submit."""

Wrong: TypeAlias = Callable[[Task, Mapping[str, Any]], Mapping[str, Any]]
"""From a task and its right answer to a wrong one."""

SESSION = timedelta(hours=1)
"""Of the server's time, after which a reviewer signs in anew: a session that is idle ends after a day, any after two weeks."""


class Habits(TypedDict, total=False):
    """How a reviewer works."""

    skill: float
    """The share of tasks that are answered right; 1 unless given."""
    wrong: Wrong
    """Makes the answers of the others; `mistakes.mistaken` unless given."""
    seed: int
    """Which tasks these are follows from it."""
    seconds: float
    """Of the server's time, that each task takes; 30 unless given."""
    can_undo: bool
    """Whether answers can be taken back for a while, as at the portal's page, and so are final later."""


class Reviewer:
    """One person of a work team. `answered` are the tasks that were submitted, in order."""

    def __init__(self, reach: Reach, email: str, answer: Answering | None, habits: Habits) -> None:
        check(habits, Habits, "reviewer")
        self.email = email
        self.answered: list[Task] = []
        self._reach = reach
        self._answer = answer
        self._skill = habits.get("skill", 1.0)
        self._wrong = habits.get("wrong", self._mistaken)
        self._seconds = habits.get("seconds", 30.0)
        self._can_undo = habits.get("can_undo", False)
        self._chance = random.Random(habits.get("seed", 0))  # noqa: S311  (chooses mistakes, guards nothing)
        if not 0 <= self._skill <= 1:
            raise ValueError(f"skill is the share of right answers, from 0 to 1, not {self._skill}")
        self._session: tuple[Portal, datetime] | None = None

    def work(self, most: int | None = None) -> list[Task]:
        """Answer what waits, at most so many tasks; what was answered. A task that takes longer than its time limit is lost.

        Raises what the answering function does; the task is given back then.
        """
        done: list[Task] = []
        late: set[str] = set()
        while most is None or len(done) < most:
            task = self.take(but_flows=late)
            if task is None:
                break
            if self._do(task):
                done.append(task)
            else:
                late.add(task.flow_name)
        self._reach.clock.settle()
        return done

    def decline(self, most: int | None = None, reason: str = "") -> list[Task]:
        """Decline what waits, at most so many tasks: they are not offered to this reviewer again."""
        declined: list[Task] = []
        while (most is None or len(declined) < most) and (task := self.take()) is not None:
            task.decline(reason)
            declined.append(task)
        self._reach.clock.settle()
        return declined

    def pause(self) -> Task | None:
        """Take the next task and stop in the middle of it, with a draft; None where nothing waits. `resume` goes on."""
        task = self.take()
        if task is not None:
            task.save_draft(self._right(task))
            task.pause()
        return task

    def resume(self) -> list[Task]:
        """Go on with the tasks that were begun and answer them."""
        self._reach.clock.settle()
        done: list[Task] = []
        for number in self._portal.held():
            self._portal.resume(number)
            task = self._task(number)
            if self._do(task):
                done.append(task)
        self._reach.clock.settle()
        return done

    def take(
        self, loop: str | None = None, *, but_flows: frozenset[str] | set[str] = frozenset()
    ) -> Task | None:
        """Hold the next task, or that of a loop, to do with it what a person may; None where nothing waits."""
        self._reach.clock.settle()
        wanted = self._portal.flows() if loop is None else [self._flow_of(loop)]
        for flow in wanted:
            if flow not in but_flows and (number := self._portal.take(flow, loop)) is not None:
                return self._task(number)
        return None

    def _do(self, task: Task) -> bool:
        """Answer the task in hand; False where its time was over."""
        try:
            content = self._right(task)
            task.is_wrong = self._chance.random() >= self._skill
            if task.is_wrong:
                content = self._wrong(task, content)
            if self._seconds:
                self._reach.clock.advance(seconds=self._seconds)
            task.submit(content, can_undo=self._can_undo)
        except PortalError as error:
            if error.status == HTTPStatus.GONE:
                return False
            raise
        except BaseException:
            task.release()
            raise
        self.answered.append(task)
        return True

    def _right(self, task: Task) -> Mapping[str, Any]:
        return self._answer(task) if self._answer is not None else task.accepted()

    def _mistaken(self, task: Task, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        return mistaken(answer, task.labels, self._chance)

    def _task(self, number: int) -> Task:
        portal = self._portal
        return Task(self._reach, portal, portal.task(number))

    def _flow_of(self, loop: str) -> str:
        return str(self._reach.own.describe_loop(HumanLoopName=loop)["Loop"]["FlowDefinitionName"])

    @property
    def _portal(self) -> Portal:
        now = self._reach.clock()
        if self._session is None or now > self._session[1] + SESSION:
            self._session = Portal(self._reach.own, self.email), now
        return self._session[0]

    def __repr__(self) -> str:
        return f"<Reviewer {self.email}>"
