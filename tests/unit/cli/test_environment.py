"""The environment in the languages that people's tools read, read back by those tools where they are here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from secondlook.cli.environment import FORMATS, unwanted, variables
from secondlook.client.client_file import Access

AWKWARD = """it's "50 %" $HOME `ls` \\ end"""
ACCESS = Access("http://127.0.0.1:8700", "us-east-1", "AKIA", AWKWARD)
SHOW = 'printf "%s" "$AWS_SECRET_ACCESS_KEY"'


def test_plain_http_needs_four_variables():
    expected = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:8700",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIA",
        "AWS_SECRET_ACCESS_KEY": AWKWARD,
    }

    assert expected == variables(ACCESS)


def test_a_self_signed_server_needs_its_certificate_too():
    access = Access("https://h", "r", "k", "s", Path("/data/tls/certificate.pem"))

    assert "/data/tls/certificate.pem" == variables(access)["AWS_CA_BUNDLE"]


@pytest.mark.parametrize(
    ("name", "shell"), [("shell", "sh"), ("shell", "bash"), ("fish", "fish"), ("powershell", "pwsh")]
)
def test_a_shell_reads_back_what_was_meant(name, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    script = (
        FORMATS[name](variables(ACCESS), ())
        + "\n"
        + ("$Env:AWS_SECRET_ACCESS_KEY" if shell == "pwsh" else SHOW)
    )

    done = subprocess.run([shell, "-c", script], capture_output=True, text=True, check=True)

    assert AWKWARD == done.stdout.rstrip("\n")


def test_json_is_json():
    assert variables(ACCESS) == json.loads(FORMATS["json"](variables(ACCESS), ()))


def test_dotenv_quotes_every_value():
    line = FORMATS["dotenv"]({"A": 'b "c"'}, ())

    assert 'A="b \\"c\\""' == line


@pytest.mark.parametrize(
    ("name", "shell"), [("shell", "sh"), ("shell", "bash"), ("fish", "fish"), ("powershell", "pwsh")]
)
def test_a_shell_forgets_what_would_lead_elsewhere(name, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    stray = {"AWS_PROFILE": "work", "AWS_ENDPOINT_URL_S3": "https://s3.example.com", "AWS_PAGER": "less"}
    show = "Get-ChildItem Env: | ForEach-Object { $_.Name }" if shell == "pwsh" else "env | sed 's/=.*//'"
    script = FORMATS[name](variables(ACCESS), unwanted(stray)) + "\n" + show

    done = subprocess.run(
        [shell, "-c", script], capture_output=True, text=True, check=True, env={**os.environ, **stray}
    )

    assert not {"AWS_PROFILE", "AWS_ENDPOINT_URL_S3"} & set(done.stdout.split())
    assert {"AWS_PAGER", "AWS_ENDPOINT_URL"} <= set(done.stdout.split())
