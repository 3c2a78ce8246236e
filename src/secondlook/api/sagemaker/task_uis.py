"""Human task UIs and their preview [api.md §3]."""

from __future__ import annotations

import itertools
import logging
from datetime import timedelta
from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.names import last_part
from secondlook.review import tags, task_ui
from secondlook.review.decisions.rights import INTERNAL_BUCKET
from secondlook.review.errors import NotFound
from secondlook.review.render import RenderFailed
from secondlook.review.render.errors import FRAGMENT
from secondlook.review.render.grant import grantor
from secondlook.store import tables
from secondlook.store.objects import About
from secondlook.wire import errors

log = logging.getLogger(__name__)

LINK_LIFE = timedelta(hours=1)
"""How long links in a preview, and the link to a template's text, stay good; the latter up to an hour longer."""

_TURNS = itertools.cycle(range(3600))
"""Seconds added to the life of a template's link: two within one second would be the same otherwise."""


def create_human_task_ui(call: Call) -> dict[str, Any]:
    """A template with faults is taken, as AWS does; they are told by the server's log, the console and `secondlook templates`."""
    name, content = call.params["HumanTaskUiName"], call.params["UiTemplate"]["Content"]
    arn = call.place.arn("human-task-ui", name)
    with call.store.write() as cx:
        task_ui.create(cx, name, content, call.now)
        tags.put(cx, arn, call.params.get("Tags", ()))
    for problem in call.services.renderer.check(content):
        log.warning("human task UI %s: %s", name, problem)
    return {"HumanTaskUiArn": arn}


def describe_human_task_ui(call: Call) -> dict[str, Any]:
    """The text itself travels by a signed link, different on every call."""
    with call.store.read() as cx:
        row = task_ui.find(cx, call.params["HumanTaskUiName"])
    key = f"task-uis/{row.sha256}.liquid.html"
    until = call.now + LINK_LIFE + timedelta(seconds=next(_TURNS))
    call.services.objects.put(
        INTERNAL_BUCKET, key, row.content.encode(), About("text/plain; charset=utf-8"), call.now
    )
    return {
        "HumanTaskUiArn": call.place.arn("human-task-ui", row.name),
        "HumanTaskUiName": row.name,
        "HumanTaskUiStatus": "Active",
        "CreationTime": row.created_at,
        "UiTemplate": {
            "Url": call.services.sign(INTERNAL_BUCKET, key, until, call.services.settings.url),
            "ContentSha256": row.sha256,
        },
    }


def list_human_task_uis(call: Call) -> dict[str, Any]:
    return listed(
        call,
        task_ui.every(),
        "HumanTaskUiSummaries",
        lambda row: {
            "HumanTaskUiName": row.name,
            "HumanTaskUiArn": call.place.arn("human-task-ui", row.name),
            "CreationTime": row.created_at,
        },
        created=tables.task_ui.c.created_at,
        name=tables.task_ui.c.name,
    )


def delete_human_task_ui(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        task_ui.remove(cx, call.params["HumanTaskUiName"], call.now)
        tags.drop(cx, call.place.arn("human-task-ui", call.params["HumanTaskUiName"]))
    return {}


def render_ui_template(call: Call) -> dict[str, Any]:
    """A preview. What is wrong with the template comes back in Errors, not as an HTTP error.

    So does what would keep people from answering the page; but text without any element is no page, and shows what its Liquid
    prints.
    """
    template = call.params.get("UiTemplate", {}).get("Content")
    arn = call.params.get("HumanTaskUiArn")
    if (template is None) == (arn is None):
        raise errors.validation("Give exactly one of UiTemplate and HumanTaskUiArn.")
    if arn is not None:
        template = _stored(call, arn)
    until = call.now + LINK_LIFE
    grant = grantor(
        lambda bucket, key: call.services.sign(bucket, key, until, call.services.settings.url),
        call.caller.buckets,
    )
    try:
        preview = call.services.renderer.preview(template, call.params["Task"]["Input"], grant)
    except RenderFailed as failure:
        return {"RenderedContent": "", "Errors": [_error(failure)]}
    problems = [_error(problem) for problem in preview.problems if problem.code != FRAGMENT]
    return {"RenderedContent": "" if problems else preview.page, "Errors": problems}


def _error(failure: RenderFailed) -> dict[str, Any]:
    return {"Code": failure.code, "Message": failure.message}


def _stored(call: Call, arn: str) -> str:
    """The text of the task UI with this ARN."""
    with call.store.read() as cx:
        row = task_ui.find(cx, last_part(arn))
    if call.place.arn("human-task-ui", row.name) != arn:
        raise NotFound(f"Could not find human task UI {arn!r}.")
    return str(row.content)
