"""A task in a scripted reviewer's hands."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import urllib3

from secondlook.names import last_part
from secondlook.reviewer import Portal, accepted
from secondlook.reviewer import Task as Page
from secondlook.testing.reach import Reach

log = logging.getLogger(__name__)


class Task:
    """What a person sees of a task, and what they may do with it. What the portal refuses raises PortalError with its words.

    `answer` is what was submitted, and `is_wrong` whether on purpose.
    """

    def __init__(self, reach: Reach, portal: Portal, page: Page) -> None:
        self.id = page.id
        self.loop_name = page.loop
        self.flow_name = page.flow
        self.html = page.html
        """The page as it was rendered for this reviewer."""
        self.answer: Mapping[str, Any] | None = None
        self.is_wrong = False
        self._reach = reach
        self._portal = portal
        self._page = page

    @cached_property
    def input(self) -> Any:
        """What the template reads as `task.input`."""
        return json.loads(self._reach.own.describe_loop(HumanLoopName=self.loop_name)["InputContent"])

    @cached_property
    def template(self) -> str:
        """The worker task template, before it was rendered."""
        sagemaker = self._reach.sagemaker
        flow = sagemaker.describe_flow_definition(FlowDefinitionName=self.flow_name)
        name = last_part(flow["HumanLoopConfig"]["HumanTaskUiArn"])
        url = sagemaker.describe_human_task_ui(HumanTaskUiName=name)["UiTemplate"]["Url"]
        return urllib3.request("GET", url, retries=False).data.decode()

    @property
    def labels(self) -> list[str]:
        """What there is to choose from, as the input names it under `labels` or `categories`: texts, or objects with a `label`."""
        content = self.input if isinstance(self.input, dict) else {}
        listed = content.get("labels") or content.get("categories") or []
        names = [item.get("label") if isinstance(item, dict) else item for item in listed]
        return [name for name in names if isinstance(name, str)]

    def accepted(self) -> dict[str, Any]:
        """The answer of the page untouched: the prediction as it is. Raises CannotAccept where only a person can answer."""
        return accepted(self._portal, self._page, log.warning)

    def submit(self, answer: Mapping[str, Any], *, can_undo: bool = False) -> None:
        """Hand the answer in; final at once unless this reviewer `can_undo`, as whoever sits at the page."""
        self._portal.submit(self.id, answer, can_undo=can_undo)
        self.answer = answer

    def undo(self) -> None:
        """Take the answer back, while it can be."""
        self._portal.undo(self.id)
        self.answer = None

    def save_draft(self, draft: Mapping[str, Any]) -> None:
        """Keep work that is not finished."""
        self._portal.save_draft(self.id, draft)

    def release(self) -> None:
        """Give the task back: it waits for anybody again."""
        self._portal.release(self.id)

    def decline(self, reason: str = "") -> None:
        """Give the task back for good: it is not offered to this reviewer again."""
        self._portal.decline(self.id, reason)

    def pause(self) -> None:
        """Stop for now; the time goes on."""
        self._portal.pause(self.id)

    def resume(self) -> None:
        """Go on after a pause."""
        self._portal.resume(self.id)

    def __repr__(self) -> str:
        return f"<Task {self.id} of {self.loop_name}>"
