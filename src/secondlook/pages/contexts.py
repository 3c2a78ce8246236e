"""What each page is given: one dataclass per template, every field described.

A test compares the fields with the variables that the template reads, in both directions. Times are aware and UTC;
templates print them relative to `now`, with the exact one on hover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from secondlook.review.stories.queue import Job


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the content of a page for somebody who is signed in.

    - `label`: what to call the person; `email`: their address.
    - `is_admin`: whether to show the way to the console.
    - `csrf`: the token that every form carries.
    - `section`: which part of the navigation is current.
    - `notice`: one sentence about what was just done, or nothing.
    """

    label: str
    email: str
    is_admin: bool
    csrf: str
    section: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The sign-in page.

    - `email`: what was typed before; `next_path`: where to go after.
    - `error`: why the last try failed; `notice`: why the visitor is here, where that needs saying.
    """

    template: ClassVar = "sign_in.html"
    email: str
    next_path: str
    error: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The page behind a link in a mail: one form, one button.

    - `kind`: `invite`, `reset`, `signin` or `admin`; `token`: what the form posts to.
    - `email`, `name`: of the person, as far as known.
    - `teams`, `organization`, `contact`: who invites, into what.
    - `expires_at`: when the link stops working; `shortest`: how long a password must be.
    - `error`: why the last try failed.
    """

    template: ClassVar = "welcome.html"
    kind: str
    token: str
    email: str
    name: str
    teams: Sequence[str]
    organization: str
    contact: str
    expires_at: datetime
    shortest: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A page that says what went wrong and where to go now.

    - `title`, `message`: what happened; `advice`: what else may help, or nothing.
    - `href`, `action`: the one way on.
    """

    template: ClassVar = "problem.html"
    title: str
    message: str
    advice: str
    href: str
    action: str


@dataclass(frozen=True, slots=True)
class Jobs:
    """The living part of the job list, fetched again every few seconds.

    - `jobs`: one row per flow definition offered to the worker's `teams`.
    - `waiting`: tasks that wait, over all rows; 1,000 means 1,000 or more.
    - `csrf`: for the buttons; `now`: what times are relative to.
    """

    template: ClassVar = "_jobs.html"
    jobs: Sequence[Job]
    teams: Sequence[str]
    waiting: int
    csrf: str
    now: datetime


@dataclass(frozen=True, slots=True)
class JobList(Jobs):
    """The whole job list.

    - `layout`: what stands around it. Everything else is as in Jobs: `jobs`, `teams`, `waiting`, `csrf`, `now`.
    """

    template: ClassVar = "job_list.html"
    layout: Layout


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A task at work: the bar and the frame. The next task replaces it without a new page.

    - `layout`: for the CSRF token of its forms.
    - `assignment_id`, `flow`, `loop`, `title`, `description`, `deadline`: of the task in hand.
    - `waiting`: how many more wait in this flow definition.
    - `sandbox`: what the frame may do.
    - `now`: what the clock counts from.
    - `script_data`: what the portal's script must know; see `elements/pages/portal/facts.ts`.
    """

    template: ClassVar = "_task.html"
    layout: Layout
    assignment_id: int
    flow: str
    loop: str
    title: str
    description: str
    deadline: datetime
    waiting: int
    sandbox: str
    now: datetime
    script_data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task(TaskPart):
    """The page of a task at work; all it shows is in TaskPart.

    `layout`, `assignment_id`, `flow`, `loop`, `title`, `description`, `deadline`, `waiting`, `sandbox`, `now`, `script_data`.
    """

    template: ClassVar = "task.html"


@dataclass(frozen=True, slots=True)
class Paused:
    """A task that its worker stopped and may resume.

    - `layout`: for the CSRF token.
    - `assignment_id`, `title`, `deadline`: of the task; `now`: what the time left is relative to.
    """

    template: ClassVar = "paused.html"
    layout: Layout
    assignment_id: int
    title: str
    deadline: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Unrenderable:
    """What the frame shows when the template did not render.

    - `code`, `message`: the failure, as a loop's FailureReason has it.
    - `base_url`: the scheme and host the worker came by; the frame has an opaque origin.
    """

    template: ClassVar = "unrenderable.html"
    code: str
    message: str
    base_url: str
