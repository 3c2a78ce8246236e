"""The one render at the start of a loop that finds errors before a worker does [lifecycle.md]: of the template, and of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from secondlook.review.render import RenderFailed
from secondlook.store.tables import loop, loop_input, template

# Asked once for every loop that starts, so it is built once.
_UNCHECKED = (
    select(template.c.content, loop_input.c.content, loop.c.buckets)
    .select_from(loop)
    .join(template, template.c.sha256 == loop.c.template)
    .join(loop_input, loop_input.c.loop_id == loop.c.id)
    .where(loop.c.id == bindparam("id"), loop.c.ready.is_(False), loop.c.closing_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A template's text, the JSON text that it is to be rendered with, and the buckets that it may name (`grantor`)."""

    template: str
    input_content: str
    buckets: list[str] | None


def unchecked(cx: Connection, loop_id: int) -> Unchecked | None:
    """What is to be rendered; None when the loop passed already, is closing or is gone."""
    row = cx.execute(_UNCHECKED, {"id": loop_id}).one_or_none()
    return row and Unchecked(*row)


def failure_reason(failures: Iterable[RenderFailed]) -> str:
    """AWS's sentence around the codes and texts of failures."""
    items = ", ".join(f"{failed.code}: '{failed.message}'" for failed in failures)
    return f"Task failed to render: [ {items} ]."
