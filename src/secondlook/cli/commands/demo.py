"""`secondlook demo`: a model, a doubt, a person, the corrected answer."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import ClientError

from secondlook.cli import options
from secondlook.cli.demo import deployment, review
from secondlook.cli.demo.boxes import Boxes
from secondlook.cli.demo.lines import Lines
from secondlook.cli.demo.own_server import FOLDER, running, started
from secondlook.cli.demo.picture import before_and_after
from secondlook.cli.demo.subject import SURE, Subject, doubtful
from secondlook.cli.progress import Progress
from secondlook.cli.service import Service
from secondlook.cli.terminal import faint, is_interactive, paragraph, strong, table
from secondlook.cli.trouble import Trouble

PICTURE = "before-and-after.png"


@click.command
@options.data
@click.option("--accept", is_flag=True, help="Let a scripted reviewer answer; so it is without a terminal.")
@click.option(
    "--as", "email", default="reviewer@example.org", show_default=True, help="The reviewer's address."
)
@click.option("--text", is_flag=True, help="Read a scanned page instead of looking at a photograph.")
def demo(data: Path | None, email: str, *, accept: bool, text: bool) -> None:
    """See the whole story: a model, a doubt, a person, the corrected answer.

    Uses the server that is running, or one of its own with the data directory ./demo-data, which stops when the demo ends.
    """
    click.echo(f"{strong('secondlook demo')}: a model, a doubt, a person, the corrected answer\n")
    with contextlib.ExitStack() as stack:
        server = running(data)
        own = data or FOLDER
        if server is None:
            with Progress(f"Starting a server in {own}"):
                server = stack.enter_context(started(own))
            stack.callback(_farewell, own)
        subjects: list[Subject] = [Lines()] if text else [Boxes(), Lines()]
        _tell(server, subjects, email, scripted=accept or not is_interactive(), picture=own / PICTURE)


def _farewell(data: Path) -> None:
    click.echo(
        f"\n{faint('The server of this demo stops now. To look around in it:')} secondlook serve --data {data}"
    )


def _tell(server: Service, subjects: list[Subject], email: str, *, scripted: bool, picture: Path) -> None:
    """The story with the first of the subjects whose model can be had."""
    role = deployment.ROLE.format(account=server.own.get_server()["Account"])
    for subject in subjects:
        name = f"demo-{subject.product}-{time.strftime('%Y%m%d-%H%M%S')}"
        package = deployment.subscribe(server, subject.product)
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(deployment.deployed(server, package, name, role))
            except Trouble as trouble:
                if subject is subjects[-1]:
                    raise
                click.echo(
                    f"\n{paragraph(trouble.message)}\nSo the demo goes on with a model that needs no download.\n"
                )
                continue
            predictions = deployment.ask(server, name, subject)
            unsure = _show(subject, predictions)
            document = _look_again(server, subject, unsure, email, role, name, scripted=scripted)
            _conclude(subject, unsure, document, picture)
            return


def _show(subject: Subject, predictions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Print what the model said; the part it is not sure of."""
    unsure = doubtful(predictions)
    if not unsure:
        raise Trouble("The model is sure of everything it sees, so there is nothing to look at again.")
    click.echo(f"\n{table(subject.headings, [subject.row(one) for one in predictions])}\n")
    click.echo(
        f"{len(unsure)} of {len(predictions)} score less than {SURE:.2f}: these go to a person.\n"
        if len(unsure) < len(predictions)
        else f"None of them scores {SURE:.2f} or more: all go to a person.\n"
    )
    return unsure


def _look_again(
    server: Service,
    subject: Subject,
    unsure: Sequence[Mapping[str, Any]],
    email: str,
    role: str,
    loop: str,
    *,
    scripted: bool,
) -> dict[str, Any]:
    """Have somebody correct the predictions; the output document."""
    question = subject.question(unsure, review.upload(server, subject))
    flow = review.flow(server, subject, review.team(server, email), role)
    review.start(server, flow, loop, question)
    try:
        if scripted:
            click.echo(
                "Nobody was asked: a scripted reviewer accepts what the page says untouched (--accept, or no terminal)."
            )
            review.accept(server, email, flow, loop)
        else:
            click.echo(
                f"Open this link, correct what the model got wrong, and submit. {faint(f'It signs you in as {email}.')}\n"
            )
            click.echo(f"  {strong(review.link(server, email))}\n")
        return review.wait(server, loop)
    except BaseException:
        with contextlib.suppress(ClientError):
            server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=loop)
        raise


def _conclude(
    subject: Subject, unsure: Sequence[Mapping[str, Any]], document: Mapping[str, Any], picture: Path
) -> None:
    """Print the corrected answer and draw it."""
    human = document["humanAnswers"][0]
    answer = human["answerContent"]
    headings, rows = subject.outcome(unsure, answer)
    click.echo(f"\n{strong('The corrected answer')} {faint(document['uri'])}\n\n{table(headings, rows)}\n")
    click.echo(f"{faint('As JSON:')} {json.dumps(answer)}\n")
    click.echo(
        f"{faint('Time spent:')} {human['timeSpentInSeconds']} s {faint('by worker')} {human['workerId']}"
    )
    before_and_after(subject.picture, subject.before(unsure), subject.after(unsure, answer), picture)
    click.echo(f"{faint('Before and after:')} {picture}")
