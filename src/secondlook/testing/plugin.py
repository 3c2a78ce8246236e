"""pytest's plugin: the fixtures. Importing it loads nothing of the server, so that other test runs pay nothing for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from secondlook.testing.server import Server


@pytest.fixture
def secondlook_settings() -> dict[str, Any]:
    """Settings of `secondlook_server` by name, none unless a test or a conftest.py says otherwise by overriding this fixture."""
    return {}


@pytest.fixture
def secondlook_server(
    tmp_path_factory: pytest.TempPathFactory, secondlook_settings: dict[str, Any]
) -> Iterator[Server]:
    """A server of this test's own, empty: `secondlook.testing.Server`."""
    server = import_module("secondlook.testing.server").Server
    directory = tmp_path_factory.mktemp("secondlook") / "data"
    with server.started(directory, **secondlook_settings) as started:
        yield started


@pytest.fixture
def secondlook_environment(secondlook_server: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of programs that use the server, as `secondlook env` prints it, set for the time of the test.

    boto3 clients that the tested code makes by itself then call `secondlook_server`, and so does `secondlook.ask`.
    """
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE", "SECONDLOOK_DATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in secondlook_server.environment.items():
        monkeypatch.setenv(name, value)
    # Both have kept the server of the test before.
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
    monkeypatch.setattr("secondlook.client.connection._latest", None)
    return secondlook_server.environment
