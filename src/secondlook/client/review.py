"""One input that people may look at: what was decided on it, how far they are, and what they answer."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from typing import Any, Self

from secondlook.client import inputs, outputs
from secondlook.client.connection import Connection
from secondlook.client.drawing import MOST_BYTES, Drawing, drawing
from secondlook.client.errors import Refused, SecondlookError
from secondlook.client.failures import in_words
from secondlook.client.formats.items import Answer
from secondlook.client.looking import FINAL, Progress, looks, news

ACCEPT = "Accept"
REVIEW = "Review"
AUDIT = "Audit"

MOST_REASONS = 3
"""That are shown above a drawing."""


class NotYet(SecondlookError, TimeoutError):
    """Nobody has answered in the time that was given."""


class Unanswered(SecondlookError):
    """There are no answers, and there will be none: the loop failed, or was stopped before anybody answered."""


class Review:
    """What `ask` gives. `loop` is None where nobody is asked, because the conditions accepted the prediction."""

    def __init__(
        self,
        connection: Connection,
        flow: str,
        decision: str,
        loop: str | None,
        reasons: tuple[str, ...] = (),
        prediction: Any = None,
        input_uri: str | None = None,
        content: dict[str, Any] | None = None,
        body: bytes | None = None,
    ) -> None:
        self._connection = connection
        self.flow = flow
        self.decision = decision
        self.loop = loop
        self.reasons = reasons
        self.prediction = prediction
        self._input_uri = input_uri
        self._content = content
        self._body = body
        self._ended: dict[str, Any] | None = None

    def __repr__(self) -> str:
        return f"<{self.decision} {self.flow}{f' {self.loop}' if self.loop else ''}>"

    @property
    def status(self) -> str:
        """The loop's, in AWS's words: InProgress, Completed, Failed, Stopping or Stopped. Accepted where there is none."""
        return "Accepted" if self.loop is None else str(self._description()["HumanLoopStatus"])

    def wait(self, timeout: float | None = None, progress: Progress | None = None) -> Self:
        """Return when people are done, however it ended. `progress` hears how far it is.

        Raises NotYet after `timeout` seconds; the loop goes on, and one can wait again.
        """
        tell = news(progress)
        for status in looks(lambda: self.status, timeout):
            if status in FINAL or self.loop is None:
                return self
            tell(f"{self.loop} is {status}")
        raise NotYet(f"{self.loop} is not answered after {timeout:g} s. It goes on; wait for it again.")

    @cached_property
    def answers(self) -> list[Answer]:
        """What people answered, in the order in which they did; nothing where nobody is asked.

        Raises NotYet while they are at it, Unanswered where there will be no answers.
        """
        return [] if self.loop is None else list(outputs.answers(self.output))

    @cached_property
    def output(self) -> dict[str, Any]:
        """The output document of the loop, output.json. Raises as `answers` does."""
        if self.loop is None:
            raise Unanswered("Nobody was asked: the conditions accepted the prediction.")
        said = self._description()
        if said["HumanLoopStatus"] not in FINAL:
            raise NotYet(
                f"{self.loop} is {said['HumanLoopStatus']}: people are not done. Wait for it: .wait()"
            )
        if said["HumanLoopStatus"] == "Failed":
            raise Unanswered(f"{self.loop} has failed: {said.get('FailureReason', 'no reason was given')}")
        uri = said["HumanLoopOutput"]["OutputS3Uri"]
        try:
            document: dict[str, Any] = json.loads(self._object(uri))
        except Refused as error:
            if error.code != "NoSuchKey":
                raise
            stopped = said["HumanLoopStatus"] == "Stopped"
            why = "it was stopped before anybody answered" if stopped else f"{uri} is not there any more"
            raise Unanswered(f"{self.loop} has no answers: {why}.") from error
        return document

    @property
    def input_content(self) -> dict[str, Any]:
        """What the page of the task is given."""
        if self._content is None and self.loop is not None:
            with in_words():
                said = self._connection.service.own.describe_loop(HumanLoopName=self.loop)
            self._content = json.loads(said["InputContent"])
        return self._content or {}

    @property
    def input_uri(self) -> str | None:
        """Where the input lies, as `s3://…`; None where it is kept nowhere."""
        uri = self._input_uri or self.input_content.get("taskObject")
        return uri if isinstance(uri, str) else None

    def draw(self) -> Drawing:
        """The prediction and the answers over the input: boxes over a picture, or texts with what was changed."""
        answers: list[Answer] = []
        content: dict[str, Any] = {}
        with suppress(NotYet, Unanswered):
            answers = self.answers
        with suppress(Refused):  # a key for the runtime alone may not look at a loop's input
            content = self.input_content
        return drawing(content, self.prediction, [answer.content for answer in answers], self._picture)

    def _repr_html_(self) -> str:
        return self.draw().html(self._heading())

    def _heading(self) -> str:
        parts = [self.decision, self.flow, self.loop or "", "" if self.loop is None else self.status]
        more = len(self.reasons) - MOST_REASONS
        said = [*self.reasons[:MOST_REASONS], f"{more} more reasons" if more > 0 else ""]
        return " · ".join(filter(None, [*parts, *said]))

    def _picture(self) -> bytes | None:
        """The input's bytes, as many as a picture may have; None where they are gone, or this key may not read them."""
        if self._body is not None:
            return self._body
        with suppress(Refused):
            if (uri := self.input_uri) and uri.startswith("s3://"):
                return self._object(uri, Range=f"bytes=0-{MOST_BYTES}")
        return None

    def _object(self, uri: str, **options: str) -> bytes:
        bucket, key = inputs.bucket_and_key(uri)
        with in_words():
            s3 = self._connection.service.client("s3")
            body: bytes = s3.get_object(Bucket=bucket, Key=key, **options)["Body"].read()
        return body

    def _description(self) -> dict[str, Any]:
        """DescribeHumanLoop's, which stays as it is once the loop has ended."""
        if self._ended is not None:
            return self._ended
        with in_words():
            said: dict[str, Any] = self._connection.service.client(
                "sagemaker-a2i-runtime"
            ).describe_human_loop(HumanLoopName=self.loop)
        if said["HumanLoopStatus"] in FINAL:
            self._ended = said
        return said
