"""The JavaScript SDK reads a streamed answer with a parser of its own, which is stricter with frames than botocore's."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .test_buckets_in_hosts import HERE, NODE

SCRIPT = """
    import json
    def transform_fn(model, body, content_type, accept):
        return words(json.loads(body)["says"]), accept
    def words(says):
        for word in says:
            if word == "fail":
                raise ValueError("no such word")
            yield word
"""


def test_parts_and_errors_are_read(tmp_path: Path) -> None:
    if not (HERE / "node_modules").is_dir():
        pytest.fail(
            "the packages of JavaScript's clients are not installed: make tests/clients/javascript/node_modules"
        )
    put_product(tmp_path / "data", "talker", SCRIPT, "application/json")
    with Server(tmp_path / "data") as server:
        town = Town(server.start())
        town.deploy("talker", town.subscribe("talker"))
        environment = {**server.environment, "AWS_REGION": server.credentials["region"]}
        program = [*NODE, "response_stream.mjs", "talker"]
        done = subprocess.run(program, cwd=HERE, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    whole, broken = json.loads(done.stdout)
    assert whole == {"text": "one two", "type": "text/plain", "variant": "AllTraffic"}
    assert broken == {
        "text": "made ",
        "type": "text/plain",
        "variant": "AllTraffic",
        "error": "ModelStreamError",
        "code": "StreamBroken",
    }
