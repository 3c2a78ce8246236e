"""Each setting is checked when it is read, and named as it was given."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from secondlook.app.certificate import certificate
from secondlook.cli.commands.serve import serve
from secondlook.names import now
from secondlook.settings import SettingError, Settings, flag, unknown_variables, variable

WRONG = [
    ("host", "everywhere", "must be an address of this machine"),
    ("host", "10.0.0", "must be an address of this machine"),
    ("port", "0", "must be between 1 and 65535, not 0"),
    ("journal_days", "0", "must be between 1 and 36,500 days, not 0"),
    ("port", "65536", "must be between 1 and 65535, not 65536"),
    ("tls_port", "-1", "must be between 1 and 65535, or 0 for none, not -1"),
    ("tls_port", "8700", "must be another port than --port"),
    ("tls_cert", "/nope/cert.pem", "must be a file that can be read; '/nope/cert.pem': No such file"),
    ("tls_key", "/nope/key.pem", "must be a file that can be read"),
    ("public_url", "foo", "must be a URL such as https://review.example.org, not 'foo'"),
    ("public_url", "https://", "must be a URL such as"),
    ("public_url", "ftp://review.example.org", "must be a URL such as"),
    ("public_url", "https://me@review.example.org", "must be a URL such as"),
    ("public_url", "https://review.example.org:x", "must be a URL such as"),
    ("public_url", "https://review.example.org/portal", "must end after the host and port"),
    ("advertise", "x", "must be a URL such as"),
    ("trusted_proxy", "10.0.0", "must be addresses or networks such as 10.0.0.1, 10.0.0.0/8"),
    ("allowed_hosts", "https://a.org", "must be host names such as review.example.org, without scheme"),
    (
        "allowed_hosts",
        "a.org, b.org:80",
        "must be host names such as review.example.org, without scheme, port and path, not 'b.org:80'",
    ),
    ("allowed_hosts", "*", "must be host names"),
    ("region", "Mars", "must be the name of a Region such as eu-central-1, not 'Mars'"),
    ("region", "mars", "must be the name of a Region"),
    ("account", "12", "must be 12 digits, not '12'"),
    ("account", "١٢٣٤٥٦٧٨٩٠١٢", "must be 12 digits"),
    ("mirror", "/nope", "must be a directory that can be read; '/nope' is not there"),
    ("mirror", __file__, f"must be a directory that can be read; {__file__!r} is a file"),
    ("allow_outbound", "nonsense", "must be addresses or networks such as 10.0.0.1, 10.0.0.0/8 or fd00::/8"),
    (
        "allow_outbound",
        "10.0.0",
        "must be addresses or networks such as 10.0.0.1, 10.0.0.0/8 or fd00::/8, not '10.0.0'",
    ),
    (
        "allow_outbound",
        "10.0.0.0/8,10.0.0.0/40",
        "must be addresses or networks such as 10.0.0.1, 10.0.0.0/8 or fd00::/8, not '10.0.0.0/40'",
    ),
    ("image", "mine", "must be PATTERN=RUNTIME or PATTERN=URL, such as"),
    ("image", "=inference_script", "must be PATTERN=RUNTIME or PATTERN=URL"),
    ("image", "a=inference_script,b=ftp://x", "must be PATTERN=RUNTIME or PATTERN=URL"),
    ("image", "a=http://h/x?y", "must be PATTERN=RUNTIME or PATTERN=URL"),
    ("smtp", "x", "must look like smtp://user:password@host:587?starttls=1 or smtps://host, not 'x'"),
    ("smtp", "smtp://", "must look like smtp://"),
    ("smtp", "smtp://mail.example.org:mail", "must look like smtp://"),
    ("textract_endpoint", "a/b", "must be the name of an endpoint"),
    ("moderation_endpoint", "x" * 64, "must be the name of an endpoint"),
    ("moderation_labels", "/nope", "must be a file that can be read"),
    ("mail_from", "x", "must be an e-mail address such as"),
    ("mail_from", "a@b\nBcc: c@d", "must be an e-mail address such as"),
]

RIGHT = [
    ("host", "::1"),
    ("host", "localhost"),
    ("tls_port", "0"),
    ("public_url", "https://review.example.org:8443/"),
    ("public_url", "http://[::1]:8700"),
    ("trusted_proxy", "10.0.0.1,fd00::/8"),
    ("allowed_hosts", "a.org, under_score.internal, 10.0.0.1, ::1"),
    ("region", "us-gov-west-1"),
    ("allow_outbound", "10.0.0.1,10.0.0.0/8,fd00::/8"),
    ("smtp", "smtp://us:p%40ss@mail.example.org:587?starttls=1"),
    ("textract_endpoint", "text-reader-2"),
    ("mail_from", "Second look <look@example.org>"),
]


@pytest.mark.parametrize(("name", "text", "reason"), WRONG)
def test_a_setting_that_cannot_be_is_named_by_its_flag_or_its_variable(
    name: str, text: str, reason: str
) -> None:
    ctx = serve.make_context("serve", [flag(name), text])

    with pytest.raises(SettingError) as flagged:
        Settings.load(ctx.params, env={})
    with pytest.raises(SettingError) as set_in_environment:
        Settings.load({}, env={variable(name): text})

    if name not in {"tls_cert", "tls_key"}:
        assert str(flagged.value).startswith(f"{flag(name)} {reason[:4]}")
        assert str(set_in_environment.value).startswith(f"{variable(name)} {reason[:4]}")
    assert reason in str(flagged.value)
    assert reason in str(set_in_environment.value)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_setting_that_can_be_is_taken(name: str, text: str) -> None:
    ctx = serve.make_context("serve", [flag(name), text])

    assert getattr(Settings.load(ctx.params, env={}), name) == ctx.params[name]


def test_the_defaults_are_right() -> None:
    assert Settings.load({}, env={}) == Settings()


def test_every_setting_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(SettingError) as error:
        Settings.load({"region": "Mars"}, env={"SECONDLOOK_MIRROR": "/nope", "SECONDLOOK_PORT": "0"})

    assert ["SECONDLOOK_PORT", "--region", "SECONDLOOK_MIRROR"] == [
        line.split()[0] for line in str(error.value).splitlines()
    ]


def test_the_password_of_the_mail_server_is_not_repeated() -> None:
    with pytest.raises(SettingError) as error:
        Settings.load({"smtp": "http://us:secret@mail.example.org"}, env={})

    assert "secret" not in str(error.value)


def pair(folder: Path) -> tuple[Path, Path]:
    return certificate(Settings(data=folder), now())


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    cert, key = pair(tmp_path)

    with pytest.raises(SettingError, match="--tls-cert and --tls-key go together"):
        Settings.load({"tls_cert": cert}, env={})
    assert Settings.load({"tls_cert": cert, "tls_key": key}, env={}).tls_cert == cert


def test_a_certificate_and_a_key_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    (mine, key), (anothers, _) = pair(tmp_path / "a"), pair(tmp_path / "b")
    nothing = tmp_path / "nothing.pem"
    shutil.copy(__file__, nothing)

    with pytest.raises(SettingError, match="--tls-cert must be the certificate of the key"):
        Settings.load({"tls_cert": anothers, "tls_key": key}, env={})
    with pytest.raises(SettingError, match="--tls-cert must be a certificate chain with its key, both PEM"):
        Settings.load({"tls_cert": nothing, "tls_key": key}, env={})
    with pytest.raises(SettingError, match="both PEM"):
        Settings.load({"tls_cert": mine, "tls_key": nothing}, env={})


@pytest.mark.parametrize("given", [{"moderation_endpoint": "e"}, {"moderation_labels": Path(__file__)}])
def test_an_endpoint_for_moderation_needs_what_its_labels_mean(given: dict[str, object]) -> None:
    with pytest.raises(SettingError, match="--moderation-endpoint and --moderation-labels go together"):
        Settings.load(given, env={})


def test_serve_says_it_as_one_error_and_no_traceback(tmp_path: Path) -> None:
    done = CliRunner().invoke(serve, ["--data", str(tmp_path / "data"), "--region", "Mars"])

    assert isinstance(done.exception, SettingError)
    assert not (tmp_path / "data").exists()


def test_every_setting_has_a_check_or_is_checked_where_it_is_opened() -> None:
    unchecked = {setting.name for setting in fields(Settings) if setting.metadata["check"] is None}

    switches = {"allow_model_code"}
    assert unchecked <= {"data", "database", "objects", *switches}


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("1", True), ("off", False), ("No", False)])
def test_a_switch_is_a_flag_or_a_word_in_its_variable(text: str, value: bool) -> None:
    assert value is Settings.load({}, env={"SECONDLOOK_ALLOW_MODEL_CODE": text}).allow_model_code
    ctx = serve.make_context("serve", ["--allow-model-code"])
    assert Settings.load(ctx.params, env={"SECONDLOOK_ALLOW_MODEL_CODE": "no"}).allow_model_code
    without = serve.make_context("serve", [])
    assert value is Settings.load(without.params, env={"SECONDLOOK_ALLOW_MODEL_CODE": text}).allow_model_code


def test_a_switch_that_is_neither_on_nor_off() -> None:
    with pytest.raises(SettingError, match="SECONDLOOK_ALLOW_MODEL_CODE must be yes or no, not 'perhaps'"):
        Settings.load({}, env={"SECONDLOOK_ALLOW_MODEL_CODE": "perhaps"})


def test_a_variable_that_is_no_setting_is_told_with_the_one_that_was_meant():
    env = {
        "SECONDLOOK_PROT": "1",
        "SECONDLOOK_PORT": "1",
        "SECONDLOOK_XYZZY": "",
        "SECONDLOOK_BIN": "",
        "SECONDLOOK_TLSKEY": "",
        "SECONDLOOK_OWN": "",
        "PATH": "",
    }

    assert [
        "SECONDLOOK_BIN is no setting and changes nothing.",
        "SECONDLOOK_PROT is no setting and changes nothing; did you mean SECONDLOOK_PORT?",
        "SECONDLOOK_TLSKEY is no setting and changes nothing; did you mean SECONDLOOK_TLS_KEY?",
        "SECONDLOOK_XYZZY is no setting and changes nothing.",
    ] == list(unknown_variables(env, ["SECONDLOOK_OWN"]))


@pytest.mark.parametrize(
    ("variable", "value", "wrong"),
    [
        (
            "SECONDLOOK_MODEL_ISOLATION",
            "none",
            "SECONDLOOK_MODEL_ISOLATION must be required or limits, not 'none'",
        ),
        ("SECONDLOOK_MODEL_MEMORY", "16", "SECONDLOOK_MODEL_MEMORY must be at least 64 MiB, not 16"),
    ],
)
def test_how_models_are_confined_is_checked(variable: str, value: str, wrong: str) -> None:
    with pytest.raises(SettingError, match=wrong):
        Settings.load(env={variable: value})
