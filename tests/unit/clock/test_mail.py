"""Mail through real SMTP servers, and as files."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import email.policy
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select, update

from secondlook import names
from secondlook.clock import mail
from secondlook.clock.handler import TransientFailure
from secondlook.review import invitation_mail, workteam
from secondlook.review.people import invite
from secondlook.settings import Settings
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.tables import duty, invitation
from secondlook.store.vault import Vault

from .conftest import Wind
from .timing import AT_ONCE, until


class Box:
    """Takes mail; `answers` are sent first, in turn, in place of taking it."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.mail: list[EmailMessage] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.mail.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


class Office(Controller):
    server: asyncio.Server
    """Opens at a free port, which it learns from its socket."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def post_office() -> Iterator[Callable[..., int]]:
    """Opens SMTP servers: `post_office(box)` answers the port."""
    running: list[Office] = []

    def open_(box: Box, **more: object) -> int:
        office = Office(box, hostname="127.0.0.1", port=0, **more)
        office.start()
        running.append(office)
        return office.port

    yield open_
    for server in running:
        server.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = names.now()
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def message() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "us@example.org", "ana@example.org", "Hello"
    message.set_content("Grüße")
    return message


def invited(store: Store, vault: Vault) -> str:
    """Ana is invited to a team, and the mail is owed; her token."""
    now = names.now()
    with store.write() as cx:
        workteam.ensure(cx, "readers", "Archive", "help@archive.example", now)
        token = invite(cx, "ana@example.org", None, now)
        invitation_mail.owe_invitation_mail(cx, vault.seal, token, "readers", now)
    return token


def work(store: Store, vault: Vault, mailer: mail.Mailer) -> dict:
    handler = mail.sending(
        store,
        mailer,
        sender="us@example.org",
        unseal=vault.open,
        link="https://review.example/welcome/{}".format,
        now=names.now,
    )
    return {"send-mail": dataclasses.replace(handler, retry=AT_ONCE)}


def done(store: Store) -> bool:
    with store.read() as cx:
        return cx.scalar(select(duty.c.id).where(duty.c.failed_at.is_(None))) is None


def test_an_invitation_arrives_with_its_link(
    store: Store, vault: Vault, wind: Wind, post_office: Callable[..., int]
) -> None:
    box = Box()
    wind(store, work(store, vault, mail.Smtp(f"smtp://127.0.0.1:{post_office(box)}")))
    token = invited(store, vault)

    assert until(lambda: done(store))
    text = box.mail[0].get_body(("plain",)).get_content()
    assert "ana@example.org" == box.mail[0]["To"]
    assert f"https://review.example/welcome/{token}" in text
    assert "Archive invites you in the work team readers" in text


def test_the_token_lies_sealed_in_the_database(store: Store, vault: Vault) -> None:
    token = invited(store, vault)
    with store.read() as cx:
        payload = cx.scalar(select(duty.c.payload))

    assert token not in str(payload)
    assert token == vault.open(payload["token"].encode())


def test_a_server_that_is_busy_is_asked_again(
    store: Store, vault: Vault, wind: Wind, post_office: Callable[..., int]
) -> None:
    box = Box("451 later", "421 not now")
    wind(store, work(store, vault, mail.Smtp(f"smtp://127.0.0.1:{post_office(box)}")))
    invited(store, vault)

    assert until(lambda: done(store))
    assert 1 == len(box.mail)


def test_an_address_that_does_not_exist_is_given_up_at_once(
    store: Store, vault: Vault, wind: Wind, post_office: Callable[..., int]
) -> None:
    wind(store, work(store, vault, mail.Smtp(f"smtp://127.0.0.1:{post_office(Box('550 no such user'))}")))
    invited(store, vault)

    assert until(lambda: done(store))
    with store.read() as cx:
        (failed,) = outbox.failed(cx)
    assert 1 == failed.attempts
    assert "the SMTP server 127.0.0.1 refused ana@example.org: 550 no such user" == failed.error


def test_a_used_link_is_not_sent(store: Store, vault: Vault, wind: Wind, tmp_path: Path) -> None:
    invited(store, vault)
    with store.write() as cx:
        cx.execute(update(invitation).values(used_at=names.now()))
    wind(store, work(store, vault, mail.Directory(tmp_path / "mail")))

    assert until(lambda: done(store))
    assert not (tmp_path / "mail").exists()


def test_without_a_server_mail_becomes_a_file_for_this_account_only(
    store: Store, vault: Vault, wind: Wind, tmp_path: Path
) -> None:
    wind(store, work(store, vault, mail.mailer(Settings(data=tmp_path))))
    token = invited(store, vault)

    assert until(lambda: done(store))
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name.startswith("ana@example.org-")
    assert 0o600 == file.stat().st_mode & 0o777
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert token in message.get_body(("plain",)).get_content()


def test_starttls_and_a_password(post_office: Callable[..., int], certificate: Path) -> None:
    def knows(server, session, envelope, mechanism, credentials) -> AuthResult:
        right = (credentials.login, credentials.password) == (b"us", b"p@ss")
        return AuthResult(success=right, handled=False)

    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate)
    box = Box()
    port = post_office(
        box, tls_context=serving, require_starttls=True, auth_required=True, authenticator=knows
    )
    trusting = ssl.create_default_context(cafile=certificate)
    mail.Smtp(f"smtp://us:p%40ss@127.0.0.1:{port}?starttls=1", trusting).send(message(), "one")

    assert "Hello" == box.mail[0]["Subject"]
    with pytest.raises(TransientFailure, match="535"):
        mail.Smtp(f"smtp://us:wrong@127.0.0.1:{port}?starttls=1", trusting).send(message(), "one")


def test_smtps(post_office: Callable[..., int], certificate: Path) -> None:
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate)
    box = Box()
    port = post_office(box, ssl_context=serving)
    mail.Smtp(f"smtps://127.0.0.1:{port}", ssl.create_default_context(cafile=certificate)).send(
        message(), "1"
    )

    assert "Hello" == box.mail[0]["Subject"]


def test_a_certificate_that_nobody_vouches_for_is_refused(
    post_office: Callable[..., int], certificate: Path
) -> None:
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(certificate)
    port = post_office(Box(), tls_context=serving)

    with pytest.raises(TransientFailure, match="certificate"):
        mail.Smtp(f"smtp://127.0.0.1:{port}?starttls=1").send(message(), "one")


def test_nobody_at_home_says_where() -> None:
    with pytest.raises(TransientFailure, match=r"the SMTP server 127\.0\.0\.1: .*refused"):
        mail.Smtp("smtp://127.0.0.1:9").send(message(), "one")


def test_mail_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.touch()

    with pytest.raises(TransientFailure, match=r"^the mail could not be written: File exists$"):
        mail.Directory(in_the_way).send(EmailMessage(), "mail")
