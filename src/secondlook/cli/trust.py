"""How to make a system, a browser and programs trust a certificate that a server has made for itself. Pure.

The certificate is its own issuer and no authority: trusting it opens no other site's connections to whoever reads the data directory.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

NAME = "secondlook"


@dataclass(frozen=True, slots=True)
class System:
    """A kind of operating system: its commands to trust `{file}` and to end that again."""

    title: str
    trust: tuple[str, ...]
    forget: tuple[str, ...]
    families: frozenset[str] = frozenset()  # what /etc/os-release may call it


SYSTEMS: Mapping[str, System] = {
    "debian": System(
        "Debian, Ubuntu and their kin",
        (
            f"sudo cp {{file}} /usr/local/share/ca-certificates/{NAME}.crt",
            "sudo update-ca-certificates",
        ),
        (f"sudo rm /usr/local/share/ca-certificates/{NAME}.crt", "sudo update-ca-certificates --fresh"),
        frozenset({"debian", "ubuntu"}),
    ),
    "fedora": System(
        "Fedora, Red Hat and their kin",
        (f"sudo cp {{file}} /etc/pki/ca-trust/source/anchors/{NAME}.pem", "sudo update-ca-trust"),
        (f"sudo rm /etc/pki/ca-trust/source/anchors/{NAME}.pem", "sudo update-ca-trust"),
        frozenset({"fedora", "rhel", "centos"}),
    ),
    "macos": System(
        "macOS, with Safari and Chrome",
        ("security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db {file}",),
        ("security remove-trusted-cert {file}",),
    ),
    "windows": System(
        "Windows, with Edge and Chrome",
        ("certutil -user -addstore Root {file}",),
        ('certutil -user -delstore Root "secondlook (self-signed)"',),
    ),
}

_CHROMIUM = System(
    "Chromium and Chrome on Linux (certutil is in libnss3-tools or nss-tools)",
    (f"certutil -d sql:$HOME/.pki/nssdb -A -t P,, -n {NAME} -i {{file}}",),
    (f"certutil -d sql:$HOME/.pki/nssdb -D -n {NAME}",),
)

FIREFOX = "Open the https address, press “Advanced…” and “Accept the Risk and Continue”; Firefox asks once."

_PROGRAMS = (
    ("boto3, the AWS CLI, the SageMaker SDK", "export AWS_CA_BUNDLE={file}"),
    ("requests", "export REQUESTS_CA_BUNDLE={file}"),
    ("curl", "curl --cacert {file} https://…"),
)


def detected(system: str, release: Mapping[str, str]) -> str | None:
    """The name in SYSTEMS of a machine: `system` as Python's platform says it, `release` as /etc/os-release does."""
    if system in {"Darwin", "Windows"}:
        return "macos" if system == "Darwin" else "windows"
    families = f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".split()
    return next((name for family in families for name in SYSTEMS if family in SYSTEMS[name].families), None)


def steps(name: str, file: PurePath) -> str:
    """What to do on a system, as text with commands to copy."""
    quoted = f'"{file}"' if name == "windows" else shlex.quote(str(file))
    chromium = [_CHROMIUM] if name in {"debian", "fedora"} else []
    systems = [_section(system.title, system.trust, quoted) for system in (SYSTEMS[name], *chromium)]
    forget = [line for system in (SYSTEMS[name], *chromium) for line in system.forget]
    programs = [f"{line}   # {title}" for title, line in _PROGRAMS]
    return "\n\n".join(
        [
            *systems,
            f"Firefox\n    {FIREFOX}",
            _section("Programs, one by one", programs, quoted),
            _section("To trust it no longer", forget, quoted),
        ]
    )


def _section(title: str, lines: tuple[str, ...] | list[str], file: str) -> str:
    return "\n".join([title, *(f"    {line.replace('{file}', file)}" for line in lines)])
