"""The command `secondlook`: its list of commands, and how it ends when something goes wrong."""

from __future__ import annotations

import os
import sys

import click

from secondlook import __version__
from secondlook.cli.errors import TRACEBACK, CommandError, explained
from secondlook.cli.lazy import Lazy, LazyGroup

HERE = "secondlook.cli.commands"

COMMANDS = {
    "demo": Lazy(
        f"{HERE}.demo:demo", "Try a review from end to end: a model, a doubt, a person, the corrected answer."
    ),
    "serve": Lazy(f"{HERE}.serve:serve", "Run the server: every AWS service, the portal and the console."),
    "env": Lazy(
        f"{HERE}.env:env", "Print the environment that makes boto3 and the AWS CLI talk to the server."
    ),
    "exec": Lazy(f"{HERE}.exec:execute", "Run a program or a notebook against the server, unmodified."),
    "trust": Lazy(
        f"{HERE}.trust:trust",
        "Print how to trust the certificate that the server has made for itself; changes nothing.",
    ),
    "team": Lazy(f"{HERE}.team:team", "Make work teams and invite people to them."),
    "people": Lazy(f"{HERE}.people:people", "List people, and let somebody choose another password."),
    "catalog": Lazy(
        f"{HERE}.catalog:catalog",
        "See the models that can be subscribed to, subscribe, deploy them, and begin one of your own.",
    ),
    "endpoints": Lazy(
        f"{HERE}.endpoints:endpoints", "List, show and delete endpoints, and read what their models say."
    ),
    "transform-jobs": Lazy(
        f"{HERE}.transform_jobs:transform_jobs", "See how far batch transform jobs are, and follow one."
    ),
    "flows": Lazy(
        f"{HERE}.flows:flows", "Say for how long workers can take an answer back in a flow definition."
    ),
    "loops": Lazy(f"{HERE}.loops:loops", "List, show, watch, update, stop and delete human loops."),
    "review": Lazy(
        f"{HERE}.review:review", "Put objects before a model and people, and see what came of it."
    ),
    "templates": Lazy(
        f"{HERE}.templates:templates",
        "Begin with an example, check worker task templates, and make and list those of the server.",
    ),
    "mcp": Lazy(
        f"{HERE}.mcp:mcp", "Offer agents tools by which they ask people, over the Model Context Protocol."
    ),
    "work": Lazy(f"{HERE}.work:work", "Take and answer tasks as a scripted reviewer, to try a review flow."),
    "keys": Lazy(f"{HERE}.keys:keys", "Create, list and revoke access keys."),
    "webhooks": Lazy(f"{HERE}.webhooks:webhooks", "Send status events to URLs of yours."),
    "events": Lazy(
        f"{HERE}.events:events",
        "Show the latest events, newest first: of loops, asynchronous inferences, declined tasks, page problems, endpoints.",
    ),
    "journal": Lazy(
        f"{HERE}.journal:journal",
        "Show who did what to which loop, person or key, when and from where, newest first.",
    ),
    "backup": Lazy(
        f"{HERE}.backup:backup",
        "Copy database, objects and keys into the new directory DIR, while the server runs.",
    ),
    "restore": Lazy(
        f"{HERE}.backup:restore",
        'Put the copy in DIR into a new data directory, from which "secondlook serve" then goes on.',
    ),
    "vault": Lazy(
        f"{HERE}.vault:vault", "Change the key that seals the secrets in the database, while no server runs."
    ),
    "migrate": Lazy(f"{HERE}.migrate:migrate", "Bring the database to this version's schema, offline."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="secondlook %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Put people behind machine predictions.

    An open, self-hosted system that speaks the protocols of Amazon Augmented AI (A2I) and of the parts of SageMaker and S3
    around it. Start with "secondlook demo".
    """
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        ctx.color = False


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    try:
        program(prog_name="secondlook")
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        words = explained(error)
        if words is None:
            words = (
                f"A mistake of secondlook's own: {type(error).__name__}: {error}. "
                f"With {TRACEBACK}=1 it says where."
            )
        CommandError(words).show()
        sys.exit(CommandError.exit_code)
