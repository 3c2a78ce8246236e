"""Every setting in one documented dataclass.

A field is, at once, a flag of `secondlook serve` (`--tls-port`) and an environment variable
(`SECONDLOOK_TLS_PORT`), and names what its value may be (`checks`); the command line and the reference page are made from
this list, so a setting cannot exist in one place and be missing in another.
"""

from __future__ import annotations

import difflib
import os
import types
import typing
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from secondlook.settings import checks
from secondlook.settings.checks import Check, Unfit

PREFIX = "SECONDLOOK_"

_SWITCHES = {
    **dict.fromkeys(("1", "yes", "true", "on"), True),
    **dict.fromkeys(("0", "no", "false", "off"), False),
}
"""What a variable may say of a setting that is a switch."""


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names it and says what would be right."""


def _setting(default: Any, text: str, check: Check | None = None) -> Any:
    return field(default=default, metadata={"help": text, "check": check})


@dataclass(frozen=True, slots=True)
class Settings:
    """How one server runs."""

    host: str = _setting(
        "127.0.0.1",
        "Address to listen on; any other than loopback needs an admin account first.",
        checks.listening_address,
    )
    port: int = _setting(
        8700, "Port for plain HTTP: every AWS service, the portal and the console.", checks.port
    )
    tls_port: int = _setting(
        8701,
        "Port for TLS; 0 for none of its own: the plain port then takes both, by how clients begin.",
        checks.port_or_none,
    )
    tls_cert: Path | None = _setting(
        None, "PEM file with the certificate chain; without one a self-signed one is made.", checks.file
    )
    tls_key: Path | None = _setting(None, "PEM file with the private key of the certificate.", checks.file)
    public_url: str | None = _setting(
        None,
        "The URL that people and programs reach this server by, used in mail and links.",
        checks.base_url,
    )
    trusted_proxy: tuple[str, ...] = _setting(
        (),
        "Proxies (addresses or CIDR) whose Forwarded or X-Forwarded-* headers are believed.",
        checks.each(checks.network),
    )
    allowed_hosts: tuple[str, ...] = _setting(
        (),
        "Further host names that this server answers to, separated by commas.",
        checks.each(checks.host_name),
    )
    data: Path = _setting(Path("secondlook-data"), "Directory for the database, objects, logs and keys.")
    database: str | None = _setting(
        None, "Database URL; SQLite in the data directory unless given (postgresql://…)."
    )
    objects: str | None = _setting(
        None, "Where objects lie: a directory, or s3://BUCKET-PREFIX?endpoint=URL&region=R."
    )
    region: str = _setting("us-east-1", "The Region that ARNs name.", checks.region)
    account: str = _setting("123456789012", "The 12-digit account id that ARNs name.", checks.account)
    mirror: Path | None = _setting(
        None, "Directory searched for model artifacts, by hash or path, before the network.", checks.directory
    )
    allow_outbound: tuple[str, ...] = _setting(
        (),
        "Private address ranges (CIDR) that webhooks, artifacts and remote models may reach.",
        checks.each(checks.network),
    )
    image: tuple[str, ...] = _setting(
        (),
        "Images of models and what runs in their place, PATTERN=RUNTIME or PATTERN=URL, separated by commas.",
        checks.each(checks.image),
    )
    allow_model_code: bool = _setting(
        False,
        "Let keys with that right make models that run scripts and files of their own, as processes of this server.",
    )
    environment_minutes: int = _setting(
        15,
        "Minutes in which the libraries that a model's requirements.txt names must be installed.",
        checks.minutes,
    )
    environment_gigabytes: int = _setting(
        10, "Size (GiB) that the libraries of one model may have.", checks.gigabytes
    )
    environment_days: int = _setting(
        30, "Days for which libraries of models are kept that no instance uses.", checks.days
    )
    model_isolation: str = _setting(
        "required",
        "What confines a model's code that does not come from the catalog: `required` refuses it where a system cannot, "
        "`limits` is content with limits of resources there.",
        checks.model_isolation,
    )
    model_memory: int | None = _setting(
        None,
        "MiB of memory that one confined model may take; half of the machine's unless given.",
        checks.model_memory,
    )
    ray_address: str = _setting(
        "http://127.0.0.1:8265",
        "The dashboard of the Ray cluster that runs models whose product says so.",
        checks.base_url,
    )
    ray_serve_url: str = _setting(
        "http://127.0.0.1:8000", "Where Ray Serve's HTTP proxy of that cluster answers.", checks.base_url
    )
    ray_token_file: Path | None = _setting(
        None, "File with the token of that cluster, as `ray get-auth-token` prints it.", checks.file
    )
    serverless_idle_seconds: int = _setting(
        300,
        "Seconds without a call after which the model of a serverless variant is stopped, until the next call.",
        checks.idle_seconds,
    )
    textract_endpoint: str | None = _setting(
        None,
        "The endpoint that reads pages for Textract; it runs ppocr-text, or answers as that does.",
        checks.endpoint_name,
    )
    moderation_endpoint: str | None = _setting(
        None,
        "The endpoint that classifies pictures for Rekognition's DetectModerationLabels.",
        checks.endpoint_name,
    )
    moderation_labels: Path | None = _setting(
        None, "JSON file with what that endpoint's labels mean to moderators.", checks.file
    )
    smtp: str | None = _setting(
        None,
        "SMTP URL for mail (smtp://user:password@host:587?starttls=1); else .eml files.",
        checks.smtp_url,
    )
    mail_from: str = _setting("secondlook@localhost", "Sender address of mail.", checks.mail_address)
    undo_seconds: int = _setting(
        10,
        "Seconds in which a worker can take an answer back, unless the flow definition says otherwise; 0 for none.",
        checks.undo_seconds,
    )
    journal_days: int | None = _setting(
        None, "Days for which the journal is kept; for ever unless given.", checks.days
    )
    prediction_days: int | None = _setting(
        None,
        "Days for which it is kept what models predicted and what was decided on it; for ever unless given.",
        checks.days,
    )
    log_days: int = _setting(
        30,
        "Days for which it is kept what the models of an endpoint or transform job said, after its end.",
        checks.days,
    )
    advertise: str | None = _setting(
        None, "URL by which other servers of the same database reach this one.", checks.base_url
    )

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL: what was given, or SQLite in the data directory."""
        if self.database is None:
            return f"sqlite:///{self.data / 'secondlook.sqlite'}"
        scheme, separator, rest = self.database.partition("://")
        return (
            f"postgresql+psycopg{separator}{rest}" if scheme in {"postgresql", "postgres"} else self.database
        )

    @property
    def url(self) -> str:
        """The base URL without a trailing slash: `public_url`, else the plain HTTP port on this host."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104  (compared, not bound)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def subdomain(self) -> str:
        """Host (and port unless 443) at which `https://` opens the portal, as ListWorkteams returns it [workforce.md].

        Without a port of its own TLS is spoken at the plain one.
        """
        if self.public_url and self.public_url.startswith("https://"):
            return self.public_url.removeprefix("https://").rstrip("/")
        url = urlsplit(self.url)
        host = url.hostname or "127.0.0.1"
        host = f"[{host}]" if ":" in host else host
        port = self.tls_port or url.port or 80
        return host if port == 443 else f"{host}:{port}"  # noqa: PLR2004  (the port https implies)

    @classmethod
    def load(cls, flags: Mapping[str, Any] | None = None, env: Mapping[str, str] = os.environ) -> Settings:
        """Settings from `flags` (already typed), else the environment, else the default.

        Raises SettingError with a line for each that cannot be used: the flag or variable, and what would be right.
        """
        values: dict[str, Any] = {}
        names = {setting.name: flag(setting.name) for setting in fields(cls)}
        hints = typing.get_type_hints(cls)
        for setting in fields(cls):
            if flags and flags.get(setting.name) is not None:
                values[setting.name] = flags[setting.name]
            elif text := env.get(variable(setting.name)):
                names[setting.name] = variable(setting.name)
                values[setting.name] = _typed(names[setting.name], text, hints[setting.name])
        settings = cls(**values)
        wrong = list(_each_wrong(values, names)) or list(_together_wrong(settings, names))
        if wrong:
            raise SettingError("\n".join(wrong))
        return settings


def unknown_variables(env: Mapping[str, str], also_known: Collection[str] = ()) -> Iterator[str]:
    """A sentence for each variable with our prefix that is no setting, nor one of `also_known`, with the likeliest that was meant."""
    known = [*(variable(setting.name) for setting in fields(Settings)), *also_known]
    endings = [name.removeprefix(PREFIX) for name in known]
    for name in sorted(env):
        if name.startswith(PREFIX) and name not in known:
            likely = difflib.get_close_matches(name.removeprefix(PREFIX), endings, n=1)
            meant = f"; did you mean {PREFIX}{likely[0]}?" if likely else "."
            yield f"{name} is no setting and changes nothing{meant}"


def flag(name: str) -> str:
    """What a setting is called on the command line."""
    return f"--{name.replace('_', '-')}"


def variable(name: str) -> str:
    """What a setting is called in the environment."""
    return f"{PREFIX}{name.upper()}"


def _each_wrong(values: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with single settings, each named as it was given."""
    for setting in fields(Settings):
        check: Check | None = setting.metadata["check"]
        if check is not None and setting.name in values:
            yield from _faults(names[setting.name], check, values[setting.name])


def _together_wrong(settings: Settings, names: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with settings that are right one by one."""
    if settings.port == settings.tls_port:
        yield f"{names['tls_port']} must be another port than {names['port']}, not {settings.port} too"
    if (settings.moderation_endpoint is None) != (settings.moderation_labels is None):
        yield (
            f"{names['moderation_endpoint']} and {names['moderation_labels']} go together: give both, or neither"
        )
    cert, key = settings.tls_cert, settings.tls_key
    if (cert is None) != (key is None):
        yield (
            f"{names['tls_cert']} and {names['tls_key']} go together: give both, or neither for a self-signed certificate"
        )
    elif cert is not None:
        yield from _faults(names["tls_cert"], checks.certificate_pair, cert, key)


def _faults(name: str, check: Callable[..., None], *values: Any) -> Iterator[str]:
    try:
        check(*values)
    except Unfit as unfit:
        yield f"{name} {unfit}"


def _typed(name: str, text: str, hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        hint = next(kind for kind in typing.get_args(hint) if kind is not type(None))
    if hint is int:
        try:
            return int(text)
        except ValueError:
            raise SettingError(f"{name} must be a whole number, not {text!r}") from None
    if hint is bool:
        if text.lower() not in _SWITCHES:
            raise SettingError(f"{name} must be yes or no, not {text!r}")
        return _SWITCHES[text.lower()]
    if typing.get_origin(hint) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return hint(text)
