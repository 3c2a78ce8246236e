"""Transform jobs by the SageMaker SDK itself, in environments of its versions."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import sdks
from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .transforming import PRODUCT, SCRIPT, Jobs

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("version", ["two", "three"])
def test_a_job_is_made_followed_and_found(version: str, tmp_path: Path, name: str) -> None:
    sdk = {"two": sdks.two, "three": sdks.three}[version]
    put_product(tmp_path / "data", PRODUCT, SCRIPT, "text/csv")
    (tmp_path / "data").chmod(0o700)
    with Server(tmp_path / "data") as server:
        jobs = Jobs(Town(server.start()), name).set_up()
        jobs.put({"in/rows.csv": "7,a,b\n8,c,d\n"})
        command = sdk("transforming.py", name)
        env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **server.environment}

        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)

        assert 0 == done.returncode, done.stderr
        assert f"s3://{name}/out/" == done.stdout.strip().splitlines()[-1]
        assert {"rows.csv.out": b"7,B\n8,D\n"} == jobs.results()
