"""What the pages of the console are given; see `secondlook.pages.contexts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Row

from secondlook.pages.contexts import Layout
from secondlook.pages.excerpt import Excerpt
from secondlook.review.people import Entry
from secondlook.review.render import RenderFailed
from secondlook.review.stories.overview import Announced, FlowStanding


@dataclass(frozen=True, slots=True)
class Console:
    """How the work stands.

    - `flows`: flow definitions with their counts; only the latest `most_flows`, if there may be more.
    - `loops`: the latest loops, of `flow` and with `status` if those are chosen.
    - `shortages`: by loop's name, why there are too few people to finish it.
    - `statuses`: what may be chosen as `status`.
    - `events`: the latest status events and what became of their deliveries.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/console.html"
    layout: Layout
    flows: Sequence[FlowStanding]
    most_flows: int | None
    loops: Sequence[Row[Any]]
    shortages: Mapping[str, str]
    flow: str
    status: str
    statuses: Sequence[str]
    events: Sequence[Announced]
    now: datetime


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """A worker task template.

    - `name`, `created_at`: of its human task UI; `problems`: what is wrong with it whatever the input, with `message`.
    """

    name: str
    created_at: datetime
    problems: Sequence[RenderFailed]

    @property
    def warnings(self) -> int:
        return sum(problem.count for problem in self.problems if problem.is_warning)

    @property
    def errors(self) -> int:
        return sum(problem.count for problem in self.problems if not problem.is_warning)


@dataclass(frozen=True, slots=True)
class Templates:
    """What is wrong with worker task templates.

    - `templates`: the latest ones.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/templates.html"
    layout: Layout
    templates: Sequence[TaskTemplate]
    now: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What one worker has answered.

    - `email`: who; `submitted_at`: when; `content`: their answer, or the beginning of it.
    """

    email: str
    submitted_at: datetime
    content: Excerpt


@dataclass(frozen=True, slots=True)
class Loop:
    """One human loop with all that is known of it, and what can be done with it.

    - `loop`: its row with its counts (`progress.loops`); `warnings`: what keeps it from being Completed as things are.
    - `holders`: who holds, answered or declined it; `reports`: what went wrong in its pages.
    - `answers`: what was answered; `input`: what was asked, or the beginning of it.
    - `output_uri`: where its answers lie, or will lie; `output_link`: a link to them, or nothing where there are none.
    - `error`: why the last form was refused.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/loop.html"
    layout: Layout
    loop: Row[Any]
    warnings: Sequence[str]
    holders: Sequence[Row[Any]]
    reports: Sequence[Row[Any]]
    answers: Sequence[Answer]
    input: Excerpt
    output_uri: str
    output_link: str
    error: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was just made for somebody.

    - `email`: for whom; `url`: the link, or nothing where they have joined before.
    """

    email: str
    url: str


@dataclass(frozen=True, slots=True)
class People:
    """Work teams, everybody with an account, and access keys.

    - `teams`: rows of the work teams; `people`: everybody with their teams, or the first `most` of them.
    - `keys`: access keys without their secrets; `buckets`: what each may use, in words.
    - `scopes`: what a key may be limited to, and what it may do then; `usual_scope`: the one that most should have.
    - `links`: invitations made just now; `mails_itself`: whether they also went out by mail.
    - `new_key`: id and secret of a key made just now, shown once, or None; `warnings`: what speaks against its use.
    - `error`: why the last form was refused; `refused`: the dialog it stands in; `typed`: what was typed in it.
    - `self_id`: the admin's own person, who is spared some buttons.
    - `layout`: what stands around it; `now`: what times are relative to.
    """

    template: ClassVar = "console/people.html"
    layout: Layout
    teams: Sequence[Row[Any]]
    people: Sequence[Entry]
    most: int | None
    keys: Sequence[Row[Any]]
    buckets: Mapping[str, str]
    scopes: Mapping[str, str]
    usual_scope: str
    links: Sequence[Link]
    mails_itself: bool
    new_key: tuple[str, str] | None
    warnings: Sequence[str]
    error: str
    refused: str
    typed: Mapping[str, str]
    self_id: int
    now: datetime
