"""`secondlook exec`: unmodified means unmodified."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import click

from secondlook.cli import options
from secondlook.cli.environment import unwanted, variables
from secondlook.cli.errors import CommandError
from secondlook.client import access
from secondlook.client.client_file import Access
from secondlook.settings import PREFIX

SHIM = Path(__file__).parent.parent / "shim"
"""Holds the sitecustomize that redirects the SageMaker SDK's calls of STS."""

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class NotExecutable(CommandError):
    """The program cannot be run."""

    exit_code = 126  # as shells say it


class NotThere(CommandError):
    """There is no such program."""

    exit_code = 127


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@options.data
@options.brings_code
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="[--] CMD [ARGS]...")
def execute(data: Path | None, command: tuple[str, ...], *, brings_code: bool) -> NoReturn:
    """Run a program or a notebook against the server, unmodified.

    \b
        secondlook exec -- python train_and_review.py
        secondlook exec -- aws sagemaker list-workteams
        secondlook exec -- jupyter nbconvert --to notebook --execute --inplace review.ipynb

    Sets the environment of "secondlook env" and sends the SageMaker SDK's calls of STS, which no environment variable can
    redirect, to the server too. CMD takes this process over: its exit code and signals are its own. Where CMD is, or calls,
    "secondlook", it finds the data directory and in it the admin's key.
    """  # noqa: D301  (the character by which click keeps the lines that follow)
    server = access.for_programs(data, brings_code=brings_code)
    env = {**child_environment(server, os.environ), **_whose_server(data)}
    sys.stdout.flush()
    try:
        os.execvpe(command[0], command, env)  # noqa: S606  (running what the user names is what this is for)
    except FileNotFoundError:
        raise NotThere(f"There is no program {command[0]!r} on the PATH.") from None
    except OSError as error:
        raise NotExecutable(f"{command[0]} cannot be run: {error.strerror}.") from None


def child_environment(server: Access, env: Mapping[str, str]) -> dict[str, str]:
    """`env` with the server's variables put over it."""
    gone = unwanted(env)
    kept = {name: value for name, value in env.items() if name not in gone}
    path = [place for place in env.get("PYTHONPATH", "").split(os.pathsep) if place]
    return {
        **kept,
        **variables(server),
        "AWS_REGION": server.region,  # the SDKs of other languages ask for this one
        # Keys are given; nothing should wait for the metadata service of a machine that is not EC2.
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([str(SHIM), *path])),
        **_past_the_proxy(server.url, env),
    }


def _whose_server(data: Path | None) -> dict[str, str]:
    """The directory of the server that is meant, for commands of ours."""
    folder = access.directory(data)
    return {f"{PREFIX}DATA": str(folder.resolve())} if folder else {}


def _past_the_proxy(url: str, env: Mapping[str, str]) -> dict[str, str]:
    """Where a proxy is set, the server is still spoken to directly."""
    if not any(env.get(name) or env.get(name.lower()) for name in PROXIES):
        return {}
    direct = env.get("no_proxy") or env.get("NO_PROXY") or ""
    hosts = ",".join(filter(None, [direct, urlsplit(url).hostname]))
    return {"NO_PROXY": hosts, "no_proxy": hosts}
