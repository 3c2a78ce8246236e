"""`secondlook trust`."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import ssl
from collections.abc import Mapping
from pathlib import Path

import click

from secondlook.cli import options
from secondlook.cli.errors import CommandError
from secondlook.cli.trust import SYSTEMS, detected, steps
from secondlook.client import access


@click.command
@options.data
@click.option(
    "--system", type=click.Choice(list(SYSTEMS)), help="The system to print it for, if it is not this one."
)
def trust(data: Path | None, system: str | None) -> None:
    """Print how to trust the certificate that the server has made for itself; changes nothing.

    Until then browsers warn about https links to this server. It is made anew when it is about to lapse, after a year, and when the
    server is given other names; then it has to be trusted again.
    """
    file = _certificate(access.directory(data))
    name = system or detected(platform.system(), _release())
    if name is None:
        raise CommandError(
            f"Which system this is could not be found out: name one with --system ({', '.join(SYSTEMS)})."
        )
    click.echo(f"Certificate   {file}\nSHA-256       {_fingerprint(file)}\n\n{steps(name, file)}")


def _certificate(folder: Path | None) -> Path:
    if folder is None:
        raise CommandError(
            "AWS_ENDPOINT_URL names another machine's server, perhaps: on the server's own machine, name its directory with --data."
        )
    file = (folder / "tls" / "certificate.pem").resolve()
    if not file.exists():
        raise CommandError(
            f"There is no {file}: no server has run here with TLS and a certificate of its own. "
            "One that is given with --tls-cert is trusted as whoever issued it says."
        )
    return file


def _fingerprint(file: Path) -> str:
    """As browsers show it."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read_text())).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def _release() -> Mapping[str, str]:
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release()
    return {}
