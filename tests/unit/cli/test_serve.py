"""`secondlook serve`: one option per setting, and what it says when it runs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from secondlook.app.serve import Announcement
from secondlook.cli.commands import serve as module
from secondlook.settings import Settings
from tests.running import free_port

OPTIONS = {option.name: option for option in module.options()}


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_an_option_with_its_own_sentence_default_and_variable(field):
    option = OPTIONS[field.name]

    assert [f"--{field.name.replace('_', '-')}"] == option.opts
    assert option.help.startswith(field.metadata["help"])
    assert f"$SECONDLOOK_{field.name.upper()}]" in option.help
    assert module.serve.make_context("serve", []).params[field.name] is None


def test_options_reach_the_settings_with_their_types(tmp_path):
    arguments = [
        "--port",
        "1",
        "--allowed-hosts",
        "a.org, b.org",
        "--mirror",
        str(tmp_path),
        "--public-url",
        "https://x.org",
    ]
    ctx = module.serve.make_context("serve", arguments)

    settings = Settings.load(ctx.params, env={})

    assert (1, ("a.org", "b.org"), tmp_path, "https://x.org") == (
        settings.port,
        settings.allowed_hosts,
        settings.mirror,
        settings.public_url,
    )


def test_an_option_wins_over_its_variable_and_the_variable_over_the_default():
    ctx = module.serve.make_context("serve", ["--port", "1"])

    settings = Settings.load(ctx.params, env={"SECONDLOOK_PORT": "2", "SECONDLOOK_TLS_PORT": "3"})

    assert (1, 3, Settings().region) == (settings.port, settings.tls_port, settings.region)


def test_a_port_that_is_no_number_is_refused():
    done = CliRunner().invoke(module.serve, ["--port", "many"])

    assert (2, True) == (done.exit_code, "'many' is not a valid integer" in done.output)


def test_the_announcement_names_the_links_and_the_way_for_programs():
    started = Announcement(
        "http://127.0.0.1:8700", "https://127.0.0.1:8701", Path("/srv/d"), "http://127.0.0.1:8700/welcome/x"
    )

    text = module.announcement(started)

    for part in (
        started.url,
        started.tls_url,
        str(started.data),
        started.admin_link,
        'eval "$(secondlook env --data /srv/d)"',
    ):
        assert part in text


def test_the_announcement_says_that_browsers_warn_of_a_certificate_of_ours_and_what_to_do():
    started = Announcement("http://127.0.0.1:8700", "https://127.0.0.1:8701", Path("/srv/d"), None, True)
    with_authority = replace(started, is_self_signed=False)

    assert "  secondlook trust --data /srv/d\n" in module.announcement(started)
    assert "warn" not in module.announcement(with_authority)


def test_in_the_usual_directory_nothing_has_to_be_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    started = Announcement("http://127.0.0.1:8700", "https://127.0.0.1:8701", Settings().data.resolve(), None)

    text = module.announcement(started)

    assert 'eval "$(secondlook env)"' in text
    assert "admin" not in text


def test_a_database_that_cannot_be_reached_is_said_with_its_reason(tmp_path):
    ports = ["--port", str(free_port()), "--tls-port", str(free_port())]
    away = ["--database", f"postgresql://nobody@127.0.0.1:{free_port()}/nowhere"]
    program = [sys.executable, "-m", "secondlook.cli", "serve", "--data", str(tmp_path / "data")]
    result = subprocess.run([*program, *ports, *away], capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert "The database nowhere at 127.0.0.1:" in result.stderr
    assert "cannot be used: it does not answer" in result.stderr
    assert "Connection refused" in result.stderr
    assert "Traceback" not in result.stderr
