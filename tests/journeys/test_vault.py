"""Another key for the secrets in the database: rotated, broken off in the middle, or made because the old one is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError

from secondlook.store.vault import Vault
from tests.commandline import CommandLine
from tests.databases import BOTH
from tests.neighbours import Receiver, receiving
from tests.running import Server, eventually

from .reviewing import Review

ANSWER = {"read": {"text": "yes"}}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture(params=BOTH)
def server(request: pytest.FixtureRequest, own_server: Server) -> Server:
    """A server of the test's own on either database, running; it may call this machine."""
    if request.param == "postgresql":
        own_server.settings["database"] = request.getfixturevalue("postgres_url")
    own_server.settings["allow_outbound"] = "127.0.0.0/8"
    return own_server.start()


def vault(server: Server, *arguments: str, code: int = 0) -> str:
    env = {f"SECONDLOOK_{name.upper()}": value for name, value in server.settings.items()}
    said = CommandLine(server.data, server.data.parent, env).run("vault", *arguments, code=code)
    return said.out + said.err


def keys_in(server: Server) -> list[str]:
    return (server.data / "vault.key").read_text().split()


def test_after_a_rotation_all_secrets_open_and_the_old_key_opens_none(
    server: Server, receiver: Receiver, name: str
) -> None:
    review = Review(server, name)
    server.client("secondlook").create_webhook(Url=receiver.url)
    key = server.key("camera", "requester")
    (old,) = keys_in(server)
    server.stop()

    assert "secrets are sealed with a new key" in vault(server, "rotate")
    (new,) = keys_in(server)
    assert old != new
    assert 0o600 == (server.data / "vault.key").stat().st_mode & 0o777
    server.start()
    assert server.client("sts", key).get_caller_identity()["Account"]
    review.start(name)
    review.worker().submit(review.taken(review.worker(), name), ANSWER)
    eventually(lambda: receiver.events)
    server.stop()
    (server.data / "vault.key").write_text(old)
    assert "sealed with another key" in vault(server, "rotate", code=1)


def test_a_rotation_that_was_broken_off_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    """Both keys are in the file, some secrets are sealed with the new one: a server starts, and so does the next try."""
    key = server.key("camera", "requester")
    server.stop()
    fresh = Vault(tmp_path / "fresh").keys[0].decode()
    (old,) = keys_in(server)
    (server.data / "vault.key").write_text(f"{fresh}\n{old}\n")
    later = server.start().key("later", "requester")
    assert server.client("sts", key).get_caller_identity()["Account"]
    server.stop()
    vault(server, "rotate")

    assert [fresh] == keys_in(server)
    server.start()
    for credentials in (key, later):
        assert server.client("sts", credentials).get_caller_identity()["Account"]


def test_links_that_were_handed_out_end_with_the_key_that_signed_them(server: Server, name: str) -> None:
    def signer() -> str:
        """The id of the key in a link, which stays the same until the key is renewed."""
        url = server.client("sagemaker").describe_human_task_ui(HumanTaskUiName=name)["UiTemplate"]["Url"]
        return parse_qs(urlsplit(url).query)["X-Amz-Credential"][0].partition("/")[0]

    Review(server, name)
    before = signer()
    server.stop()
    vault(server, "rotate")
    server.start()
    assert before == signer()
    server.stop()
    vault(server, "rotate", "--links")
    server.start()

    assert before != signer()


def test_no_key_is_changed_while_a_server_runs(server: Server) -> None:
    before = keys_in(server)

    assert "is in use by secondlook serve" in vault(server, "rotate", code=1)
    assert "is in use by secondlook serve" in vault(server, "reset", "--yes", code=1)
    assert before == keys_in(server)


def test_what_cannot_be_done_is_said_before_it_is_asked_for(server: Server, tmp_path: Path) -> None:
    said = CommandLine(server.data, tmp_path).run("vault", "reset", said="y\n", code=1)

    assert "is in use by secondlook serve" in said.err
    assert "Go on?" not in said.out + said.err


def test_a_lost_key_is_given_up_only_by_who_says_so(server: Server, tmp_path: Path) -> None:
    before = keys_in(server)
    server.stop()
    env = {f"SECONDLOOK_{name.upper()}": value for name, value in server.settings.items()}
    said = CommandLine(server.data, tmp_path, env).run("vault", "reset", said="n\n", code=1)

    assert "Go on?" in said.out
    assert before == keys_in(server)


def test_nor_while_another_server_uses_the_database(
    own_server: Server, postgres_url: str, tmp_path: Path
) -> None:
    own_server.settings |= {"database": postgres_url, "objects": str(tmp_path / "objects")}
    own_server.start()
    second = tmp_path / "second"
    second.mkdir(0o700)
    (second / "vault.key").touch(0o600)
    (second / "vault.key").write_bytes((own_server.data / "vault.key").read_bytes())
    said = CommandLine(second, tmp_path, {"SECONDLOOK_DATABASE": postgres_url}).run("vault", "rotate", code=1)

    assert f"The server {own_server.url} uses this database" in said.err


def test_a_lost_key_costs_the_secrets_and_nothing_else(server: Server, receiver: Receiver, name: str) -> None:
    review = Review(server, name)
    review.start(name)
    server.client("secondlook").create_webhook(Url=receiver.url)
    key = server.key("camera", "requester")
    server.stop()
    (server.data / "vault.key").unlink()

    assert "Start the server" in vault(server, "reset", "--yes")
    server.start()
    with pytest.raises(ClientError, match="does not exist"):
        server.client("sts", key).get_caller_identity()
    assert [
        "DisabledAt" in webhook for webhook in server.client("secondlook").list_webhooks()["Webhooks"]
    ] == [True]
    assert server.client("sts", server.key("camera", "requester")).get_caller_identity()["Account"]
    review.worker().submit(review.taken(review.worker(), name), ANSWER)
    review.completed(name)
