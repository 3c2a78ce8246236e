"""The steps of the demo: a model predicts, a person corrects what it doubts, the answer is stored and drawn."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import BotoCoreError, ClientError

from secondlook.cli.demo import deployment, review
from secondlook.cli.demo.picture import before_and_after
from secondlook.cli.demo.subject import SURE, Subject, doubtful
from secondlook.cli.errors import CommandError
from secondlook.cli.output import details, faint, paragraph, strong
from secondlook.cli.tables import table
from secondlook.client.service import Service

Predictions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """The server and the reviewer of a demo, and where its pictures go."""

    server: Service
    email: str  # of the reviewer
    scripted: bool  # no person is asked
    ends: bool  # the server is the demo's own and ends with it
    folder: Path

    def run(self, subjects: Sequence[Subject]) -> None:
        """The demo with the first of the subjects whose model can be deployed. Raises CommandError if none can."""
        for subject in subjects:
            name = f"demo-{subject.product}-{time.strftime('%Y%m%d-%H%M%S')}"
            package = deployment.subscribe(self.server, subject.product)
            with contextlib.ExitStack() as stack:
                try:
                    stack.enter_context(deployment.deployed(self.server, package, name, self._role))
                except CommandError as error:
                    if subject is subjects[-1]:
                        raise
                    click.echo(f"\n{paragraph(error.message)}")
                    click.echo("So the demo goes on with a model that needs no download.\n")
                    continue
                self._run(subject, name)
                return

    @property
    def _role(self) -> str:
        return f"arn:aws:iam::{self.server.own.get_server()['Account']}:role/service-role/secondlook-demo"

    def _run(self, subject: Subject, name: str) -> None:
        predictions = deployment.ask(self.server, name, subject)
        unsure = doubtful(predictions)
        click.echo(f"\n{table(subject.headings, [subject.row(prediction) for prediction in predictions])}\n")
        if not unsure:
            raise CommandError(
                "The model is sure of everything it sees, so there is nothing to look at again."
            )
        if len(unsure) < len(predictions):
            click.echo(
                f"{len(unsure)} of {len(predictions)} score less than {SURE:.2f}: these go to a person.\n"
            )
        else:
            click.echo(f"None of them scores {SURE:.2f} or more: all go to a person.\n")
        document, uri = self._review(subject, unsure, name)
        self._conclude(subject, unsure, document, uri)

    def _review(self, subject: Subject, unsure: Predictions, loop: str) -> tuple[dict[str, Any], str]:
        """Have somebody correct the predictions; the output document and where it is stored."""
        question = subject.question(unsure, review.upload(self.server, subject))
        flow = review.flow(self.server, subject, review.team(self.server, self.email), self._role)
        review.start(self.server, flow, loop, question)
        try:
            if self.scripted:
                click.echo(
                    "\nNobody was asked (--accept, or no terminal): a scripted reviewer submits the page untouched."
                )
                review.accept(self.server, self.email, flow, loop)
            else:
                self._invite()
            return review.wait(self.server, loop)
        except BaseException:
            with contextlib.suppress(ClientError, BotoCoreError):
                self.server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=loop)
            raise

    def _invite(self) -> None:
        click.echo("\nOpen this link, correct what the model got wrong, and submit:\n")
        click.echo(f"  {strong(review.link(self.server, self.email, self.ends))}\n")
        click.echo(faint(f"It signs you in as {self.email}, once.") + "\n")

    def _conclude(self, subject: Subject, unsure: Predictions, document: Mapping[str, Any], uri: str) -> None:
        """Print the corrected answer, keep a copy of its document, and draw it."""
        human = document["humanAnswers"][0]
        answer = human["answerContent"]
        headings, rows = subject.outcome(unsure, answer)
        picture, copy = self.folder / "before-and-after.png", self.folder / "output.json"
        before_and_after(subject.picture, subject.before(unsure), subject.after(unsure, answer), picture)
        copy.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        source = [
            ("Given by", f"worker {human['workerId']} in {human['timeSpentInSeconds']} s"),
            ("Stored as", uri),
            ("A copy", copy),
            ("Before and after", picture),
        ]
        click.echo(f"\n{strong('The corrected answer')}\n\n{table(headings, rows)}\n\n{details(source)}")
