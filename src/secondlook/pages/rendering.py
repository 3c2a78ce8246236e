"""Contexts to HTML: Jinja with everything escaped and nothing undefined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from secondlook.pages import wording
from secondlook.pages.static import assets

TEMPLATES = Path(__file__).parent / "templates"


class Context(Protocol):
    """The dataclass that a page fills: one per template, every field described.

    Times are aware and UTC; templates print them relative to `now`, with the exact one on hover.
    """

    template: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def environment() -> Environment:
    """The environment that every template of ours is compiled in."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.globals["asset"] = assets.url
    jinja.filters |= {
        "ago": wording.ago,
        "count": wording.count,
        "exact": wording.exact,
        "kind": wording.kind,
        "last_moment": wording.last_moment,
        "left": wording.left,
        "waiting": wording.waiting,
    }
    return jinja


_environment = environment()


def html(context: Context) -> str:
    """The context through its template."""
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    return _environment.get_template(context.template).render(values)


def page(context: Context, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The context as a response."""
    return HTMLResponse(html(context), status, headers)
