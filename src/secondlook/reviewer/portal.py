"""The portal as a worker's browser sees it: the same pages, forms and cookie, over plain HTTP.

A script that answers tasks through it meets exactly what a person would: the queue, the deadline, the render failure. Only the
session is issued instead of signed in to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3

from secondlook import __version__
from secondlook.picture_size import stored_size
from secondlook.reviewer.errors import CannotAccept, PortalError, ReviewerError

MOST_PICTURE_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Task:
    """A task in hand, as its page shows it."""

    id: int
    flow: str
    loop: str
    html: str  # of the page inside the frame
    url: str  # of that page, which relative links start from


class Portal:
    """One worker's session, issued by `own`: a botocore client of our own service, with an admin's key.

    `ca_bundle` is a PEM file to trust the server by, where its certificate is self-signed.
    """

    def __init__(self, own: Any, email: str, ca_bundle: Path | None = None) -> None:
        self._url = own.meta.endpoint_url.rstrip("/")
        issued = own.issue_session(Email=email)
        plain, secure = issued["Cookies"]
        name = secure if self._url.startswith("https://") else plain
        self._http = urllib3.PoolManager(
            ca_certs=str(ca_bundle) if ca_bundle else None, retries=False, timeout=60
        )
        self._headers = {
            "Cookie": f"{name}={issued['Token']}",
            "User-Agent": f"secondlook-reviewer/{__version__}",
        }

    def flows(self) -> list[str]:
        """The flow definitions whose tasks wait for this worker, as the job list shows them."""
        page = self._get("/work").data.decode()
        return list(dict.fromkeys(re.findall(r'action="/work/([^"/]+)"', page)))

    def held(self) -> list[int]:
        """The tasks that this worker has begun."""
        page = self._get("/work").data.decode()
        return [int(number) for number in re.findall(r'action="/tasks/(\d+)/resume"', page)]

    def take(self, flow: str, loop: str | None = None) -> int | None:
        """Hold the next task of a flow definition, or that of one loop; None where nothing waits."""
        answer = self._post_form(f"/work/{flow}", {"loop": loop} if loop else {})
        match = re.fullmatch(r"/tasks/(\d+)", urlsplit(answer.headers.get("Location", "")).path)
        return int(match[1]) if match else None

    def task(self, number: int) -> Task:
        """The task and its page, rendered for this worker."""
        page = self._get(f"/tasks/{number}").data.decode()
        task_data = re.search(
            r'<script type="application/json" id="task-data">(.*?)</script>', page, re.DOTALL
        )
        loop = re.search(r'<span class="loop"[^>]*>(.*?)</span>', page, re.DOTALL)
        path = f"/tasks/{number}/page?nonce=script"
        frame = self._get(path).data.decode()
        if task_data is None or loop is None:
            raise ReviewerError(
                f"The page of task {number} is not what was expected; is the server of another version?"
            )
        return Task(number, json.loads(task_data[1])["flow"], unescape(loop[1]), frame, self._url + path)

    def submit(self, number: int, answer: Mapping[str, Any], *, can_undo: bool = False) -> None:
        """Hand the answer in. As from the portal's page it is final only after the undo time where the worker `can_undo`."""
        self._post_json(
            f"/tasks/{number}/submit",
            {"answer": answer, "then": None, **({"undo": True} if can_undo else {})},
        )

    def undo(self, number: int) -> None:
        """Take an answer back while it is not final: the task is in hand again."""
        self._post_json(f"/tasks/{number}/undo", {})

    def save_draft(self, number: int, draft: Mapping[str, Any]) -> None:
        """Keep work that is not finished."""
        self._post_json(f"/tasks/{number}/draft", {"draft": draft})

    def release(self, number: int) -> None:
        """Give the task back."""
        self._post_form(f"/tasks/{number}/release", {})

    def decline(self, number: int, reason: str = "") -> None:
        """Give the task back for good."""
        self._post_form(f"/tasks/{number}/decline", {"reason": reason})

    def pause(self, number: int) -> None:
        """Stop for now; the task stays in hand until its deadline."""
        self._post_form(f"/tasks/{number}/pause", {})

    def resume(self, number: int) -> None:
        """Go on with a task that was paused."""
        self._post_form(f"/tasks/{number}/resume", {})

    def picture_size(self, url: str) -> dict[str, int]:
        """The size in stored pixels of a picture of a task page, as an image tool reports it."""
        response = self._http.request("GET", url, preload_content=False)
        data = response.read(MOST_PICTURE_BYTES)
        response.release_conn()
        if response.status != 200:  # noqa: PLR2004
            raise CannotAccept(
                f"The picture of the task cannot be had: HTTP {response.status} from {url.partition('?')[0]}"
            )
        size = stored_size(data)
        if size is None:
            raise CannotAccept(
                f"The answer holds the size of the task's picture, which is of no kind that is known: "
                f"it begins with {data[:12]!r}, {url.partition('?')[0]}"
            )
        return {"height": size[1], "width": size[0]}

    @cached_property
    def _csrf(self) -> str:
        return str(json.loads(self._get("/session").data)["csrf"])

    def _get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self._request("GET", path)

    def _post_form(self, path: str, fields: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        return self._request(
            "POST",
            path,
            body=urlencode({"csrf": self._csrf, **fields}).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

    def _post_json(self, path: str, content: Mapping[str, Any]) -> urllib3.BaseHTTPResponse:
        return self._request(
            "POST",
            path,
            body=json.dumps(content).encode(),
            headers={"Content-Type": "application/json", "X-CSRF-Token": self._csrf},
        )

    def _request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        answer = self._http.request(
            method,
            urljoin(self._url + "/", path.lstrip("/")),
            body=body,
            headers={**self._headers, **(headers or {})},
            redirect=False,
        )
        if answer.status >= 400:  # noqa: PLR2004
            raise PortalError(answer.status, _message(answer))
        return answer


def _message(answer: urllib3.BaseHTTPResponse) -> str:
    """The message of an error page, without its HTML."""
    text = answer.data.decode("utf-8", "replace")
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return str(json.loads(text).get("message", text))
    match = re.search(r"<h1>.*?</h1>\s*<p>(.*?)</p>", text, re.DOTALL)
    return unescape(match[1]) if match else f"HTTP {answer.status}"
