"""Worker task templates with what is wrong with them, which no operation of AWS tells."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import task_ui
from secondlook.review.render import RenderFailed
from secondlook.store import tables


def list_templates(call: Call) -> dict[str, Any]:
    """Problems are those that can be told without an input; RenderUiTemplate tells those with one."""

    def show(row: Row[Any]) -> dict[str, Any]:
        return {
            "HumanTaskUiName": row.name,
            "CreationTime": row.created_at,
            "Problems": [_problem(problem) for problem in call.services.renderer.check(row.content)],
        }

    return listed(
        call,
        task_ui.texts(),
        "Templates",
        show,
        created=tables.task_ui.c.created_at,
        name=tables.task_ui.c.name,
    )


def _problem(problem: RenderFailed) -> dict[str, Any]:
    place = {"Line": problem.line, "Column": problem.column} if problem.line is not None else {}
    severity = "WARNING" if problem.is_warning else "ERROR"
    return {"Code": problem.code, "Severity": severity, "Message": problem.message, **place}
