"""The page of the console that tells what is wrong with worker task templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.responses import Response

from secondlook.pages import rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.visit import Visit
from secondlook.review import task_ui
from secondlook.review.render import RenderFailed

MOST = 50


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


def show(visit: Visit) -> Response:
    """`GET /console/templates`. Templates are read by the renderer, with no transaction open."""
    with visit.services.store.read() as cx:
        rows = task_ui.latest(cx, MOST)
    check = visit.services.renderer.check
    context = Templates(
        layout=layout(visit, "templates"),
        templates=[TaskTemplate(row.name, row.created_at, check(row.content)) for row in rows],
        now=visit.now,
    )
    return rendering.page(context)


ROUTES = (Route("GET", "/console/templates", show, Open.TO_ADMINS),)
