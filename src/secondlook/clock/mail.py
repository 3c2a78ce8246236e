"""Mail: through an SMTP server, or without one as `.eml` files that any mail program opens."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, quote, unquote, urlsplit

from secondlook.clock.handler import Handler, PermanentFailure, Retry, TransientFailure, Write
from secondlook.clock.invitation_mail import compose
from secondlook.review import invitation_mail
from secondlook.settings import Settings
from secondlook.store.disk import outwards
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

TIMEOUT = 20.0
"""Seconds that an SMTP server may take for each step of the dialogue."""

PATIENCE = Retry(first=timedelta(seconds=10), longest=timedelta(minutes=30), tries=50)
"""About as long as an invitation lives; the work ends by itself when it has expired."""

_PORTS = {"smtp": 25, "smtps": 465}


class Mailer(Protocol):
    """A way for mail to leave. Raises TransientFailure or PermanentFailure with the reason."""

    def send(self, message: EmailMessage, name: str) -> None:
        """Send a message; `name` is the same for every try."""


def mailer(settings: Settings) -> Mailer:
    """What the settings ask for."""
    return Smtp(settings.smtp) if settings.smtp else Directory(settings.data / "mail")


class Directory:
    """Mail as files that only this account may read: they hold links that let somebody in."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: EmailMessage, name: str) -> None:
        try:
            self._write(message.as_bytes(), self._path / f"{name}.eml")
        except OSError as error:
            raise TransientFailure(f"the mail could not be written: {outwards(error)}") from error

    def _write(self, text: bytes, target: Path) -> None:
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)


class Smtp:
    """`smtp://user:password@host:587?starttls=1` or `smtps://…`; TLS certificates are verified."""

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        self._url = urlsplit(url)
        self._starttls = parse_qs(self._url.query).get("starttls", ["0"])[-1] not in {"0", "false", ""}
        self._tls = tls or ssl.create_default_context()

    def send(self, message: EmailMessage, name: str) -> None:  # noqa: ARG002  (files need the name)
        where = f"the SMTP server {self._url.hostname}"
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            answers = "; ".join(
                f"{who}: {code} {_text(text)}" for who, (code, text) in error.recipients.items()
            )
            final = all(500 <= code < 600 for code, _ in error.recipients.values())  # noqa: PLR2004  (RFC 5321)
            raise (PermanentFailure if final else TransientFailure)(f"{where} refused {answers}") from error
        except smtplib.SMTPResponseException as error:
            raise TransientFailure(f"{where} answered {error.smtp_code} {_text(error.smtp_error)}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TransientFailure(f"{where}: {error or type(error).__name__}") from error

    def _connected(self) -> smtplib.SMTP:
        host, port = str(self._url.hostname), self._url.port or _PORTS[self._url.scheme]
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=self._tls)
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT)
        try:
            if self._starttls:
                server.starttls(context=self._tls)
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def sending(
    store: Store,
    mailer: Mailer,
    *,
    sender: str,
    unseal: Callable[[bytes], str],
    link: Callable[[str], str],
    now: Callable[[], datetime],
) -> Handler:
    """The handler of `send-mail`: `{"invitation": HASH, "token": SEALED, "team": NAME | null}` [review.invitation_mail]."""

    def send(duty: Duty) -> Write | None:
        at, number = now(), duty.payload["invitation"]
        with store.read() as cx:
            mail = invitation_mail.find(cx, number, duty.payload["team"], at)
        if mail is not None:
            token = unseal(duty.payload["token"].encode("ascii"))
            name = f"{quote(mail.to, safe='@+')[:100]}-{number[:12]}"
            mailer.send(compose(mail, link(token), sender, number, at), name)
        return None

    return Handler(send, PATIENCE, concurrency=2)


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
